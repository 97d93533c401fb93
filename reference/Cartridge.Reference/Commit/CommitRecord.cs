namespace Cartridge.Reference;

/// <summary>The three choices of the S3 face that a container carries with it.</summary>
/// <param name="Versioning">0 off, 1 on.</param>
/// <param name="Acl">0 ignore, 1 record, 2 enforce.</param>
/// <param name="Sse">0 ignore, 1 record, 2 transparent.</param>
public readonly record struct S3Fuses(byte Versioning, byte Acl, byte Sse);

/// <summary>
/// A commit record: everything that one state is, hanging from one page. Page 1 holds the even generations, page 2 the
/// odd ones; the valid record with the higher generation is the state (spec/04-commit.md).
/// </summary>
internal sealed partial record CommitRecord
{
    public required ulong Generation { get; init; }

    /// <summary>When it was published, in nanoseconds since the Unix epoch.</summary>
    public required long Time { get; init; }

    /// <summary>Unknown bits are kept (CART-COM-105); none is ever set (CART-COM-104).</summary>
    public ulong CompatibleFeatures { get; init; }

    public ulong ReadOnlyCompatibleFeatures { get; init; }

    /// <summary>The pages that this state counts on.</summary>
    public required ulong TotalBlocks { get; init; }

    /// <summary>The pages from 3 on that this state does not reach.</summary>
    public required ulong FreeBlocks { get; init; }

    /// <summary>The largest total_blocks that growth may reach; 0 is no limit.</summary>
    public ulong GrowthCap { get; init; }

    /// <summary>Free space, in percent of all, below which a commit grows the container ahead of need.</summary>
    public byte GrowthThreshold { get; init; }

    public S3Fuses Fuses { get; init; }

    /// <summary>How content is to be stored whose file has no choice of its own.</summary>
    public CodecChoice DefaultCodec { get; init; }

    public required ulong NextFileId { get; init; }

    public ulong NextSnapshotId { get; init; } = 1;

    /// <summary>The snapshot that the current catalog and content descend from; 0 is none.</summary>
    public ulong BaseSnapshot { get; init; }

    public TreeReference Catalog { get; init; }

    public TreeReference Content { get; init; }

    /// <summary>The snapshots.</summary>
    public TreeReference System { get; init; }

    public required byte[] Title { get; init; }

    /// <summary>The eight key slots, carried from commit to commit; empty where nothing is encrypted.</summary>
    public byte[] KeySlots { get; init; } = [];

    /// <summary>Where the free map is.</summary>
    public required FreeMapField FreeMapField { get; init; }

    /// <summary>The record page's hash: the state hash, which authenticates all that the record reaches.</summary>
    public Hash256 Hash { get; init; }

    /// <summary>The page that a generation's record stands on.</summary>
    public static int PageOf(ulong generation) => 1 + (int)(generation % 2);

    public Bounds BoundsWith(ContentChecksum checksum) => new(TotalBlocks, checksum);
}
