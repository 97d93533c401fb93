namespace Cartridge.Reference;

/// <summary>Lengths of a snapshot record's fields, in bytes (spec/12-snapshots.md).</summary>
internal static class SnapshotFieldLengths
{
    public const int Generation = 8;
    public const int Created = 8;
    public const int Parent = 8;
    public const int NextFileId = 8;
    public const int CatalogTree = TreeReference.Length;
    public const int ContentTree = TreeReference.Length;
    public const int Flags = 1;
    public const int Reserved = 6;
    public const int NameLength = 1;
}
