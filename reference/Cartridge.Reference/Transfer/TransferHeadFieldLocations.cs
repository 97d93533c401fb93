namespace Cartridge.Reference;

/// <summary>Offsets of the fields in <see cref="TransferHeadFieldLengths"/>: each is the previous offset plus the previous length.</summary>
internal static class TransferHeadFieldLocations
{
    public const int Magic = 0;
    public const int Version = Magic + TransferHeadFieldLengths.Magic;
    public const int Kind = Version + TransferHeadFieldLengths.Version;
    public const int Reserved = Kind + TransferHeadFieldLengths.Kind;
    public const int BaseDigest = Reserved + TransferHeadFieldLengths.Reserved;
    public const int HeadHash = BaseDigest + TransferHeadFieldLengths.BaseDigest;
}
