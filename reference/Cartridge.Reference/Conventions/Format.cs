namespace Cartridge.Reference;

/// <summary>The numbers that the whole format is built on (spec/01-conventions.md).</summary>
public static class Format
{
    /// <summary>Bytes in a page, the unit of allocation; also written into page 0 as the block size.</summary>
    public const int PageSize = 4096;

    /// <summary>The first block that may hold anything but the identity page and the two commit records.</summary>
    public const long FirstFreeBlock = 3;

    /// <summary>Blocks that every container has: the identity page and the two commit records.</summary>
    public const int FixedBlocks = 3;

    /// <summary>The largest number of blocks that a commit record may count: 2^51 pages are 2^63 bytes.</summary>
    public const long MaxBlocks = 1L << 51;

    /// <summary>The longest path, in bytes of UTF-8.</summary>
    public const int MaxPathLength = 1152;

    /// <summary>The largest tree cell, counted with its full key, in bytes. Two such cells always fit into one node.</summary>
    public const int MaxCellSize = 2000;

    /// <summary>The largest content, in bytes, that a catalog record may hold itself.</summary>
    public const int MaxInlineContent = 512;

    /// <summary>The most runs of pages that one blob reference lists.</summary>
    public const int MaxRuns = 64;

    /// <summary>The largest value, in bytes, that a tree stores as a blob; also the largest free map.</summary>
    public const int MaxLongValue = 256 * 1024;

    /// <summary>The smallest chunk is 2^12 bytes: one page.</summary>
    public const int MinChunkShift = 12;

    /// <summary>The largest chunk is 2^18 bytes.</summary>
    public const int MaxChunkShift = 18;

    /// <summary>Chunks of 2^16 bytes serve most files best.</summary>
    public const int DefaultChunkShift = 16;

    /// <summary>The highest level a tree's root may have; leaves are level 0.</summary>
    public const int MaxLevel = 15;

    /// <summary>The longest target of a symbolic link, in bytes of UTF-8.</summary>
    public const int MaxLinkTarget = 4095;

    /// <summary>The longest slug, title or owner, in bytes of UTF-8: their length is one byte.</summary>
    public const int MaxShortText = 255;

    /// <summary>The length of a SHA-256 hash, in bytes.</summary>
    public const int HashLength = 32;
}
