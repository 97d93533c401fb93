namespace Cartridge.Reference;

/// <summary>
/// Puts a tree together again: what hashes prove from the root down, and in its gaps what a scan found, the youngest first.
/// </summary>
/// <param name="medium">The broken container.</param>
/// <param name="container">The container that nodes have to belong to.</param>
/// <param name="type">The type of its nodes.</param>
/// <param name="maxSteps">How much work the search among old nodes may be, in looks at nodes and pieces.</param>
internal sealed class TreeSalvage(IMedium medium, ContainerId container, PageType type, long maxSteps)
{
    private const int CachedNodes = 256;

    private readonly PageSet _visited = new();
    private readonly ArcCache<PageReference, TreeNode> _cache = new(CachedNodes);
    private readonly SalvageChecker _c = new();
    private long _steps;

    /// <summary>The bounds of references: a file that was cut still has the references to what it lost.</summary>
    public static Bounds Anywhere => new((ulong)Format.MaxBlocks, ContentChecksum.Sha256);

    /// <summary>Which leaf answers for which keys.</summary>
    public KeyCover Cover { get; } = new();

    /// <summary>Whether the search among old nodes was ended early.</summary>
    public bool WasCutShort { get; private set; }

    /// <summary>Follows a tree from its root.</summary>
    /// <param name="tree">The tree of the newest commit record, or of a snapshot.</param>
    /// <param name="asOf">The generation of a snapshot to which no hashes lead from a commit record; else null.</param>
    public void Follow(in TreeReference tree, ulong? asOf = null)
    {
        if (tree.IsEmpty)
        {
            Cover.Clear();
        }
        else
        {
            Walk(tree.Root, tree.Level, [], null, ulong.MaxValue, asOf);
        }
    }

    /// <summary>Fills the gaps with what a scan found (CART-SLV-104).</summary>
    /// <param name="nodes">The youngest first.</param>
    public void FillGaps(IEnumerable<FoundNode> nodes)
    {
        foreach (var found in nodes)
        {
            if (Cover.Gaps.Count == 0)
            {
                return;
            }

            if (_steps + Cover.Steps > maxSteps)
            {
                WasCutShort = true;
                return;
            }

            if (_visited.Contains(found.Page) || found.Level > Format.MaxLevel || Load(found.Page, found.Level) is not { } read)
            {
                continue;
            }

            // Nothing says which keys its parents would have given it: it answers for what stands between its first and last.
            if (FirstKey(read.Node) is { } low && LastKey(read.Node) is { } last)
            {
                Walk(read.Reference, found.Level, low, [.. last, 0], found.Birth, asOf: found.Birth);
            }
        }
    }

    /// <summary>All records that are left, in the order of their keys.</summary>
    public IEnumerable<(byte[] Key, TreeValue Value, KeyPiece Piece)> Records() => Cover.Leaves.SelectMany(RecordsOf);

    /// <summary>The records that are left of a stretch.</summary>
    public IEnumerable<(byte[] Key, TreeValue Value, KeyPiece Piece)> RecordsIn(byte[] low, byte[] high) =>
        Cover.LeavesIn(low, high).SelectMany(piece => RecordsIn(piece, low, high));

    /// <summary>The records that one leaf has of a stretch.</summary>
    public IEnumerable<(byte[] Key, TreeValue Value, KeyPiece Piece)> RecordsIn(KeyPiece piece, byte[] low, byte[] high) =>
        RecordsOf(piece).Where(record => record.Key.AsSpan().SequenceCompareTo(low) >= 0 && record.Key.AsSpan().SequenceCompareTo(high) < 0);

    private IEnumerable<(byte[] Key, TreeValue Value, KeyPiece Piece)> RecordsOf(KeyPiece piece)
    {
        if (Load(piece.Leaf, 0) is not { } leaf)
        {
            yield break; // It was there a moment ago; a medium that is failing may do this.
        }

        for (var i = 0; i < leaf.Keys.Length; i++)
        {
            if (leaf.Keys[i].AsSpan().SequenceCompareTo(piece.Low) >= 0 && (piece.High is null || leaf.Keys[i].AsSpan().SequenceCompareTo(piece.High) < 0))
            {
                yield return (leaf.Keys[i], leaf.Values[i], piece);
            }
        }
    }

    // Without a commit record to lead here, asOf is the birth of the topmost node that does.
    private void Walk(PageReference reference, byte level, byte[] low, byte[]? high, ulong holderBirth, ulong? asOf)
    {
        _steps++;
        if (_visited.Contains(reference.Page) || Load(reference, level) is not { } node || !IsWithin(node, low, high))
        {
            Cover.Narrow(low, high, holderBirth, reference.Birth);
            return;
        }

        // Each page is looked at once, however a file is knotted.
        _visited.Add(reference.Page);
        if (node.IsLeaf)
        {
            Cover.Fill(low, high, reference, asOf is null, asOf ?? 0);
            return;
        }

        for (var i = 0; i < node.Children.Length; i++)
        {
            var from = i == 0 ? low : node.Keys[i - 1];
            var end = i == node.Keys.Length ? high : node.Keys[i];
            Walk(node.Children[i].Reference, (byte)(level - 1), from, end, reference.Birth, asOf);
        }
    }

    /// <summary>The first key below a node, or its first separator where the way there is broken.</summary>
    private byte[]? FirstKey(TreeNode node)
    {
        while (!node.IsLeaf)
        {
            _steps++;
            if (Load(node.Children[0].Reference, (byte)(node.Level - 1)) is not { } child)
            {
                return node.Keys[0];
            }

            node = child;
        }

        return node.Keys[0];
    }

    /// <summary>The last key below a node, or its last separator.</summary>
    private byte[]? LastKey(TreeNode node)
    {
        while (!node.IsLeaf)
        {
            _steps++;
            if (Load(node.Children[^1].Reference, (byte)(node.Level - 1)) is not { } child)
            {
                return node.Keys[^1];
            }

            node = child;
        }

        return node.Keys[^1];
    }

    private static bool IsWithin(TreeNode node, byte[] low, byte[]? high) =>
        node.Keys[0].AsSpan().SequenceCompareTo(low) >= 0 && (high is null || node.Keys[^1].AsSpan().SequenceCompareTo(high) < 0);

    /// <summary>Reads a node that a scan found, and the reference that would lead to it.</summary>
    private (TreeNode Node, PageReference Reference)? Load(ulong page, byte level)
    {
        var bytes = new byte[Format.PageSize];
        Pages.ReadRaw(medium, page, bytes);
        var header = PageHeader.Read(bytes);
        var reference = new PageReference(page, header.Birth, header.Hash);
        return Load(reference, level) is { } node ? (node, reference) : null;
    }

    /// <summary>Reads a node and proves it; nothing about it may be wrong.</summary>
    private TreeNode? Load(in PageReference reference, byte level)
    {
        if (reference.Page < Format.FirstFreeBlock || reference.Page >= (ulong)Format.MaxBlocks)
        {
            return null;
        }

        if (_cache.Get(reference) is { } known && known.Level == level)
        {
            return known;
        }

        var bytes = new byte[Format.PageSize];
        Pages.ReadRaw(medium, reference.Page, bytes);
        _c.HasFault = false;
        var node = TreeNode.Read(bytes, new NodePlace(reference, type, level, Anywhere, container), _c);
        if (node is null || _c.HasFault || node.Keys.Length == 0)
        {
            return null;
        }

        _cache.Put(reference, node, 1);
        return node;
    }
}
