namespace Cartridge.Reference;

/// <summary>The checks of encryption, in the order of spec/11-encryption.md.</summary>
internal static class EncryptionRule
{
    public static readonly Rule SlotKind = new("CART-ENC-001", ErrorCode.BadParameters);
    public static readonly Rule SlotReserved = new("CART-ENC-002", ErrorCode.ReservedNonzero);
    public static readonly Rule SlotRounds = new("CART-ENC-003", ErrorCode.BadParameters);
    public static readonly Rule AnySlot = new("CART-ENC-004", ErrorCode.BadParameters);
    public static readonly Rule HmacPresent = new("CART-ENC-005", ErrorCode.Downgraded);
    public static readonly Rule Commitment = new("CART-ENC-006", ErrorCode.WrongKey);
    public static readonly Rule WrapTag = new("CART-ENC-007", ErrorCode.AuthFailed);
    public static readonly Rule Hmac = new("CART-ENC-008", ErrorCode.AuthFailed);
    public static readonly Rule SealedFlag = new("CART-ENC-009", ErrorCode.BadRecord);
    public static readonly Rule NoContentHash = new("CART-ENC-010", ErrorCode.BadRecord);
    public static readonly Rule ChunkTag = new("CART-ENC-011", ErrorCode.AuthFailed);
    public static readonly Rule InlineTag = new("CART-ENC-012", ErrorCode.AuthFailed);
    public static readonly Rule KeyMeansEncrypted = new("CART-ENC-013", ErrorCode.Downgraded);
}
