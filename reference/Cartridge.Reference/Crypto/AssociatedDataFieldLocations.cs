namespace Cartridge.Reference;

/// <summary>Offsets of the fields in <see cref="AssociatedDataFieldLengths"/>: each is the previous offset plus the previous length.</summary>
internal static class AssociatedDataFieldLocations
{
    public const int ContainerId = 0;
    public const int FileId = ContainerId + AssociatedDataFieldLengths.ContainerId;
    public const int ChunkNumber = FileId + AssociatedDataFieldLengths.FileId;
    public const int Birth = ChunkNumber + AssociatedDataFieldLengths.ChunkNumber;
    public const int LogicalLength = Birth + AssociatedDataFieldLengths.Birth;
    public const int Codec = LogicalLength + AssociatedDataFieldLengths.LogicalLength;
    public const int End = Codec + AssociatedDataFieldLengths.Codec;
}
