namespace Cartridge.Reference;

/// <summary>
/// Moves what stands from a page on to lower blocks: chunks, long values and nodes of the current trees and of all
/// snapshots. What is moved keeps its birth, and so does every node of a catalog or content tree that has to be written anew
/// because of it (CART-LIF-130); what trees share, they share afterwards (CART-LIF-131). So nothing that the rules of
/// lifetimes compare changes, and the moved blocks are freed like any others.
/// </summary>
/// <param name="draft">The state in the making, without any change.</param>
/// <param name="from">The first page that is to become free.</param>
internal sealed class Relocation(Draft draft, ulong from)
{
    private readonly StrictChecker _checker = new() { Subject = "what is to be moved" };

    // What was decided about a node or a blob holds for every tree that reaches it; null: it stays.
    private readonly Dictionary<PoolKey, Siblings?> _nodes = [];
    private readonly Dictionary<PoolKey, byte[]?> _blobs = [];

    private INodes Nodes => draft;

    /// <summary>Blocks that were moved, those of nodes that were rewritten on the way included.</summary>
    public int Moved { get; private set; }

    /// <summary>Moves everything, and writes the nodes.</summary>
    /// <exception cref="CartridgeException"><c>limit.exceeded</c>: there is not enough room below. Or a page is damaged.</exception>
    public void Run()
    {
        var snapshots = draft.Snapshots().Select(snapshot => (Snapshot: snapshot, Trees: snapshot.Trees())).ToList();
        (draft.Catalog, draft.Content, draft.System) = (Move(draft.Catalog), Move(draft.Content), Move(draft.System));
        var moved = snapshots.ConvertAll(s => (s.Snapshot, Catalog: Move(s.Trees.Catalog), Content: Move(s.Trees.Content)));
        draft.Reserve(0, Purpose.Freeing);
        var references = draft.WriteNodes(moved.SelectMany(s => new[] { s.Catalog, s.Content }));
        for (var i = 0; i < moved.Count; i++)
        {
            var (snapshot, catalog, content) = (moved[i].Snapshot, references[2 * i], references[(2 * i) + 1]);
            if (catalog != snapshot.Catalog || content != snapshot.Content)
            {
                draft.Put(snapshot with { Catalog = catalog, Content = content });
            }
        }

        draft.Reserve(0, Purpose.Freeing);
    }

    private Tree Move(Tree tree)
    {
        if (tree.IsEmpty || Visit(tree.Root.Reference, tree.Type, tree.Level, KeyRange.All) is not { } siblings)
        {
            return tree;
        }

        var level = tree.Level;
        while (siblings.Children.Length > 1)
        {
            level++;
            siblings = Keep(TreeNode.Interior(level, siblings.Separators, siblings.Children, BirthOf(tree.Type, tree.Root.Reference)));
        }

        return tree with { Root = siblings.Children[0], Level = level };
    }

    /// <summary>What stands in a node's place afterwards; null if it stays. References to blobs may grow, so one node may become two.</summary>
    private Siblings? Visit(in PageReference reference, PageType type, byte level, in KeyRange range)
    {
        var key = new PoolKey(type, reference);
        if (_nodes.TryGetValue(key, out var known))
        {
            return known;
        }

        var node = Nodes.Load(new Child(reference), type, level, range);
        var birth = BirthOf(type, reference);
        var changed = node.IsLeaf ? MovedLeaf(node, type, birth) : MovedInterior(node, type, range, birth);
        if (changed is null && reference.Page >= from)
        {
            changed = node.IsLeaf ? TreeNode.Leaf(node.Keys, node.Values, birth) : TreeNode.Interior(level, node.Keys, node.Children, birth);
        }

        if (changed is null)
        {
            _nodes.Add(key, null);
            return null;
        }

        draft.Free(type, reference);
        Moved++;
        var siblings = Keep(changed);
        _nodes.Add(key, siblings);
        return siblings;
    }

    private TreeNode? MovedInterior(TreeNode node, PageType type, in KeyRange range, ulong? birth)
    {
        Siblings? siblings = null;

        // From the right, so that positions to the left stay what they are.
        for (var i = node.Children.Length - 1; i >= 0; i--)
        {
            if (Visit(node.Children[i].Reference, type, (byte)(node.Level - 1), range.Narrow(node, i)) is { } moved)
            {
                siblings = (siblings ?? new Siblings(node.Keys, node.Children)).Replace(i, moved);
            }
        }

        return siblings is null ? null : TreeNode.Interior(node.Level, siblings.Separators, siblings.Children, birth);
    }

    private TreeNode? MovedLeaf(TreeNode node, PageType type, ulong? birth)
    {
        TreeValue[]? values = null;
        for (var i = 0; i < node.Values.Length; i++)
        {
            if (MovedBlob(node.Values[i], type) is { } bytes)
            {
                values ??= node.Values.AsSpan().ToArray();
                values[i] = new TreeValue(bytes, node.Values[i].IsLong);
            }
        }

        return values is null ? null : TreeNode.Leaf(node.Keys, values, birth);
    }

    /// <summary>The reference to a blob that was moved; null if it stays, or if there is none.</summary>
    private byte[]? MovedBlob(in TreeValue value, PageType type)
    {
        var isContent = type == PageType.ContentNode;
        if (!isContent && !value.IsLong)
        {
            return null;
        }

        var blob = isContent ? draft.DecodeChunk(value, Format.MaxChunkShift, _checker) : draft.LongBlob(value, _checker);
        var key = PagePool.KeyOf(blob);
        if (_blobs.TryGetValue(key, out var known))
        {
            return known;
        }

        byte[]? moved = null;
        if (Array.Exists(blob.Runs, run => run.Page + run.Pages > from))
        {
            moved = Copy(blob, isContent ? draft.Identity.ContentChecksum : ContentChecksum.Sha256).Write();
            draft.Free(blob);
        }

        _blobs.Add(key, moved);
        return moved;
    }

    /// <summary>The same stored bytes in other blocks; proved on the way, so that nothing damaged is passed on as sound.</summary>
    private BlobReference Copy(BlobReference blob, ContentChecksum checksum)
    {
        var bytes = BlobReader.Read(draft.Medium, blob, checksum, _checker)!;
        draft.Reserve(BlobReference.PagesFor(bytes.Length), Purpose.Freeing);
        var runs = draft.Space.Allocate(BlobReference.PagesFor(bytes.Length), inOneRun: true);
        BlobWriter.Write(draft.Medium, runs, bytes);
        Moved += BlobReference.PagesFor(bytes.Length);
        return blob.At([.. runs]);
    }

    private Siblings Keep(TreeNode node)
    {
        var siblings = NodeSplit.Fit(node, appended: false);
        foreach (var child in siblings.Children)
        {
            Nodes.Made(child.Fresh!);
        }

        return siblings;
    }

    /// <summary>The system tree belongs to no snapshot: its nodes are born like any others.</summary>
    private static ulong? BirthOf(PageType type, in PageReference reference) => type == PageType.SystemNode ? null : reference.Birth;
}
