namespace Cartridge.Reference;

internal sealed partial record Tree
{
    /// <summary>The tree with a key set to a value, and the value that it had before.</summary>
    public Tree Put(INodes nodes, byte[] key, TreeValue value, out TreeValue? old) => Edit(nodes, key, value, out old);

    /// <summary>The tree without a key, and the value that it had; the same tree if the key is not there.</summary>
    public Tree Remove(INodes nodes, byte[] key, out TreeValue? old) => Edit(nodes, key, null, out old);

    private Tree Edit(INodes nodes, byte[] key, TreeValue? value, out TreeValue? old)
    {
        old = null;
        var edit = new TreeEdit(nodes, Type, key, value);
        if (IsEmpty)
        {
            return value is null ? this : this with { Root = edit.Plant(), Entries = 1, Level = 0 };
        }

        if (edit.Apply(Root, Level, KeyRange.All) is not { } siblings)
        {
            return this;
        }

        old = edit.Old;
        var (root, level) = edit.RootOf(siblings, Level);
        return this with { Root = root, Entries = Count(edit.EntriesAdded), Level = level };
    }

    /// <summary>The count after an edit; one that no tree can have shows that it was wrong before.</summary>
    private ulong Count(int added)
    {
        var entries = (Int128)Entries + added;
        _ = (entries >= 0 && entries <= ulong.MaxValue)
            || new StrictChecker().Fault(TreeRule.EntryCount, default, $"the tree's reference says {Entries} entries, which is not so");
        return (ulong)entries;
    }
}
