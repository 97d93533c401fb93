namespace Cartridge.Reference.Tests;

/// <summary>
/// Which blocks a state owns, found in the plainest way: every tree of the current state and of every snapshot, hidden ones
/// too, is walked from its root to its last blob, whoever else reaches the same. No rule of lifetimes is used, so all can be
/// held against it.
/// </summary>
internal sealed class OwnedBlocks
{
    private readonly PublishedState _state;
    private readonly StrictChecker _checker = new() { Subject = "owned blocks" };
    private readonly HashSet<PageReference> _nodes = [];
    private readonly HashSet<ulong> _blocks = [];

    private OwnedBlocks(PublishedState state) => _state = state;

    /// <summary>The blocks of a state, its free map included.</summary>
    public static IReadOnlySet<ulong> Of(CommitRecord record, Identity identity, IMedium medium)
    {
        var state = new PublishedState(record, new PagePool(medium, identity, ContentCoder.Plain, capacity: 0));
        var owned = new OwnedBlocks(state);
        owned.Tree(state.System);
        foreach (var trees in new[] { (state.Catalog, state.Content) }.Concat(state.Snapshots().Select(snapshot => snapshot.Trees())))
        {
            owned.Tree(trees.Item1);
            owned.Tree(trees.Item2);
        }

        if (FreeMap.Read(record, identity.ContentChecksum, owned._checker).Blob is { } map)
        {
            owned.Blob(map);
        }

        return owned._blocks;
    }

    private void Tree(Tree tree)
    {
        if (!tree.IsEmpty)
        {
            Node(tree.Root.Reference, tree.Type, tree.Level, KeyRange.All);
        }
    }

    private void Node(in PageReference reference, PageType type, byte level, in KeyRange range)
    {
        if (!_nodes.Add(reference))
        {
            return;
        }

        _blocks.Add(reference.Page);
        var node = ((INodes)_state).Load(new Child(reference), type, level, range);
        for (var i = 0; i < node.Children.Length; i++)
        {
            Node(node.Children[i].Reference, type, (byte)(level - 1), range.Narrow(node, i));
        }

        foreach (var value in node.Values)
        {
            if (type == PageType.ContentNode)
            {
                Blob(_state.DecodeChunk(value, Format.MaxChunkShift, _checker));
            }
            else if (value.IsLong)
            {
                Blob(_state.LongBlob(value, _checker));
            }
        }
    }

    private void Blob(BlobReference blob)
    {
        foreach (var run in blob.Runs)
        {
            for (ulong i = 0; i < run.Pages; i++)
            {
                _blocks.Add(run.Page + i);
            }
        }
    }
}
