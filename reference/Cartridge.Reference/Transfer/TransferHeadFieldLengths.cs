namespace Cartridge.Reference;

/// <summary>Lengths of the fields of a stream's head, in bytes (spec/16-transfer.md).</summary>
internal static class TransferHeadFieldLengths
{
    public const int Magic = 8;
    public const int Version = 2;
    public const int Kind = 1;
    public const int Reserved = 5;
    public const int BaseDigest = Format.HashLength;
    public const int HeadHash = Format.HashLength;
}
