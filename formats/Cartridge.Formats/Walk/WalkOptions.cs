namespace Cartridge.Formats.Walk;

/// <summary>How far a walk goes and what it may cost.</summary>
public sealed record WalkOptions
{
    /// <summary>All of the container, up to 16 GiB of zeros in holes.</summary>
    public static WalkOptions Default { get; } = new();

    /// <summary>The last phase that is carried out.</summary>
    public WalkPhase Until { get; init; } = WalkPhase.Verify;

    /// <summary>The key of an encrypted container; without it contents are left out, and what only the key can tell.</summary>
    public WalkKey? Key { get; init; }

    /// <summary>Whether the projection has the snapshots too, with all their entries; each is walked whole for that.</summary>
    public bool WithSnapshots { get; init; }

    /// <summary>
    /// How many bytes of holes are hashed, in all files and snapshots together, before the walk gives up with <c>limit.exceeded</c>: a hole costs
    /// nothing in the container, and a file of a few bytes may consist of 2^63 zeros.
    /// </summary>
    public long MaxHoleBytes { get; init; } = 1L << 34;

    /// <summary>
    /// What decodes encoded chunks; null for nobody: then their contents have no hash in the projection. A description ends where the
    /// stored bytes of a codec begin, and so does this walker.
    /// </summary>
    public ChunkDecoder? Decoder { get; init; }
}

/// <summary>Decodes a chunk.</summary>
/// <param name="codec">The codec's number: 1 LZ4, 2 Zstandard.</param>
/// <param name="stored">The bytes as they are stored.</param>
/// <param name="content">As long as the content has to be.</param>
/// <returns>Whether the content is there, whole.</returns>
public delegate bool ChunkDecoder(byte codec, ReadOnlySpan<byte> stored, Span<byte> content);
