namespace Cartridge.Reference;

/// <summary>The checks of encoded content, in the order of spec/10-codecs.md.</summary>
internal static class CodingRule
{
    public static readonly Rule Frame = new("CART-COD-001", ErrorCode.BadStream);
    public static readonly Rule Dictionary = new("CART-COD-002", ErrorCode.UnknownCodec);
    public static readonly Rule Window = new("CART-COD-003", ErrorCode.LimitExceeded);
    public static readonly Rule ContentSize = new("CART-COD-004", ErrorCode.CodecSizeMismatch);
    public static readonly Rule TrailingBytes = new("CART-COD-005", ErrorCode.TrailingBytes);
    public static readonly Rule Stream = new("CART-COD-006", ErrorCode.BadStream);
    public static readonly Rule Bomb = new("CART-COD-007", ErrorCode.CodecBomb);
    public static readonly Rule DecodedLength = new("CART-COD-008", ErrorCode.CodecSizeMismatch);
}
