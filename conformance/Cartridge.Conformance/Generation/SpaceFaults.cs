using Cartridge.Conformance.Mending;

namespace Cartridge.Conformance.Generation;

/// <summary>
/// Chapter 9, the free map. A map that is wrong costs data at the next write, not at the next read: only a full verification sees it.
/// </summary>
internal static class SpaceFaults
{
    private const string Map = "space/several-extents";

    public static IEnumerable<Source> All =>
    [
        Extents("extents-exchanged", "CART-SPC-001", "space.overlap", "Two extents in the wrong order",
            "Extents ascend, so that one walk over the map finds gaps and overlaps.",
            "the first two extents change places", SwapExtents),
        Extents("extent-beyond-total-blocks", "CART-SPC-002", "page.out-of-range", "An extent that leaves the container",
            "Blocks behind the last one are not free: they do not exist until the container grows.",
            "the last extent begins where the container ends", m => m.Number(Last(m, "start"), Total(m)), "space.leak"),
        Extents("extent-of-no-block", "CART-SPC-002", "page.out-of-range", "An extent without a block",
            "An extent that says nothing gives one map many spellings.",
            "an extent of length 0 is added after the last", AddEmptyExtent),
        Extents("extent-freed-in-the-future", "CART-SPC-003", "space.stale-map", "A block that was freed after the map was written",
            "The stamp says from when on a block may be reused; one above the generation would keep it for ever, or for too short.",
            "the last extent's stamp becomes the generation + 1", m => m.Number(Last(m, "freed in"), m.Newest.Generation + 1)),
        Extents("free-blocks-differs", "CART-SPC-004", "space.count-mismatch", "A count of free blocks that is not the map's",
            "The count decides when the container grows and what is reported as free.",
            "it falls by 1", m => m.Add(m.Newest["free blocks"], -1)),
        Extents("extent-over-used-block", "CART-SPC-005", "space.overlap", "A block that is used and free",
            "The next write would overwrite it.",
            "an extent grows downwards over the used block before it, and the count of free blocks with it", GrowOverUsedBlock),
        Extents("leaked-block", "CART-SPC-006", "space.leak", "A block that is neither used nor free",
            "Nobody will ever use it again.",
            "the last extent, with the count of free blocks, loses a block",
            m => m.Add(Last(m, "length"), -1).Add(m.Newest["free blocks"], -1)),
        new Rejected("space/free-blocks-without-map", "CART-SPC-007", "space.count-mismatch")
        {
            Title = "A wrong count of free blocks, and no map",
            Why = "Without a map the count is what all blocks are less those that the state reaches.",
            Base = "space/absent-map",
            Mutation = "it falls by 1",
            When = Moment.Verify,
            Make = m => m.Add(m.Newest["free blocks"], -1).Mend(m.Newest.Page),
        },
        Extents("older-state-reusable-too-early", "CART-SPC-008", "space.stale-map", "A block of the older state is called reusable",
            "Until the next commit the older record is what a torn commit falls back to; a writer that took this block would break it.",
            "the stamp of an extent that the newest commit freed becomes 0", ForgetStamp),
        new Rejected("space/map-of-odd-length", "CART-SPC-009", "page.out-of-range")
        {
            Title = "A map blob that ends within an extent",
            Why = "Extents have 20 bytes each; a length that no number of them fills is no map.",
            Base = "space/blob-map",
            Mutation = "the blob grows by a zero byte",
            When = Moment.Verify,
            Make = GrowMap,
        },
    ];

    private static Rejected Extents(
        string slug, string requirement, string code, string title, string why, string mutation,
        Action<Mender> make, params string[] also) =>
        new($"space/{slug}", requirement, code)
        {
            Title = title,
            Why = why,
            Base = Map,
            Mutation = mutation,
            When = Moment.Verify,
            Also = also,
            Make = m =>
            {
                make(m);
                m.Mend(m.Newest.Page);
            },
        };

    private static ulong Total(Mender m) => m.Newest["total blocks"].Number(m.Bytes);

    private static Spot Last(Mender m, string field) => m.Newest.Extent(m.Newest.Extents - 1, field);

    private static Spot Whole(Mender m, int index) =>
        m.Newest.Extent(index, "start") with { Length = Layouts.Extent.Length, Name = "extent" };

    private static void SwapExtents(Mender m)
    {
        (byte[] first, byte[] second) = (Whole(m, 0).In(m.Bytes).ToArray(), Whole(m, 1).In(m.Bytes).ToArray());
        m.Set(Whole(m, 0), second).Set(Whole(m, 1), first);
    }

    private static void AddEmptyExtent(Mender m)
    {
        int next = m.Newest.Extents;
        m.Number(m.Newest.Extent(next, "start"), Total(m) - 1).Number(m.Newest["extent count"], (ulong)next + 1);
    }

    private static void GrowOverUsedBlock(Mender m)
    {
        int extent = Enumerable.Range(0, m.Newest.Extents)
            .First(i => m.Newest.OwnerOf((long)m.Newest.Extent(i, "start").Number(m.Bytes) - 1) is not null);
        m.Add(m.Newest.Extent(extent, "start"), -1).Add(m.Newest.Extent(extent, "length"), 1).Add(m.Newest["free blocks"], 1);
    }

    private static void ForgetStamp(Mender m)
    {
        int freed = Enumerable.Range(0, m.Newest.Extents)
            .First(i => m.Newest.Extent(i, "freed in").Number(m.Bytes) == m.Newest.Generation);
        m.Number(m.Newest.Extent(freed, "freed in"), 0);
    }

    private static void GrowMap(Mender m)
    {
        BlobChart map = m.Newest.Map!;
        m.Add(map["logical length"], 1).Add(map["stored length"], 1);
        byte[] longer = [.. map.PageBytes(m.Bytes).AsSpan(0, map.Stored), 0];
        m.Set(map["checksum"], System.Security.Cryptography.SHA256.HashData(longer)).Mend(m.Newest.Page);
    }
}
