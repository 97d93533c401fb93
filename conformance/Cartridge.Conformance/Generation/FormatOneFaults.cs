using Cartridge.Conformance.Mending;

namespace Cartridge.Conformance.Generation;

/// <summary>Chapter 14: one vector and more for each check of page 0, of how catalog and allocator are packed, and of the allocator.</summary>
internal static class FormatOneFaults
{
    private const string Minimal = "interop/format-1-0-2-7-minimal";
    private const string Overflow = "interop/format-1-0-2-7-overflow300";
    private const string Extents = "interop/format-1-0-2-6-extent300k";

    public static IEnumerable<Source> All =>
    [
        Bad("bad-magic", 1, "container.bad-magic", Moment.Open, "the last byte of the magic number, 00, becomes 01",
            "Programs compare all eight bytes.", m => m.Flip(OneSpots.Header(7, 1, "magic"))),
        Bad("version-2", 2, "container.unsupported-version", Moment.Open, "the major version becomes 2",
            "Every file has 1.0; what another version would look like, nobody knows.", m => m.Number(OneSpots.Header(8, 2, "major version"), 2)),
        Bad("block-size-8192", 3, "container.bad-block-size", Moment.Open, "the block size becomes 8192",
            "Everything is counted in pages of 4096 bytes.", m => m.Number(OneSpots.Header(12, 4, "block size"), 8192)),
        Bad("two-pages", 4, "container.truncated", Moment.Open, "the file is cut behind page 1, and counts on no more",
            "Without the allocator nobody knows which blocks are in use.", m => m.Number(OneSpots.Header(16, 8, "total blocks"), 2).Cut(8192)),
        Bad("free-above-total", 5, "page.out-of-range", Moment.Open, "7 of 6 blocks are free",
            "The program that writes these files refuses them too.", m => m.Number(OneSpots.Header(24, 8, "free blocks"), 7)),
        Bad("catalog-page-2", 6, "page.out-of-range", Moment.Verify, "the catalog page becomes 2",
            "Programs take page 1 whatever the field says, so a file that says otherwise misleads.", m => m.Number(OneSpots.Header(32, 8, "catalog page"), 2)),
        Bad("fuse-2", 7, "page.out-of-range", Moment.Verify, "the versioning fuse becomes 2",
            "Only 0 and 1 have a meaning.", m => m.Number(OneSpots.Header(40, 1, "versioning fuse"), 2)),
        Bad("reserved", 8, "page.reserved-nonzero", Moment.Verify, "a byte behind the fields becomes 1",
            "No writer ever put anything there.", m => m.Number(OneSpots.Header(43, 1, "reserved"), 1)),
        Bad("cut", 9, "container.truncated", Moment.Verify, "the file is cut by its last page",
            "The catalog still reads, and whatever the last page held is lost.", m => m.Cut(5 * Spot.PageSize)),
        Bad("first-byte", 10, "page.bad-type", Moment.List, "page 1 begins with 01",
            "A page begins with a brace or with zero; anything else is neither encoding.", m => m.Number(OneSpots.BlobPage(1, 0, 1, "mark"), 1)),
        Bad("overflow-65535", 11, "limit.exceeded", Moment.List, "the overflow count becomes 65535",
            "A table of that length would be longer than the page; a reader that believes the count reads far behind it.",
            m => m.Number(OneSpots.BlobPage(1, 5, 2, "overflow count"), 65535)),
        Bad("overflow-page", 12, "page.out-of-range", Moment.List, "the first overflow page becomes 2^40",
            "A catalog cannot go on where there is no page.", m => m.Number(OneSpots.BlobPage(1, 7, 8, "overflow pages"), 1UL << 40), Overflow),
        Bad("data-length", 13, "content.size-mismatch", Moment.List, "the data length becomes 100000",
            "The page has room for 4089 bytes.", m => m.Number(OneSpots.BlobPage(1, 1, 4, "data length"), 100_000)),
        Bad("overflow-never-written", 14, "tree.empty-node", Moment.List, "the third overflow page becomes all zero",
            "A writer that is killed leaves such pages; decoded, they would be entries without names.",
            m => m.Set(new Spot(10, 0, Spot.PageSize, "blob page: data"), new byte[Spot.PageSize]), Overflow),

        Bad("allocator", 40, "tree.bad-cell", Moment.Verify, "the bitmap has 2^60 words",
            "A length beyond the data must be refused before anything is made of it.", m => m.Number(OneSpots.Data(2, 0, 8, "bitmap: length"), 1UL << 60)),
        Bad("bitmap-too-short", 41, "page.out-of-range", Moment.Verify, "the second word of the bitmap becomes blanks",
            "Blocks that the bitmap does not reach are free to every writer.",
            m => m.Set(OneSpots.Text(m.Bytes, 2, ",65535"), "      "u8), Extents) with { Also = ["space.overlap"] },
        Bad("used-but-free", 42, "space.overlap", Moment.Verify, "the bit of block 3 is cleared",
            "The next file that is written gets the block and overwrites this one.", m => m.Number(OneSpots.Data(2, 8, 8, "bitmap: words"), 0b0111)),
        Remark("allocator-overflow", 43, ["space.overlap"], "the allocator gets an overflow page, which its bitmap does not list",
            "The last version never lists them: a habit of its writer, and no loss.", m => m.Set(
                new Spot(2, 0, 15 + 96, "blob page: overflow pages"),
                [0, 96, 0, 0, 0, 1, 0, 4, 0, 0, 0, 0, 0, 0, 0, .. m.Bytes.AsSpan(8192 + 7, 96)])),
        Remark("counter", 44, ["space.count-mismatch"], "the header's free blocks become 1",
            "Counters are often stale; nobody goes by them.", m => m.Number(OneSpots.Header(24, 8, "free blocks"), 1)),
        Remark("extents", 45, ["space.stale-map"], "the free extent is filed under 5 and begins at 4",
            "The bitmap is what counts.", m => m.Number(OneSpots.Data(2, 40, 8, "extents: key"), 5)),
        Remark("leak", 46, ["space.leak", "space.count-mismatch", "space.stale-map"], "block 4, which nobody has, is marked",
            "A writer that is killed leaves such blocks; they are lost to it, and nothing else is.", m => m.Number(OneSpots.Data(2, 8, 8, "bitmap: words"), 0b11111)),
    ];

    /// <summary>A vector that is refused.</summary>
    internal static Rejected Bad(
        string slug, int check, string code, Moment when, string mutation, string why, Action<Mender> make, string from = Minimal) =>
        new($"format-1/{slug}", $"CART-ONE-{check:d3}", code)
        {
            Title = $"Format 1: {mutation}",
            Why = why,
            Base = from,
            Mutation = mutation,
            When = when,
            Make = make,
            Features = InteropVectors.Features,
        };

    /// <summary>A vector that is accepted, with notes.</summary>
    internal static Accepted Remark(string slug, int check, string[] notes, string mutation, string why, Action<Mender> vary, string from = Minimal) =>
        new($"format-1/{slug}", $"CART-ONE-{check:d3}")
        {
            Title = $"Format 1: {mutation}",
            Why = why,
            Base = from,
            Mutation = mutation,
            Notes = notes,
            Vary = vary,
            Features = InteropVectors.Features,
        };
}
