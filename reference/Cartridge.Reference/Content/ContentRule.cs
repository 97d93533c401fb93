namespace Cartridge.Reference;

/// <summary>The checks of content records, in the order of spec/08-content.md.</summary>
internal static class ContentRule
{
    public static readonly Rule Orphan = new("CART-CON-001", ErrorCode.ContentOrphan);
    public static readonly Rule InlineOnly = new("CART-CON-002", ErrorCode.ContentOverlap);
    public static readonly Rule WithinSize = new("CART-CON-003", ErrorCode.ContentSizeMismatch);
    public static readonly Rule KeyLength = new("CART-CON-004", ErrorCode.BadCell);
}
