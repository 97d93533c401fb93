namespace Cartridge.Reference;

/// <summary>Fetches nodes from the container, each proved once and then kept for a while.</summary>
internal sealed class NodeStore(IMedium medium, Identity identity)
{
    private const int CachedNodes = 4096;

    private readonly LruCache<(PageType, PageReference), TreeNode> _cache = new(CachedNodes);
    private readonly StrictChecker _checker = new();

    /// <summary>Fetches a node.</summary>
    /// <param name="child">The child to fetch.</param>
    /// <param name="type">The page type of its tree.</param>
    /// <param name="level">Its level.</param>
    /// <param name="bounds">The state's bounds.</param>
    /// <param name="range">The keys that may stand in it and below it.</param>
    /// <exception cref="CartridgeException">The page is not what the reference says, or is no valid node.</exception>
    public TreeNode Load(in Child child, PageType type, byte level, in Bounds bounds, in KeyRange range)
    {
        if (child.Fresh is { } fresh)
        {
            return fresh;
        }

        // The node is proved; whether it belongs here depends on the way that led to it.
        if (_cache.TryGet((type, child.Reference), out var node) && node.Level == level)
        {
            range.Check(node, child.Reference.Page, _checker);
            return node;
        }

        var page = new byte[Format.PageSize];
        Pages.ReadRaw(medium, child.Reference.Page, page);
        node = TreeNode.Read(page, new NodePlace(child.Reference, type, level, bounds, identity.Id), _checker)!;
        range.Check(node, child.Reference.Page, _checker);
        if (type == PageType.ContentNode && node.IsLeaf)
        {
            CheckContent(node, child.Reference.Page);
        }

        _cache.Put((type, child.Reference), node);
        return node;
    }

    private void CheckContent(TreeNode leaf, ulong page)
    {
        for (var i = 0; i < leaf.Keys.Length; i++)
        {
            var at = Place.Of(page, leaf.Offsets[i]);
            ContentCheck.Key(leaf.Keys[i], at, _checker);
            ContentCheck.Value(leaf.Values[i], at, _checker);
        }
    }

    /// <summary>Keeps a node that has just been written.</summary>
    public void Remember(PageType type, in PageReference reference, TreeNode node) => _cache.Put((type, reference), node);
}
