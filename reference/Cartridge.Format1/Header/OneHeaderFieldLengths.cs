namespace Cartridge.Format1;

/// <summary>Lengths of the fields of page 0, in bytes.</summary>
internal static class OneHeaderFieldLengths
{
    public const int Magic           = 8;
    public const int MajorVersion    = 2;
    public const int MinorVersion    = 2;
    public const int BlockSize       = 4;
    public const int TotalBlocks     = 8;
    public const int FreeBlocks      = 8;
    public const int CatalogPage     = 8;
    public const int VersioningFuse  = 1;
    public const int AclFuse         = 1;
    public const int EncryptionFuse  = 1;
    public const int Reserved        = 4053;
}
