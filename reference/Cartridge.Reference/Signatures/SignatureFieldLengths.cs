namespace Cartridge.Reference;

/// <summary>Lengths of a signature file's fields, in bytes (spec/13-signatures.md).</summary>
internal static class SignatureFieldLengths
{
    public const int Magic = 8;
    public const int Version = 2;
    public const int Algorithm = 1;
    public const int Reserved = 5;
    public const int ContainerId = 16;
    public const int Generation = 8;
    public const int StateHash = Format.HashLength;
    public const int PublicKey = VerifyingKey.Length;
    public const int Signature = 64;
}
