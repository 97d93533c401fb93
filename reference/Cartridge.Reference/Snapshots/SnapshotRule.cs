namespace Cartridge.Reference;

/// <summary>The checks of the system tree and of snapshots, in the order of spec/12-snapshots.md.</summary>
internal static class SnapshotRule
{
    // One record.
    public static readonly Rule Key = new("CART-SNP-001", ErrorCode.SnapshotBadKey);
    public static readonly Rule ValueKind = new("CART-SNP-002", ErrorCode.BadCell);
    public static readonly Rule Length = new("CART-SNP-003", ErrorCode.SnapshotBadRecord);
    public static readonly Rule Id = new("CART-SNP-004", ErrorCode.SnapshotBadRecord);
    public static readonly Rule Generation = new("CART-SNP-005", ErrorCode.SnapshotBadRecord);
    public static readonly Rule Reserved = new("CART-SNP-006", ErrorCode.ReservedNonzero);
    public static readonly Rule Name = new("CART-SNP-007", ErrorCode.SnapshotBadName);
    public static readonly Rule Hidden = new("CART-SNP-008", ErrorCode.SnapshotBadName);
    public static readonly Rule NextFileId = new("CART-SNP-009", ErrorCode.SnapshotBadRecord);

    // All of them together.
    public static readonly Rule Order = new("CART-SNP-010", ErrorCode.SnapshotBadRecord);
    public static readonly Rule UniqueName = new("CART-SNP-011", ErrorCode.SnapshotDuplicateName);
    public static readonly Rule Parent = new("CART-SNP-012", ErrorCode.SnapshotMissing);
    public static readonly Rule Base = new("CART-SNP-013", ErrorCode.SnapshotMissing);
    public static readonly Rule HiddenChildren = new("CART-SNP-014", ErrorCode.SnapshotBadRecord);

    // What they reach.
    public static readonly Rule Shared = new("CART-SNP-015", ErrorCode.SnapshotNotShared);
}
