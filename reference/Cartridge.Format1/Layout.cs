namespace Cartridge.Format1;

/// <summary>The numbers of format 1 (spec/14-format-1.md).</summary>
internal static class Layout
{
    public const int PageSize = 4096;
    public const int CatalogPage = 1;
    public const int AllocatorPage = 2;

    /// <summary>Header, catalog, allocator.</summary>
    public const int FixedPages = 3;

    /// <summary>The most overflow pages that a packed page can list: 7 + 8 x 511 = 4095.</summary>
    public const int MaxOverflowPages = 511;

    /// <summary>The most blocks that version 0.2.7 lets a container grow to.</summary>
    public const ulong MaxBlocks = 10_000_000;

    /// <summary>The deepest nesting of JSON that is read; writers need seven.</summary>
    public const int MaxJsonDepth = 16;

    /// <summary>The longest encrypted content that is read, in bytes: it has to be decrypted as a whole.</summary>
    public const long MaxEncrypted = 1L << 30;
}
