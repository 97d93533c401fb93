namespace Cartridge.Reference;

/// <summary>The checks of page 0, in the order of spec/02-identity.md.</summary>
internal static class HeaderRule
{
    public static readonly Rule Magic = new("CART-HDR-001", ErrorCode.BadMagic);
    public static readonly Rule Version = new("CART-HDR-002", ErrorCode.UnsupportedVersion);
    public static readonly Rule BlockSize = new("CART-HDR-003", ErrorCode.BadBlockSize);
    public static readonly Rule Hash = new("CART-HDR-004", ErrorCode.PageChecksumMismatch);
    public static readonly Rule ContentChecksum = new("CART-HDR-005", ErrorCode.OutOfRange);
    public static readonly Rule Encrypted = new("CART-HDR-006", ErrorCode.UnknownFeature);
    public static readonly Rule Slug = new("CART-HDR-007", ErrorCode.OutOfRange);
    public static readonly Rule Reserved = new("CART-HDR-008", ErrorCode.ReservedNonzero);
    public static readonly Rule Length = new("CART-HDR-009", ErrorCode.Truncated);
}
