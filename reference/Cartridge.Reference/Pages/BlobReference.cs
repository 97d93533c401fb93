namespace Cartridge.Reference;

/// <summary>A run of consecutive pages.</summary>
/// <param name="Page">The first page.</param>
/// <param name="Pages">How many, at least 1.</param>
internal readonly record struct Run(ulong Page, ushort Pages)
{
    public const int Length = 10;

    /// <summary>The pages one by one.</summary>
    public IEnumerable<ulong> AllPages
    {
        get
        {
            for (var i = 0UL; i < Pages; i++)
            {
                yield return Page + i;
            }
        }
    }
}

/// <summary>
/// A reference to bytes that stand outside the nodes: a chunk of a file, a long value, the free map. Their pages have no
/// header, so that payloads stay aligned; the reference carries all that proves them (spec/03-pages.md).
/// </summary>
internal sealed partial class BlobReference
{
    /// <summary>Bytes of a reference before its runs.</summary>
    public const int FixedLength = 50;

    /// <summary>The highest codec that is defined: 0 is none, 1 LZ4, 2 Zstandard (spec/10-codecs.md).</summary>
    public const byte MaxCodec = 2;

    /// <summary>Length of the blob's content, in bytes.</summary>
    public required uint LogicalLength { get; init; }

    /// <summary>Length of what is stored in the pages, in bytes, without padding.</summary>
    public required uint StoredLength { get; init; }

    /// <summary>The generation of its birth.</summary>
    public required ulong Birth { get; init; }

    /// <summary>SHA-256 of the stored bytes, or their CRC-32C in the first four bytes.</summary>
    public required Hash256 Checksum { get; init; }

    /// <summary>How the content is coded; 0 is as it is.</summary>
    public byte Codec { get; init; }

    /// <summary>The pages, in order.</summary>
    public required Run[] Runs { get; init; }

    /// <summary>Nonce and tag of an encrypted chunk, 40 bytes; null for everything else.</summary>
    public byte[]? Seal { get; init; }

    /// <summary>The same blob in other pages: it keeps its birth, and all else that proves it.</summary>
    public BlobReference At(Run[] runs) => new()
    {
        LogicalLength = LogicalLength,
        StoredLength = StoredLength,
        Birth = Birth,
        Checksum = Checksum,
        Codec = Codec,
        Runs = runs,
        Seal = Seal,
    };

    /// <summary>Pages of all runs together.</summary>
    public long TotalPages
    {
        get
        {
            var pages = 0L;
            foreach (var run in Runs)
            {
                pages += run.Pages;
            }

            return pages;
        }
    }

    /// <summary>Pages needed for <paramref name="storedLength"/> bytes.</summary>
    public static int PagesFor(long storedLength) => (int)((storedLength + Format.PageSize - 1) / Format.PageSize);

    /// <summary>Where one of the stored bytes stands.</summary>
    public Place PlaceOf(long position)
    {
        foreach (var run in Runs)
        {
            if (position < (long)run.Pages * Format.PageSize)
            {
                return Place.Of(unchecked(run.Page + (ulong)(position / Format.PageSize)), (int)(position % Format.PageSize));
            }

            position -= (long)run.Pages * Format.PageSize;
        }

        return default;
    }

    /// <summary>The reference's own length in bytes.</summary>
    public int EncodedLength => FixedLength + (Runs.Length * Run.Length) + (Seal?.Length ?? 0);
}

/// <summary>What the place of a blob reference demands of it.</summary>
/// <param name="Bounds">The state's bounds.</param>
/// <param name="MaxLength">The largest logical length: the chunk's size, or 262,144 for long values and maps.</param>
/// <param name="HolderBirth">The birth of the page that holds the reference.</param>
/// <param name="Checksum">The checksum in use here: content follows the container, metadata is always SHA-256.</param>
/// <param name="IsContent">Whether it is the place of a chunk, which may have a codec.</param>
/// <param name="IsSealed">Whether it is the place of an encrypted chunk, whose reference ends in nonce and tag.</param>
internal readonly record struct BlobPlace(
    Bounds Bounds, int MaxLength, ulong HolderBirth, ContentChecksum Checksum, bool IsContent = false, bool IsSealed = false);
