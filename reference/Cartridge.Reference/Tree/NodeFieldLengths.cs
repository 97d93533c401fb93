namespace Cartridge.Reference;

/// <summary>Lengths of a tree node's fields, in bytes (spec/06-trees.md).</summary>
internal static class NodeFieldLengths
{
    public const int PageHeader = PageHeaderFieldLocations.End;
    public const int Level = 1;
    public const int ReservedAfterLevel = 1;
    public const int CellCount = 2;
    public const int PrefixLength = 2;
    public const int ReservedAfterPrefixLength = 2;

    /// <summary>Only interior nodes have this field.</summary>
    public const int FirstChild = PageReference.Length;

    /// <summary>One slot: the page offset of one cell.</summary>
    public const int Slot = 2;

    /// <summary>What a leaf cell has beside its suffix and value: two lengths and the value's kind.</summary>
    public const int LeafCell = 5;

    /// <summary>What an interior cell has beside its suffix: its length and a page reference.</summary>
    public const int InteriorCell = 2 + PageReference.Length;
}
