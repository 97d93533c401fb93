namespace Cartridge.Reference;

/// <summary>Offsets of the fields in <see cref="KeySlotFieldLengths"/>: each is the previous offset plus the previous length.</summary>
internal static class KeySlotFieldLocations
{
    public const int Kind = 0;
    public const int Reserved = Kind + KeySlotFieldLengths.Kind;
    public const int Rounds = Reserved + KeySlotFieldLengths.Reserved;
    public const int Salt = Rounds + KeySlotFieldLengths.Rounds;
    public const int WrapNonce = Salt + KeySlotFieldLengths.Salt;
    public const int WrappedKey = WrapNonce + KeySlotFieldLengths.WrapNonce;
    public const int WrapTag = WrappedKey + KeySlotFieldLengths.WrappedKey;
    public const int Commitment = WrapTag + KeySlotFieldLengths.WrapTag;
    public const int End = Commitment + KeySlotFieldLengths.Commitment;
}
