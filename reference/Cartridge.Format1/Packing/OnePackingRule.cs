using Cartridge.Reference;

namespace Cartridge.Format1;

/// <summary>The checks of how catalog and allocator are packed into pages, in the order of spec/14-format-1.md.</summary>
internal static class OnePackingRule
{
    public static readonly Rule FirstByte = new("CART-ONE-010", ErrorCode.BadPageType);
    public static readonly Rule OverflowCount = new("CART-ONE-011", ErrorCode.LimitExceeded);
    public static readonly Rule OverflowPage = new("CART-ONE-012", ErrorCode.OutOfRange);
    public static readonly Rule DataLength = new("CART-ONE-013", ErrorCode.ContentSizeMismatch);
    public static readonly Rule NeverWritten = new("CART-ONE-014", ErrorCode.EmptyNode);
}
