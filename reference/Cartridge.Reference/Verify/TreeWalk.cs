using System.Runtime.InteropServices;

namespace Cartridge.Reference;

/// <summary>One entry of a leaf, and where it stands.</summary>
/// <param name="Leaf">The leaf's page.</param>
/// <param name="Birth">The leaf's birth.</param>
/// <param name="CellOffset">Where its cell begins.</param>
/// <param name="Key">The key.</param>
/// <param name="Value">The value.</param>
internal readonly record struct LeafEntry(ulong Leaf, ulong Birth, int CellOffset, byte[] Key, TreeValue Value)
{
    public Place KeyPlace => Place.Of(Leaf, CellOffset);

    /// <summary>The value is a part of the page; where, the slice itself knows.</summary>
    public Place ValuePlace => Place.Of(Leaf, MemoryMarshal.TryGetArray(Value.Bytes, out var page) ? page.Offset : CellOffset);
}

/// <summary>What to do about a node.</summary>
internal enum Step
{
    /// <summary>Read it and go on below it.</summary>
    Follow,

    /// <summary>It was looked at before, and everything below it.</summary>
    Pass,

    /// <summary>It cannot be followed; that was reported.</summary>
    Lost,
}

/// <summary>
/// Walks a tree from left to right, node by node, and checks what no node shows alone: that keys stand where the separators
/// above them say, and how many there are. Levels only go down and a page is visited once, so the walk ends, in at most as
/// many steps as there are pages.
/// </summary>
/// <param name="state">The state that the tree belongs to.</param>
/// <param name="type">The page type of the tree.</param>
/// <param name="name">What findings call it.</param>
internal abstract class TreeWalk(JudgedState state, PageType type, string name)
{
    protected JudgedState State => state;

    protected PageType Type => type;

    protected Collector C => state.Collector;

    /// <summary>Whether everything in the tree was seen. What was not is reported where it is damaged, and its absence nowhere else.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>Whether nodes could not be read, so that any number of entries may be missing.</summary>
    public bool HasGap { get; private set; }

    /// <summary>Walks the whole tree.</summary>
    /// <param name="tree">The reference in the record.</param>
    /// <param name="offset">Where in the record it stands.</param>
    /// <param name="record">The record's bytes.</param>
    public void Run(in TreeReference tree, int offset, ReadOnlySpan<byte> record)
    {
        if (tree.IsEmpty)
        {
            if (record.Slice(offset, TreeReference.Length).IndexOfAnyExcept((byte)0) >= 0)
            {
                Gap(); // There was a tree; the reader of the record has said why it cannot be followed.
            }

            return;
        }

        Run(tree, new Place(CommitRecord.PageOf(state.Record.Generation), offset));
    }

    /// <summary>Walks a whole tree that is not empty.</summary>
    /// <param name="tree">The reference to it.</param>
    /// <param name="at">Where the reference stands.</param>
    public void Run(in TreeReference tree, Place at)
    {
        C.Subject = name;
        if (!Tree.CheckLevel(tree, at, C))
        {
            Gap();
            return;
        }

        var entries = Visit(tree.Root, tree.Level, KeyRange.All);

        // "The entry count of a tree reference MUST be the number of cells in all leaves of the tree."
        C.Subject = name;
        _ = C.Skips(TreeRule.EntryCount) || !CountsEntries || HasGap || entries == tree.Entries
            || C.Fault(TreeRule.EntryCount, at.Field(PageReference.Length), $"the {name} has {entries} entries, its reference says {tree.Entries}");
    }

    /// <summary>Whether the walk sees all entries.</summary>
    protected virtual bool CountsEntries => true;

    /// <summary>Takes a node's page into possession.</summary>
    /// <param name="place">What its place demands of it.</param>
    /// <param name="range">The keys that may stand below it.</param>
    protected virtual Step Enter(in NodePlace place, in KeyRange range) =>
        state.Owners.Claim(place.Reference.Page, 1, new NodeOwner(type, place.Level), C) ? Step.Follow : Step.Lost;

    protected abstract void OnEntry(in LeafEntry entry);

    /// <summary>Called where entries are missing, for all that is known.</summary>
    protected virtual void OnGap()
    {
    }

    /// <summary>Notes that what an entry leads to could not be seen.</summary>
    protected void Lose()
    {
        IsWhole = false;
        state.Lose();
    }

    /// <summary>Notes that entries could not be seen.</summary>
    protected void Gap()
    {
        Lose();
        HasGap = true;
        OnGap();
    }

    /// <returns>The number of entries below the node.</returns>
    private ulong Visit(in PageReference reference, byte level, in KeyRange range)
    {
        C.Subject = name;
        var place = new NodePlace(reference, type, level, state.Bounds, state.Identity.Id);
        var step = reference.Page == 0 ? Step.Lost : Enter(place, range);
        if (step == Step.Pass)
        {
            return state.EntriesBelow(reference.Page);
        }

        if (step == Step.Lost || Nodes.Read(state.Medium, place, C) is not { } node)
        {
            Gap();
            return 0;
        }

        range.Check(node, reference.Page, C);
        var entries = (ulong)node.Values.Length;
        if (node.IsLeaf)
        {
            VisitLeaf(node, reference);
        }

        for (var i = 0; i < node.Children.Length; i++)
        {
            entries += Visit(node.Children[i].Reference, (byte)(level - 1), range.Narrow(node, i));
        }

        state.NoteEntriesBelow(reference.Page, entries);
        return entries;
    }

    private void VisitLeaf(TreeNode leaf, in PageReference reference)
    {
        for (var i = 0; i < leaf.Keys.Length; i++)
        {
            OnEntry(new LeafEntry(reference.Page, reference.Birth, leaf.Offsets[i], leaf.Keys[i], leaf.Values[i]));
        }
    }

    private sealed record NodeOwner(PageType Type, byte Level)
    {
        public override string ToString() => $"{Type switch { PageType.CatalogNode => "catalog", PageType.ContentNode => "content", _ => "system" }}/{Level}";
    }
}

/// <summary>Reads nodes for the verifier.</summary>
internal static class Nodes
{
    public static TreeNode? Read(IMedium medium, in NodePlace place, Checker c)
    {
        var page = new byte[Format.PageSize];
        Pages.ReadRaw(medium, place.Reference.Page, page);
        return TreeNode.Read(page, place, c);
    }
}
