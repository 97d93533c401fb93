using System.Buffers;

namespace Cartridge.Reference;

/// <summary>
/// What was read from the container and proved: nodes, taken apart, and chunks, decoded. A page is proved once, when it comes
/// in; since keys are whole references (page, birth and hash), nothing in the pool ever becomes wrong. Bounded in bytes.
/// </summary>
internal sealed class PagePool(IMedium medium, Identity identity, ContentCoder coder, long capacity)
{
    /// <summary>What a node takes in memory, its page and its parts, in bytes; a round figure.</summary>
    private const int NodeCost = 2 * Format.PageSize;

    /// <summary>What an entry takes beside its bytes.</summary>
    private const int Overhead = 200;

    private static readonly StrictChecker Strict = new();

    private readonly Lock _gate = new();
    private readonly ArcCache<PoolKey, object> _cache = new(capacity);

    public IMedium Medium => medium;

    public Identity Identity => identity;

    /// <summary>What stands between content and stored bytes.</summary>
    public ContentCoder Coder => coder;

    /// <summary>The keys of an encrypted container, if one that opens it was given.</summary>
    public ContainerKeys? Keys => coder.Keys;

    /// <summary>The pool's counters.</summary>
    public CacheStatistics Statistics
    {
        get
        {
            lock (_gate)
            {
                return new CacheStatistics(_cache.Hits, _cache.Misses, _cache.Size, capacity);
            }
        }
    }

    /// <summary>Fetches a node.</summary>
    /// <param name="child">The child to fetch.</param>
    /// <param name="type">The page type of its tree.</param>
    /// <param name="level">Its level.</param>
    /// <param name="bounds">The state's bounds.</param>
    /// <param name="range">The keys that may stand in it and below it.</param>
    /// <exception cref="CartridgeException">The page is not what the reference says, or is no valid node.</exception>
    public TreeNode Node(in Child child, PageType type, byte level, in Bounds bounds, in KeyRange range)
    {
        if (child.Fresh is { } fresh)
        {
            return fresh;
        }

        // The node is proved; whether it belongs here depends on the way that led to it.
        if (Get(new PoolKey(type, child.Reference)) is TreeNode node && node.Level == level)
        {
            node.CheckWithin(range, child.Reference.Page, Strict);
            return node;
        }

        var checker = new StrictChecker();
        var page = new byte[Format.PageSize];
        Pages.ReadRaw(medium, child.Reference.Page, page);
        node = TreeNode.Read(page, new NodePlace(child.Reference, type, level, bounds, identity.Id), checker)!;
        node.CheckWithin(range, child.Reference.Page, checker);
        if (type == PageType.ContentNode && node.IsLeaf)
        {
            CheckContent(node, child.Reference.Page, checker);
        }

        Remember(type, child.Reference, node);
        return node;
    }

    /// <summary>Keeps a node that has just been written.</summary>
    public void Remember(PageType type, in PageReference reference, TreeNode node) => Put(new PoolKey(type, reference), node, NodeCost + Overhead);

    /// <summary>Fetches a chunk of content.</summary>
    /// <param name="chunk">The reference to it.</param>
    /// <param name="context">Whose chunk it is.</param>
    /// <param name="checker">Where faults go.</param>
    /// <returns>The chunk's bytes, shared with everybody who asks: not to be written to.</returns>
    /// <exception cref="CartridgeException">The bytes are not what the reference says.</exception>
    public byte[] Chunk(BlobReference chunk, in ChunkContext context, Checker checker)
    {
        var key = KeyOf(chunk);
        if (Get(key) is byte[] bytes && bytes.Length == chunk.LogicalLength)
        {
            return bytes;
        }

        bytes = chunk is { Codec: CodecId.None, Seal: null }
            ? BlobReader.Read(medium, chunk, identity.ContentChecksum, checker)!
            : Decode(chunk, context, checker);
        Put(key, bytes, bytes.Length + Overhead);
        return bytes;
    }

    private byte[] Decode(BlobReference chunk, in ChunkContext context, Checker checker)
    {
        var room = ArrayPool<byte>.Shared.Rent(BlobReader.RoomFor(chunk));
        try
        {
            _ = BlobReader.TryRead(medium, chunk, identity.ContentChecksum, room, checker, out var stored);
            var content = GC.AllocateUninitializedArray<byte>((int)chunk.LogicalLength);
            _ = coder.Decode(chunk, stored, content, context, checker);
            return content;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    /// <summary>A blob is known by its first page, its birth and its checksum, as a node is.</summary>
    public static PoolKey KeyOf(BlobReference chunk) => new(0, new PageReference(chunk.Runs[0].Page, chunk.Birth, chunk.Checksum));

    /// <summary>What the pool holds under a key.</summary>
    public object? Get(in PoolKey key)
    {
        lock (_gate)
        {
            return _cache.Get(key);
        }
    }

    /// <summary>Drops what the state in the making has just dropped. Readers of older states, if there are any, read it again.</summary>
    public void Forget(in PoolKey key)
    {
        lock (_gate)
        {
            _cache.Remove(key);
        }
    }

    private void Put(in PoolKey key, object value, int size)
    {
        lock (_gate)
        {
            _cache.Put(key, value, size);
        }
    }

    private static void CheckContent(TreeNode leaf, ulong page, Checker c)
    {
        for (var i = 0; i < leaf.Keys.Length; i++)
        {
            var at = Place.Of(page, leaf.Offsets[i]);
            ContentCheck.Key(leaf.Keys[i], at, c);
            ContentCheck.Value(leaf.Values[i], at, c);
        }
    }
}

/// <summary>What an entry of the pool is known by: the whole reference, and the kind of tree whose node it is, 0 for a chunk.</summary>
internal readonly record struct PoolKey(PageType Kind, PageReference Reference)
{
    // A reference ends in a hash; there is nothing to mix.
    public override int GetHashCode() => Reference.Page.GetHashCode() ^ Reference.Hash.GetHashCode();
}
