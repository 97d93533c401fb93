namespace Cartridge.Reference;

/// <summary>Fetches nodes from the container, each proved once and then kept for a while.</summary>
internal sealed class NodeStore(IMedium medium, Identity identity)
{
    private const int CachedNodes = 4096;

    private readonly LruCache<PageReference, TreeNode> _cache = new(CachedNodes);
    private readonly StrictChecker _checker = new();

    /// <summary>Fetches a node.</summary>
    /// <exception cref="CartridgeException">The page is not what the reference says, or is no valid node.</exception>
    public TreeNode Load(in Child child, PageType type, byte level, in Bounds bounds)
    {
        if (child.Fresh is { } fresh)
        {
            return fresh;
        }

        if (_cache.TryGet(child.Reference, out var node) && node.Level == level)
        {
            return node;
        }

        var page = new byte[Format.PageSize];
        Pages.ReadRaw(medium, child.Reference.Page, page);
        node = TreeNode.Read(page, new NodePlace(child.Reference, type, level, bounds, identity.Id), _checker)!;
        _cache.Put(child.Reference, node);
        return node;
    }

    /// <summary>Keeps a node that has just been written.</summary>
    public void Remember(in PageReference reference, TreeNode node) => _cache.Put(reference, node);
}
