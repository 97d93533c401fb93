namespace Cartridge.Reference;

/// <summary>Lengths of the fixed fields of a catalog record, in bytes (spec/07-catalog.md).</summary>
internal static class CatalogRecordFieldLengths
{
    public const int Type = 1;
    public const int Flags = 1;
    public const int Mode = 2;
    public const int Uid = 4;
    public const int Gid = 4;
    public const int ChunkShift = 1;
    public const int CodecChoice = 1;
    public const int CodecLevel = 1;
    public const int Reserved = 1;
    public const int Size = 8;
    public const int FileId = 8;
    public const int Created = 8;
    public const int Modified = 8;
    public const int OwnerLength = 1;

    /// <summary>Present if flag bit 0 is set.</summary>
    public const int ContentHash = 32;

    /// <summary>Present, before the inline content, if flag bit 1 is set.</summary>
    public const int InlineLength = 2;

    /// <summary>Present, before the inline content, if flag bit 2 is set.</summary>
    public const int InlineSeal = XaesGcm.SealLength;

    public const int AttributeCount = 2;

    /// <summary>What an attribute has beside its name and value.</summary>
    public const int Attribute = 1 + 2 + 4;
}
