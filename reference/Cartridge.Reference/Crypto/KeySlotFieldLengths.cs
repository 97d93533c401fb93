namespace Cartridge.Reference;

/// <summary>Lengths of a key slot's fields, in bytes (spec/11-encryption.md).</summary>
internal static class KeySlotFieldLengths
{
    public const int Kind = 1;
    public const int Reserved = 3;
    public const int Rounds = 4;
    public const int Salt = 32;
    public const int WrapNonce = 12;
    public const int WrappedKey = 32;
    public const int WrapTag = 16;
    public const int Commitment = 32;
}
