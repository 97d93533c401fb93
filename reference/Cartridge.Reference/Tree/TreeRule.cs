namespace Cartridge.Reference;

/// <summary>The checks of trees and their nodes, in the order of spec/06-trees.md.</summary>
internal static class TreeRule
{
    public static readonly Rule RootLevel = new("CART-TRE-001", ErrorCode.BadLevel);
    public static readonly Rule Level = new("CART-TRE-002", ErrorCode.BadLevel);
    public static readonly Rule Reserved = new("CART-TRE-003", ErrorCode.ReservedNonzero);
    public static readonly Rule NotEmpty = new("CART-TRE-004", ErrorCode.EmptyNode);
    public static readonly Rule Fits = new("CART-TRE-005", ErrorCode.BadCell);
    public static readonly Rule Packed = new("CART-TRE-006", ErrorCode.BadCell);
    public static readonly Rule Gap = new("CART-TRE-007", ErrorCode.ReservedNonzero);
    public static readonly Rule CellSize = new("CART-TRE-008", ErrorCode.BadCell);
    public static readonly Rule ValueKind = new("CART-TRE-009", ErrorCode.BadCell);
    public static readonly Rule Unique = new("CART-TRE-010", ErrorCode.DuplicateKey);
    public static readonly Rule Sorted = new("CART-TRE-011", ErrorCode.Unsorted);
    public static readonly Rule Separated = new("CART-TRE-012", ErrorCode.Unsorted);
    public static readonly Rule EntryCount = new("CART-TRE-013", ErrorCode.TreeCountMismatch);
    public static readonly Rule ContentInline = new("CART-TRE-014", ErrorCode.BadCell);
}
