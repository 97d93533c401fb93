namespace Cartridge.Reference;

/// <summary>Offsets of the fixed fields of a stream's entry; behind them come owner, path and attributes.</summary>
internal static class TransferEntryFieldLocations
{
    public const int Type = 0;
    public const int Action = Type + TransferEntryFieldLengths.Type;
    public const int Mode = Action + TransferEntryFieldLengths.Action;
    public const int Uid = Mode + TransferEntryFieldLengths.Mode;
    public const int Gid = Uid + TransferEntryFieldLengths.Uid;
    public const int Size = Gid + TransferEntryFieldLengths.Gid;
    public const int Created = Size + TransferEntryFieldLengths.Size;
    public const int Modified = Created + TransferEntryFieldLengths.Created;
    public const int OwnerLength = Modified + TransferEntryFieldLengths.Modified;
    public const int Owner = OwnerLength + TransferEntryFieldLengths.OwnerLength;
}
