namespace Cartridge.Reference;

/// <summary>The checks of references and metadata pages, in the order of spec/03-pages.md.</summary>
internal static class PageRule
{
    public static readonly Rule Range = new("CART-PAG-001", ErrorCode.OutOfRange);
    public static readonly Rule OneOwner = new("CART-PAG-002", ErrorCode.ClaimedTwice);
    public static readonly Rule Type = new("CART-PAG-003", ErrorCode.BadPageType);
    public static readonly Rule Hash = new("CART-PAG-004", ErrorCode.PageChecksumMismatch);
    public static readonly Rule ReferenceHash = new("CART-PAG-005", ErrorCode.PageChecksumMismatch);
    public static readonly Rule TypeAgain = new("CART-PAG-006", ErrorCode.BadPageType);
    public static readonly Rule Reserved = new("CART-PAG-007", ErrorCode.ReservedNonzero);
    public static readonly Rule Container = new("CART-PAG-008", ErrorCode.OutOfRange);
    public static readonly Rule Number = new("CART-PAG-009", ErrorCode.OutOfRange);
    public static readonly Rule Birth = new("CART-PAG-010", ErrorCode.OutOfRange);
    public static readonly Rule Ancestry = new("CART-PAG-011", ErrorCode.OutOfRange);
    public static readonly Rule TreeReserved = new("CART-PAG-012", ErrorCode.ReservedNonzero);
    public static readonly Rule EmptyTree = new("CART-PAG-013", ErrorCode.OutOfRange);
}

/// <summary>The checks of blob references and of the blobs behind them, in the order of spec/03-pages.md.</summary>
internal static class BlobRule
{
    public static readonly Rule EncodedLength = new("CART-BLB-001", ErrorCode.BadCell);
    public static readonly Rule RunCount = new("CART-BLB-002", ErrorCode.OutOfRange);
    public static readonly Rule Codec = new("CART-BLB-003", ErrorCode.UnknownCodec);
    public static readonly Rule LogicalLength = new("CART-BLB-004", ErrorCode.ContentSizeMismatch);
    public static readonly Rule StoredLength = new("CART-BLB-005", ErrorCode.ContentSizeMismatch);
    public static readonly Rule PlainMetadata = new("CART-BLB-012", ErrorCode.OutOfRange);
    public static readonly Rule EncodedContent = new("CART-BLB-013", ErrorCode.ContentSizeMismatch);
    public static readonly Rule RunRange = new("CART-BLB-006", ErrorCode.OutOfRange);
    public static readonly Rule PageCount = new("CART-BLB-007", ErrorCode.ContentSizeMismatch);
    public static readonly Rule Ancestry = new("CART-BLB-008", ErrorCode.OutOfRange);
    public static readonly Rule ChecksumReserved = new("CART-BLB-009", ErrorCode.ReservedNonzero);
    public static readonly Rule Checksum = new("CART-BLB-010", ErrorCode.ContentChecksumMismatch);
    public static readonly Rule Padding = new("CART-BLB-011", ErrorCode.ReservedNonzero);
}
