namespace Cartridge.Reference;

/// <summary>Offsets of the fields in <see cref="NodeFieldLengths"/>: each is the previous offset plus the previous length.</summary>
internal static class NodeFieldLocations
{
    public const int PageHeader = 0;
    public const int Level = PageHeader + NodeFieldLengths.PageHeader;
    public const int ReservedAfterLevel = Level + NodeFieldLengths.Level;
    public const int CellCount = ReservedAfterLevel + NodeFieldLengths.ReservedAfterLevel;
    public const int PrefixLength = CellCount + NodeFieldLengths.CellCount;
    public const int ReservedAfterPrefixLength = PrefixLength + NodeFieldLengths.PrefixLength;

    /// <summary>Where a leaf's prefix begins.</summary>
    public const int LeafPrefix = ReservedAfterPrefixLength + NodeFieldLengths.ReservedAfterPrefixLength;

    /// <summary>Where an interior node's first child is.</summary>
    public const int FirstChild = LeafPrefix;

    /// <summary>Where an interior node's prefix begins.</summary>
    public const int InteriorPrefix = FirstChild + NodeFieldLengths.FirstChild;
}
