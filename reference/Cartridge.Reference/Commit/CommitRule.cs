namespace Cartridge.Reference;

/// <summary>The checks of commit records, in the order of spec/04-commit.md.</summary>
internal static class CommitRule
{
    // Does a page verify as a record?
    public static readonly Rule Type = new("CART-COM-001", ErrorCode.BadPageType);
    public static readonly Rule Hash = new("CART-COM-002", ErrorCode.PageChecksumMismatch);
    public static readonly Rule TypeAgain = new("CART-COM-003", ErrorCode.BadPageType);
    public static readonly Rule HeaderReserved = new("CART-COM-004", ErrorCode.ReservedNonzero);
    public static readonly Rule ContainerPrefix = new("CART-COM-005", ErrorCode.OutOfRange);
    public static readonly Rule PageNumber = new("CART-COM-006", ErrorCode.OutOfRange);
    public static readonly Rule Birth = new("CART-COM-007", ErrorCode.OutOfRange);
    public static readonly Rule Container = new("CART-COM-008", ErrorCode.OutOfRange);
    public static readonly Rule Parity = new("CART-COM-009", ErrorCode.OutOfRange);

    // Which record is the state?
    public static readonly Rule AnyValid = new("CART-COM-010", ErrorCode.NoValidCommit);
    public static readonly Rule Consecutive = new("CART-COM-011", ErrorCode.NoValidCommit);

    // Is the state what it must be?
    public static readonly Rule IdentityHash = new("CART-COM-012", ErrorCode.PageChecksumMismatch);
    public static readonly Rule Incompatible = new("CART-COM-013", ErrorCode.UnknownFeature);
    public static readonly Rule ReadOnlyCompatible = new("CART-COM-014", ErrorCode.UnknownFeature);
    public static readonly Rule TotalBlocks = new("CART-COM-015", ErrorCode.OutOfRange);
    public static readonly Rule Truncated = new("CART-COM-016", ErrorCode.Truncated);
    public static readonly Rule GrowthCap = new("CART-COM-017", ErrorCode.OutOfRange);
    public static readonly Rule GrowthThreshold = new("CART-COM-018", ErrorCode.OutOfRange);
    public static readonly Rule Fuses = new("CART-COM-019", ErrorCode.OutOfRange);
    public static readonly Rule Reserved = new("CART-COM-020", ErrorCode.ReservedNonzero);
    public static readonly Rule NextFileId = new("CART-COM-021", ErrorCode.OutOfRange);
    public static readonly Rule NextSnapshotId = new("CART-COM-022", ErrorCode.OutOfRange);
    public static readonly Rule BaseSnapshot = new("CART-COM-023", ErrorCode.OutOfRange);
    public static readonly Rule Audit = new("CART-COM-024", ErrorCode.OutOfRange);
    public static readonly Rule TitleText = new("CART-COM-025", ErrorCode.OutOfRange);
    public static readonly Rule TitleReserved = new("CART-COM-026", ErrorCode.ReservedNonzero);
    public static readonly Rule Encryption = new("CART-COM-027", ErrorCode.ReservedNonzero);
    public static readonly Rule FreeMapReserved = new("CART-COM-028", ErrorCode.ReservedNonzero);
    public static readonly Rule FreeMapKind = new("CART-COM-029", ErrorCode.OutOfRange);
    public static readonly Rule DefaultCodec = new("CART-COM-032", ErrorCode.UnknownCodec);
    public static readonly Rule DefaultLevel = new("CART-COM-033", ErrorCode.OutOfRange);
    public static readonly Rule FreeBlocks = new("CART-COM-031", ErrorCode.OutOfRange);
}
