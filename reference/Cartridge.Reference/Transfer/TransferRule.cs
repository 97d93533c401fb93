namespace Cartridge.Reference;

/// <summary>The checks of a stream, in the order of spec/16-transfer.md. They are no part of a container's validity.</summary>
internal static class TransferRule
{
    // The head.
    public static readonly Rule Magic = new("CART-TRF-001", ErrorCode.TransferBadStream);
    public static readonly Rule Version = new("CART-TRF-002", ErrorCode.TransferUnsupported);
    public static readonly Rule Kind = new("CART-TRF-003", ErrorCode.TransferUnsupported);
    public static readonly Rule Reserved = new("CART-TRF-004", ErrorCode.TransferBadStream);
    public static readonly Rule HeadHash = new("CART-TRF-005", ErrorCode.TransferChecksumMismatch);
    public static readonly Rule FullBase = new("CART-TRF-006", ErrorCode.TransferBadStream);

    // Records.
    public static readonly Rule Whole = new("CART-TRF-007", ErrorCode.TransferTruncated);
    public static readonly Rule RecordType = new("CART-TRF-008", ErrorCode.TransferBadStream);
    public static readonly Rule RecordLength = new("CART-TRF-009", ErrorCode.TransferBadStream);
    public static readonly Rule Chain = new("CART-TRF-010", ErrorCode.TransferChecksumMismatch);
    public static readonly Rule Trailing = new("CART-TRF-011", ErrorCode.TransferBadStream);

    // What they say.
    public static readonly Rule EntryParts = new("CART-TRF-012", ErrorCode.TransferBadStream);
    public static readonly Rule Action = new("CART-TRF-013", ErrorCode.TransferBadStream);
    public static readonly Rule Order = new("CART-TRF-014", ErrorCode.TransferBadStream);
    public static readonly Rule RemovalInDelta = new("CART-TRF-015", ErrorCode.TransferBadStream);
    public static readonly Rule SegmentPlace = new("CART-TRF-016", ErrorCode.TransferBadStream);
    public static readonly Rule SegmentOrder = new("CART-TRF-017", ErrorCode.TransferBadStream);
    public static readonly Rule SegmentWithinSize = new("CART-TRF-018", ErrorCode.TransferBadStream);
    public static readonly Rule SegmentZeros = new("CART-TRF-019", ErrorCode.TransferBadStream);
    public static readonly Rule Count = new("CART-TRF-020", ErrorCode.TransferBadStream);

    // Against the container.
    public static readonly Rule Base = new("CART-TRF-021", ErrorCode.TransferWrongBase);
    public static readonly Rule Existing = new("CART-TRF-022", ErrorCode.TransferBadStream);
    public static readonly Rule Result = new("CART-TRF-023", ErrorCode.TransferWrongResult);
}
