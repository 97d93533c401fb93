namespace Cartridge.Reference;

/// <summary>The checks of paths and catalog records, in the order of spec/07-catalog.md.</summary>
internal static class CatalogRule
{
    public static readonly Rule PathLength = new("CART-CAT-001", ErrorCode.BadPath);
    public static readonly Rule PathText = new("CART-CAT-002", ErrorCode.BadPath);
    public static readonly Rule EmptySegment = new("CART-CAT-003", ErrorCode.BadPath);
    public static readonly Rule DotSegment = new("CART-CAT-004", ErrorCode.BadPath);
    public static readonly Rule PathNul = new("CART-CAT-005", ErrorCode.BadPath);
    public static readonly Rule Type = new("CART-CAT-006", ErrorCode.BadRecord);
    public static readonly Rule Flags = new("CART-CAT-007", ErrorCode.BadRecord);
    public static readonly Rule Mode = new("CART-CAT-008", ErrorCode.BadRecord);
    public static readonly Rule CodecChoice = new("CART-CAT-024", ErrorCode.BadRecord);
    public static readonly Rule CodecLevel = new("CART-CAT-025", ErrorCode.BadRecord);
    public static readonly Rule Reserved = new("CART-CAT-009", ErrorCode.ReservedNonzero);
    public static readonly Rule Complete = new("CART-CAT-010", ErrorCode.BadRecord);
    public static readonly Rule Owner = new("CART-CAT-011", ErrorCode.BadRecord);
    public static readonly Rule Size = new("CART-CAT-012", ErrorCode.BadRecord);
    public static readonly Rule Directory = new("CART-CAT-013", ErrorCode.BadRecord);
    public static readonly Rule ChunkShift = new("CART-CAT-014", ErrorCode.BadRecord);
    public static readonly Rule FileId = new("CART-CAT-015", ErrorCode.BadRecord);
    public static readonly Rule UniqueFileId = new("CART-CAT-016", ErrorCode.BadRecord);
    public static readonly Rule InlineLength = new("CART-CAT-017", ErrorCode.BadRecord);
    public static readonly Rule InlineSize = new("CART-CAT-018", ErrorCode.ContentSizeMismatch);
    public static readonly Rule AttributeKind = new("CART-CAT-019", ErrorCode.BadRecord);
    public static readonly Rule AttributeOrder = new("CART-CAT-020", ErrorCode.BadRecord);
    public static readonly Rule AttributeText = new("CART-CAT-021", ErrorCode.BadRecord);
    public static readonly Rule LinkTarget = new("CART-CAT-022", ErrorCode.BadRecord);
    public static readonly Rule ContentHash = new("CART-CAT-023", ErrorCode.ContentChecksumMismatch);
}
