namespace Cartridge.Reference;

/// <summary>When an operation is published.</summary>
public enum Durability
{
    /// <summary>At once: when the operation returns it is durable.</summary>
    Immediate,

    /// <summary>
    /// By <see cref="CartridgeFile.Flush"/> and on closing, together with all that gathered since. This handle's own reads
    /// see it before; a crash takes it back as a whole.
    /// </summary>
    Deferred,
}

/// <summary>How a container is opened.</summary>
public sealed record OpenOptions
{
    /// <summary>What the cache may hold unless something else is asked for: 64 MiB.</summary>
    public const long DefaultCacheBytes = 64L << 20;

    /// <summary>Whether to read only: then no lock is taken and nothing is written, not even a recovery.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>When operations are published; at once by default.</summary>
    public Durability Durability { get; init; }

    /// <summary>How long to wait for another writer to finish; not at all by default.</summary>
    public TimeSpan LockTimeout { get; init; }

    /// <summary>What the cache of proved pages and chunks may hold, in bytes; 64 MiB by default.</summary>
    public long CacheBytes { get; init; } = DefaultCacheBytes;

    /// <summary>
    /// The codecs for content that is stored encoded; none by default. Without its codec such content cannot be read
    /// (<c>codec.unavailable</c>); everything else can.
    /// </summary>
    public IReadOnlyList<IContentCodec> Codecs { get; init; } = [];

    /// <summary>
    /// The key of an encrypted container. Without it, content cannot be read and nothing can be written. A container that is
    /// not encrypted is refused where a key is given: whoever has one expects more than that. The container keeps no hold of it.
    /// </summary>
    public CartridgeKey? Key { get; init; }

    /// <summary>The clock, in nanoseconds since the Unix epoch; the system's by default.</summary>
    public Func<long>? Clock { get; init; }

    /// <summary>Where nonces come from; the system's strong source, except where bytes have to be repeatable.</summary>
    internal RandomFill Random { get; init; } = StrongRandom.Fill;
}
