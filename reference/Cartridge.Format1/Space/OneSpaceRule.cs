using Cartridge.Reference;

namespace Cartridge.Format1;

/// <summary>The checks of the allocator, in the order of spec/14-format-1.md.</summary>
internal static class OneSpaceRule
{
    public static readonly Rule Allocator = new("CART-ONE-040", ErrorCode.BadCell);
    public static readonly Rule BitmapLength = new("CART-ONE-041", ErrorCode.OutOfRange);
    public static readonly Rule UsedButFree = new("CART-ONE-042", ErrorCode.SpaceOverlap);
    public static readonly Rule OwnOverflow = new("CART-ONE-043", ErrorCode.SpaceOverlap);
    public static readonly Rule Counters = new("CART-ONE-044", ErrorCode.SpaceCountMismatch);
    public static readonly Rule Extents = new("CART-ONE-045", ErrorCode.StaleMap);
    public static readonly Rule Leak = new("CART-ONE-046", ErrorCode.SpaceLeak);
}
