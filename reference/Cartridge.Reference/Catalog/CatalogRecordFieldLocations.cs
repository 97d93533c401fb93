namespace Cartridge.Reference;

/// <summary>Offsets of the fields in <see cref="CatalogRecordFieldLengths"/>: each is the previous offset plus the previous length.</summary>
internal static class CatalogRecordFieldLocations
{
    public const int Type = 0;
    public const int Flags = Type + CatalogRecordFieldLengths.Type;
    public const int Mode = Flags + CatalogRecordFieldLengths.Flags;
    public const int Uid = Mode + CatalogRecordFieldLengths.Mode;
    public const int Gid = Uid + CatalogRecordFieldLengths.Uid;
    public const int ChunkShift = Gid + CatalogRecordFieldLengths.Gid;
    public const int CodecChoice = ChunkShift + CatalogRecordFieldLengths.ChunkShift;
    public const int CodecLevel = CodecChoice + CatalogRecordFieldLengths.CodecChoice;
    public const int Reserved = CodecLevel + CatalogRecordFieldLengths.CodecLevel;
    public const int Size = Reserved + CatalogRecordFieldLengths.Reserved;
    public const int FileId = Size + CatalogRecordFieldLengths.Size;
    public const int Created = FileId + CatalogRecordFieldLengths.FileId;
    public const int Modified = Created + CatalogRecordFieldLengths.Created;
    public const int OwnerLength = Modified + CatalogRecordFieldLengths.Modified;

    /// <summary>Where the parts of variable length begin: owner, content hash, inline content, attributes.</summary>
    public const int Owner = OwnerLength + CatalogRecordFieldLengths.OwnerLength;
}
