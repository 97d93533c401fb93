namespace Cartridge.Format1;

/// <summary>Where the fields of page 0 begin, each where the one before it ends (spec/14-format-1.md).</summary>
internal static class OneHeaderFieldLocations
{
    public const int Magic           = 0;
    public const int MajorVersion    = Magic + OneHeaderFieldLengths.Magic;
    public const int MinorVersion    = MajorVersion + OneHeaderFieldLengths.MajorVersion;
    public const int BlockSize       = MinorVersion + OneHeaderFieldLengths.MinorVersion;
    public const int TotalBlocks     = BlockSize + OneHeaderFieldLengths.BlockSize;
    public const int FreeBlocks      = TotalBlocks + OneHeaderFieldLengths.TotalBlocks;
    public const int CatalogPage     = FreeBlocks + OneHeaderFieldLengths.FreeBlocks;
    public const int VersioningFuse  = CatalogPage + OneHeaderFieldLengths.CatalogPage;
    public const int AclFuse         = VersioningFuse + OneHeaderFieldLengths.VersioningFuse;
    public const int EncryptionFuse  = AclFuse + OneHeaderFieldLengths.AclFuse;
    public const int Reserved        = EncryptionFuse + OneHeaderFieldLengths.EncryptionFuse;
}
