namespace Cartridge.Reference;

/// <summary>The checks of a signature file against a state, in the order of spec/13-signatures.md. They are no part of a container's validity.</summary>
internal static class SignatureRule
{
    public static readonly Rule Length = new("CART-SIG-001", ErrorCode.SignatureBadFile);
    public static readonly Rule Magic = new("CART-SIG-002", ErrorCode.SignatureBadFile);
    public static readonly Rule Version = new("CART-SIG-003", ErrorCode.SignatureUnsupported);
    public static readonly Rule Algorithm = new("CART-SIG-004", ErrorCode.SignatureUnsupported);
    public static readonly Rule Reserved = new("CART-SIG-005", ErrorCode.SignatureBadFile);
    public static readonly Rule PublicKey = new("CART-SIG-006", ErrorCode.SignatureWrongKey);
    public static readonly Rule Signature = new("CART-SIG-007", ErrorCode.SignatureInvalid);
    public static readonly Rule Checksum = new("CART-SIG-008", ErrorCode.SignatureWeakChecksum);
    public static readonly Rule Container = new("CART-SIG-009", ErrorCode.OtherState);
    public static readonly Rule Generation = new("CART-SIG-010", ErrorCode.OtherState);
    public static readonly Rule StateHash = new("CART-SIG-011", ErrorCode.OtherState);
}
