namespace Cartridge.Reference;

/// <summary>Offsets of the fields in <see cref="SnapshotFieldLengths"/>: each is the previous offset plus the previous length.</summary>
internal static class SnapshotFieldLocations
{
    public const int Generation = 0;
    public const int Created = Generation + SnapshotFieldLengths.Generation;
    public const int Parent = Created + SnapshotFieldLengths.Created;
    public const int NextFileId = Parent + SnapshotFieldLengths.Parent;
    public const int CatalogTree = NextFileId + SnapshotFieldLengths.NextFileId;
    public const int ContentTree = CatalogTree + SnapshotFieldLengths.CatalogTree;
    public const int Flags = ContentTree + SnapshotFieldLengths.ContentTree;
    public const int Reserved = Flags + SnapshotFieldLengths.Flags;
    public const int NameLength = Reserved + SnapshotFieldLengths.Reserved;

    /// <summary>Where the name begins, which fills the rest of the record.</summary>
    public const int Name = NameLength + SnapshotFieldLengths.NameLength;
}
