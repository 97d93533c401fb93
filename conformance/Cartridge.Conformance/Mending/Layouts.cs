namespace Cartridge.Conformance.Mending;

/// <summary>The layout tables of the specification, from page 0 to the free map. A test holds them against the text.</summary>
internal static class Layouts
{
    public static readonly Layout Identity = new(
        "identity page",
        ("magic", 8),
        ("major version", 2),
        ("minor version", 2),
        ("block size", 4),
        ("container id", 16),
        ("created", 8),
        ("content checksum", 1),
        ("encrypted", 1),
        ("reserved after encrypted", 278),
        ("slug length", 1),
        ("slug", 255),
        ("reserved after slug", 3488),
        ("hash", 32));

    public static readonly Layout PageHeader = new(
        "page header",
        ("type", 1),
        ("hash", 32),
        ("type again", 1),
        ("reserved", 6),
        ("container prefix", 8),
        ("page number", 8),
        ("birth", 8));

    public static readonly Layout PageReference = new(
        "page reference",
        ("page", 8),
        ("birth", 8),
        ("hash", 32));

    public static readonly Layout TreeReference = new(
        "tree reference",
        ("page reference", 48),
        ("entry count", 8),
        ("level", 1),
        ("reserved", 7));

    public static readonly Layout BlobReference = new(
        "blob reference",
        ("logical length", 4),
        ("stored length", 4),
        ("birth", 8),
        ("checksum", 32),
        ("codec", 1),
        ("run count", 1));

    public static readonly Layout Run = new(
        "run",
        ("page", 8),
        ("pages", 2));

    public static readonly Layout CommitRecord = new(
        "commit record",
        ("page header", 64),
        ("generation", 8),
        ("time", 8),
        ("container id", 16),
        ("identity hash", 32),
        ("compatible features", 8),
        ("read-only-compatible features", 8),
        ("incompatible features", 8),
        ("total blocks", 8),
        ("free blocks", 8),
        ("growth cap", 8),
        ("growth threshold", 1),
        ("S3 versioning", 1),
        ("S3 ACL", 1),
        ("S3 SSE", 1),
        ("default codec", 1),
        ("default level", 1),
        ("reserved after default level", 2),
        ("next file id", 8),
        ("next snapshot id", 8),
        ("base snapshot", 8),
        ("catalog tree", 64),
        ("content tree", 64),
        ("system tree", 64),
        ("audit size", 8),
        ("audit root", 32),
        ("title length", 1),
        ("title", 255),
        ("key slots", 1056),
        ("HMAC", 32),
        ("free map kind", 1),
        ("reserved after free map kind", 1),
        ("extent count", 2),
        ("reserved after extent count", 4),
        ("free map area", 2304));

    public static readonly Layout KeySlot = new(
        "key slot",
        ("kind", 1),
        ("reserved", 3),
        ("rounds", 4),
        ("salt", 32),
        ("wrap nonce", 12),
        ("wrapped key", 32),
        ("wrap tag", 16),
        ("commitment", 32));

    public static readonly Layout Seal = new(
        "seal",
        ("nonce", 24),
        ("tag", 16));

    public static readonly Layout TreeNode = new(
        "tree node",
        ("page header", 64),
        ("level", 1),
        ("reserved after level", 1),
        ("cell count", 2),
        ("prefix length", 2),
        ("reserved after prefix length", 2));

    public static readonly Layout LeafCell = new(
        "leaf cell",
        ("suffix length", 2),
        ("value kind", 1),
        ("value length", 2));

    public static readonly Layout InteriorCell = new(
        "interior cell",
        ("suffix length", 2));

    public static readonly Layout CatalogRecord = new(
        "catalog record",
        ("type", 1),
        ("flags", 1),
        ("mode", 2),
        ("uid", 4),
        ("gid", 4),
        ("chunk shift", 1),
        ("codec choice", 1),
        ("codec level", 1),
        ("reserved", 1),
        ("size", 8),
        ("file id", 8),
        ("created", 8),
        ("modified", 8),
        ("owner length", 1));

    public static readonly Layout Attribute = new(
        "attribute",
        ("kind", 1),
        ("name length", 2),
        ("value length", 4));

    public static readonly Layout ContentKey = new(
        "content key",
        ("file id", 8),
        ("chunk number", 8));

    public static readonly Layout SnapshotKey = new(
        "snapshot key",
        ("kind", 1),
        ("id", 8));

    public static readonly Layout SnapshotRecord = new(
        "snapshot record",
        ("generation", 8),
        ("created", 8),
        ("parent", 8),
        ("next file id", 8),
        ("catalog tree", 64),
        ("content tree", 64),
        ("flags", 1),
        ("reserved", 6),
        ("name length", 1));

    public static readonly Layout Extent = new(
        "extent",
        ("start", 8),
        ("length", 4),
        ("freed in", 8));
}
