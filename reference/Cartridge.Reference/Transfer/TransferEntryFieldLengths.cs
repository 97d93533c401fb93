namespace Cartridge.Reference;

/// <summary>Lengths of the fixed fields of a stream's entry, in bytes (spec/16-transfer.md).</summary>
internal static class TransferEntryFieldLengths
{
    public const int Type = 1;
    public const int Action = 1;
    public const int Mode = 2;
    public const int Uid = 4;
    public const int Gid = 4;
    public const int Size = 8;
    public const int Created = 8;
    public const int Modified = 8;
    public const int OwnerLength = 1;
    public const int PathLength = 2;
    public const int AttributeCount = 2;
}
