using Cartridge.Reference;

namespace Cartridge.Format1;

/// <summary>The checks of page 0, in the order of spec/14-format-1.md.</summary>
internal static class OneHeaderRule
{
    public static readonly Rule Magic = new("CART-ONE-001", ErrorCode.BadMagic);
    public static readonly Rule Version = new("CART-ONE-002", ErrorCode.UnsupportedVersion);
    public static readonly Rule BlockSize = new("CART-ONE-003", ErrorCode.BadBlockSize);
    public static readonly Rule FixedPages = new("CART-ONE-004", ErrorCode.Truncated);
    public static readonly Rule FreeBlocks = new("CART-ONE-005", ErrorCode.OutOfRange);
    public static readonly Rule CatalogPage = new("CART-ONE-006", ErrorCode.OutOfRange);
    public static readonly Rule Fuses = new("CART-ONE-007", ErrorCode.OutOfRange);
    public static readonly Rule Reserved = new("CART-ONE-008", ErrorCode.ReservedNonzero);
    public static readonly Rule Length = new("CART-ONE-009", ErrorCode.Truncated);
}
