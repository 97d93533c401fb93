namespace Cartridge.Reference;

/// <summary>
/// Frees what a tree reaches, except for what is older than a generation, which is a parent's, and what another tree
/// reaches too. Nodes of either sort are not followed: whatever hangs on them is of the same sort. So the cost follows what
/// is freed, and not what there is.
/// </summary>
/// <param name="draft">The state in the making.</param>
/// <param name="since">What was born up to this generation stays.</param>
/// <param name="tree">The tree to be freed.</param>
/// <param name="heir">The tree that keeps what it reaches; null if nothing does.</param>
internal sealed class TreeRelease(Draft draft, ulong since, Tree tree, Tree? heir)
{
    private readonly StrictChecker _checker = new() { Subject = "a tree that is to be freed" };

    private INodes Nodes => draft;

    public void Run()
    {
        if (!tree.IsEmpty)
        {
            Visit(tree.Root, tree.Level, KeyRange.All);
        }
    }

    private void Visit(in Child child, byte level, in KeyRange range)
    {
        if (child.Fresh is null && (child.Reference.Birth <= since || IsInherited(child.Reference, level, range.Low ?? [])))
        {
            return;
        }

        // The separators around a node may have changed beside it; a key of its own leads to it for certain.
        var node = Nodes.Load(child, tree.Type, level, range);
        if (IsInherited(child.Reference, level, node.Keys[0]))
        {
            return;
        }

        for (var i = 0; i < node.Children.Length; i++)
        {
            Visit(node.Children[i], (byte)(level - 1), range.Narrow(node, i));
        }

        for (var i = 0; i < node.Values.Length; i++)
        {
            Release(node.Keys[i], node.Values[i]);
        }

        if (heir is null && child.Fresh is not null)
        {
            Nodes.Dropped(child, tree.Type);
        }
        else
        {
            draft.Free(tree.Type, child.Reference);
        }
    }

    private void Release(byte[] key, in TreeValue value)
    {
        if (tree.Type != PageType.ContentNode && !value.IsLong)
        {
            return;
        }

        var blob = tree.Type == PageType.ContentNode ? draft.DecodeChunk(value, Format.MaxChunkShift, _checker) : draft.LongBlob(value, _checker);
        if (blob.Birth > since && !(heir?.Find(draft, key) is { } kept && kept.IsLong == value.IsLong && kept.Bytes.Span.SequenceEqual(value.Bytes.Span)))
        {
            draft.Free(blob);
        }
    }

    private bool IsInherited(in PageReference reference, byte level, ReadOnlySpan<byte> key) =>
        heir is not null && reference.Page != 0 && heir.Reaches(draft, reference, level, key);
}
