namespace Cartridge.Reference;

/// <summary>The checks of the free map and the counts, in the order of spec/09-space.md.</summary>
internal static class SpaceRule
{
    public static readonly Rule Ascending = new("CART-SPC-001", ErrorCode.SpaceOverlap);
    public static readonly Rule Range = new("CART-SPC-002", ErrorCode.OutOfRange);
    public static readonly Rule Stamp = new("CART-SPC-003", ErrorCode.StaleMap);
    public static readonly Rule MapSum = new("CART-SPC-004", ErrorCode.SpaceCountMismatch);
    public static readonly Rule FreeIsUnreached = new("CART-SPC-005", ErrorCode.SpaceOverlap);
    public static readonly Rule NoLeak = new("CART-SPC-006", ErrorCode.SpaceLeak);
    public static readonly Rule UnreachedSum = new("CART-SPC-007", ErrorCode.SpaceCountMismatch);
    public static readonly Rule OlderState = new("CART-SPC-008", ErrorCode.StaleMap);
    public static readonly Rule ExtentCount = new("CART-SPC-009", ErrorCode.OutOfRange);
}
