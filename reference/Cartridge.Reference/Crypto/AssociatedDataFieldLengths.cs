namespace Cartridge.Reference;

/// <summary>Lengths of the fields of associated data, in bytes (spec/11-encryption.md).</summary>
internal static class AssociatedDataFieldLengths
{
    public const int ContainerId = 16;
    public const int FileId = 8;
    public const int ChunkNumber = 8;
    public const int Birth = 8;
    public const int LogicalLength = 4;
    public const int Codec = 1;
}
