using System.Text;
using Cartridge.Conformance.Mending;

namespace Cartridge.Conformance.Generation;

/// <summary>Chapter 4, what a record that verifies may still say wrongly. No reader falls back to the older record for any of it.</summary>
internal static class CommitStateFaults
{
    private const string Empty = "container/empty";
    private const string OutOfRange = "page.out-of-range";
    private const string Reserved = "page.reserved-nonzero";
    private const string NoFallingBack = "CART-COM-103";
    private const ulong MaxBlocks = 1UL << 51;

    public static IEnumerable<Source> All =>
    [
        Field("identity-hash", "CART-COM-012", "page.checksum-mismatch", "The record was made for another identity page",
            "The record authenticates page 0. One that was replaced, with a sound hash of its own, is found out here.",
            "the lowest bit is flipped", m => m.Flip(m.Newest["identity hash"])),
        Field("incompatible-bit-0", "CART-COM-013", "container.unknown-feature", "An unknown feature that a reader must know",
            "An incompatible feature changes what the rest means; who does not know it must not read on.",
            "bit 0 is set", m => m.Number(m.Newest["incompatible features"], 1)),
        Field("incompatible-bit-63", "CART-COM-013", "container.unknown-feature", "The highest feature bit",
            "All 64 bits are features, also the one that a signed integer takes for its sign.",
            "bit 63 is set", m => m.Number(m.Newest["incompatible features"], 1UL << 63)),
        Field("total-blocks-beyond-limit", "CART-COM-015", OutOfRange, "More blocks than any container has",
            "2^51 blocks are 2^63 bytes; offsets beyond do not fit a signed integer. The file is not that long either.",
            "3 becomes 2^51 + 1", m => m.Number(m.Newest["total blocks"], MaxBlocks + 1), "container.truncated"),
        new Rejected("commit/file-shorter-than-total-blocks", "CART-COM-016", "container.truncated")
        {
            Title = "The file's last block is missing",
            Why = "The record counts on all its blocks, free ones too: a file that lost its end is not to be written to.",
            Base = "space/free-at-the-end",
            Mutation = "the file is cut by its last page, which is free",
            When = Moment.Open,
            Make = m => m.Cut(m.Bytes.Length - Spot.PageSize),
        },
        Field("growth-cap-below-size", "CART-COM-017", OutOfRange, "A growth cap below the size that is reached",
            "A container cannot have more blocks than its cap allows.",
            "0 becomes 2", m => m.Number(m.Newest["growth cap"], 2)),
        Field("growth-threshold-101", "CART-COM-018", OutOfRange, "A growth threshold of 101 percent",
            "The threshold is a share of the container.",
            "it becomes 101", m => m.Number(m.Newest["growth threshold"], 101)),
        Field("s3-versioning-2", "CART-COM-019", OutOfRange, "An S3 versioning setting that is not defined",
            "A fuse whose meaning is unknown might forbid what a writer is about to do.",
            "0 becomes 2", m => m.Number(m.Newest["S3 versioning"], 2)),
        Field("s3-acl-3", "CART-COM-019", OutOfRange, "An S3 ACL setting that is not defined",
            "A fuse whose meaning is unknown might forbid what a writer is about to do.",
            "0 becomes 3", m => m.Number(m.Newest["S3 ACL"], 3)),
        Field("s3-sse-3", "CART-COM-019", OutOfRange, "An S3 encryption setting that is not defined",
            "A fuse whose meaning is unknown might forbid what a writer is about to do.",
            "0 becomes 3", m => m.Number(m.Newest["S3 SSE"], 3)),
        Field("default-codec-3", "CART-COM-032", "codec.unknown", "A default codec that is not defined",
            "A writer would be told to store content in a way that it does not know.",
            "0 becomes 3", m => m.Number(m.Newest["default codec"], 3)),
        Field("default-level-23", "CART-COM-033", OutOfRange, "A default level that no codec has",
            "Levels end with 22; a byte that may hold anything is a place to hide.",
            "0 becomes 23", m => m.Number(m.Newest["default level"], 23)),
        Field("reserved-after-s3", "CART-COM-020", Reserved, "A reserved byte after the default level is in use",
            "Reserved bytes are zero.",
            "byte 183 becomes 1", m => m.Number(m.Newest["reserved after default level"].Byte(1), 1)),
        Field("reserved-after-map-kind", "CART-COM-020", Reserved, "The reserved byte after the free map's kind is in use",
            "Reserved bytes are zero.",
            "byte 1785 becomes 1", m => m.Number(m.Newest["reserved after free map kind"], 1)),
        Field("reserved-after-extent-count", "CART-COM-020", Reserved, "A reserved byte after the extent count is in use",
            "Reserved bytes are zero.",
            "byte 1788 becomes 1", m => m.Number(m.Newest["reserved after extent count"].Byte(0), 1)),
        Field("next-file-id-0", "CART-COM-021", OutOfRange, "The next file id is 0",
            "File ids begin with 1; 0 is what directories have.",
            "1 becomes 0", m => m.Number(m.Newest["next file id"], 0)),
        Field("next-snapshot-id-0", "CART-COM-022", OutOfRange, "The next snapshot id is 0",
            "Snapshot ids begin with 1; 0 says that there is none.",
            "1 becomes 0", m => m.Number(m.Newest["next snapshot id"], 0)),
        Field("base-snapshot-1", "CART-COM-023", OutOfRange, "A base snapshot where there are no snapshots",
            "The base decides which blocks may be freed; one that does not exist would free too much or too little.",
            "0 becomes 1", m => m.Number(m.Newest["base snapshot"], 1)),
        Field("audit-size-1", "CART-COM-024", OutOfRange, "An audit log of one entry",
            "This edition defines no audit log.",
            "0 becomes 1", m => m.Number(m.Newest["audit size"], 1)),
        Field("audit-root-set", "CART-COM-024", OutOfRange, "The root of an audit log that is not there",
            "This edition defines no audit log.",
            "the last byte becomes 1", m => m.Number(m.Newest["audit root"].Byte(31), 1)),
        new Rejected("commit/title-not-utf8", "CART-COM-025", OutOfRange)
        {
            Title = "The title is not UTF-8",
            Why = "A title that no two programs show alike is none.",
            Base = "container/titled",
            Mutation = "the first byte becomes FF",
            When = Moment.Open,
            Make = m => m.Number(m.Newest["title"].Byte(0), 0xFF).Mend(m.Newest.Page),
        },
        new Rejected("commit/title-surrogate", "CART-COM-025", OutOfRange)
        {
            Title = "The title holds half a surrogate pair",
            Why = "ED A0 80 spells a code point that UTF-8 excludes; decoders written by hand let it pass.",
            Base = "container/titled",
            Mutation = "the first three bytes become ED A0 80",
            When = Moment.Open,
            Make = m => m.Set(m.Newest["title"].Slice(0, 3), 0xED, 0xA0, 0x80).Mend(m.Newest.Page),
        },
        Field("bytes-after-title", "CART-COM-026", Reserved, "Something stands behind the title, within its field",
            "The rest of the title's field is zero: a shorter title leaves nothing of a longer one behind.",
            "the field's last byte becomes 'x'", m => m.Set(m.Newest["title"].Byte(254), Encoding.ASCII.GetBytes("x"))),
        Field("key-slot-used", "CART-COM-027", Reserved, "A key slot in a container that is not encrypted",
            "A slot with content says that there is a key; there is nothing that it could open.",
            "the first byte becomes 1", m => m.Number(m.Newest["key slots"].Byte(0), 1)),
        Field("hmac-set", "CART-COM-027", Reserved, "An HMAC in a container that is not encrypted",
            "Without a key nobody could have made it.",
            "the first byte becomes 1", m => m.Number(m.Newest["HMAC"].Byte(0), 1)),
        Field("bytes-after-extents", "CART-COM-028", Reserved, "Something stands behind the free map's extents",
            "Only as many extents as are counted belong to the map; the rest of the area is zero.",
            "the area's last byte becomes 1", m => m.Number(m.Newest["free map area"].Byte(2303), 1)),
        new Rejected("commit/extents-of-absent-map", "CART-COM-028", Reserved)
        {
            Title = "Extents are counted for a map that is absent",
            Why = "The count belongs to an inline map; for every other kind it is 0.",
            Base = "space/absent-map",
            Mutation = "0 becomes 1",
            When = Moment.Open,
            Make = m => m.Number(m.Newest["extent count"], 1).Mend(m.Newest.Page),
        },
        new Rejected("commit/free-map-kind-3", "CART-COM-029", OutOfRange)
        {
            Title = "A kind of free map that is not defined",
            Why = "A reader that cannot read the map does not know which blocks a writer would overwrite.",
            Base = "space/absent-map",
            Mutation = "0 becomes 3",
            When = Moment.Open,
            Make = m => m.Number(m.Newest["free map kind"], 3).Mend(m.Newest.Page),
        },
        Field("free-blocks-too-many", "CART-COM-031", OutOfRange, "More blocks are free than there are",
            "The three fixed pages are never free.",
            "0 becomes 1", m => m.Number(m.Newest["free blocks"], 1), "space.count-mismatch"),
    ];

    private static Rejected Field(
        string slug, string requirement, string code, string title, string why, string mutation,
        Func<Mender, Mender> make, params string[] also) =>
        new Rejected($"commit/{slug}", requirement, code)
        {
            Title = title,
            Why = why,
            Base = Empty,
            Mutation = mutation,
            When = Moment.Open,
            Also = also,
            Make = m => make(m).Mend(m.Newest.Page),
        }.Citing(NoFallingBack);
}
