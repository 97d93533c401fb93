using System.Buffers.Binary;

namespace Cartridge.Format1;

/// <summary>What page 0 of a container of format 1 says (spec/14-format-1.md).</summary>
public sealed partial record Format1Header
{
    /// <summary>How many blocks of 4096 bytes the container counts on, the three fixed pages included.</summary>
    public required ulong TotalBlocks { get; init; }

    /// <summary>How many of them the writer took for free; often stale.</summary>
    public required ulong FreeBlocks { get; init; }

    /// <summary>The fuse for S3 versioning: 0 none, 1 by snapshots.</summary>
    public required byte VersioningFuse { get; init; }

    /// <summary>The fuse for S3 access control lists: 0 ignore, 1 record, 2 enforce.</summary>
    public required byte AclFuse { get; init; }

    /// <summary>The fuse for S3 encryption: 0 ignore, 1 record, 2 transparent.</summary>
    public required byte EncryptionFuse { get; init; }

    internal static ReadOnlySpan<byte> MagicBytes => [0x43, 0x41, 0x52, 0x54, 0x00, 0x01, 0x00, 0x00];

    /// <summary>Reads and checks page 0.</summary>
    /// <returns>The header, or null if nothing further can be said of the file.</returns>
    internal static Format1Header? Read(Source source, Judge j)
    {
        var page = source.Page(0);
        var smallest = Layout.FixedPages * Layout.PageSize;
        var magic = page.AsSpan(0, OneHeaderFieldLengths.Magic);
        if (!(j.Skips(OneHeaderRule.Magic) || magic.SequenceEqual(MagicBytes)
            || j.Fault(OneHeaderRule.Magic, new(0, 0), $"the file begins with {Convert.ToHexString(magic)}, not with {Convert.ToHexString(MagicBytes)}")))
        {
            return null;
        }

        var major = BinaryPrimitives.ReadUInt16LittleEndian(page.AsSpan(OneHeaderFieldLocations.MajorVersion));
        var minor = BinaryPrimitives.ReadUInt16LittleEndian(page.AsSpan(OneHeaderFieldLocations.MinorVersion));
        if (!(j.Skips(OneHeaderRule.Version) || (major == 1 && minor == 0)
            || j.Fault(OneHeaderRule.Version, new(0, OneHeaderFieldLocations.MajorVersion), $"version {major}.{minor}; every container of format 1 has 1.0")))
        {
            return null;
        }

        var blockSize = BinaryPrimitives.ReadUInt32LittleEndian(page.AsSpan(OneHeaderFieldLocations.BlockSize));
        if (!(j.Skips(OneHeaderRule.BlockSize) || blockSize == Layout.PageSize
            || j.Fault(OneHeaderRule.BlockSize, new(0, OneHeaderFieldLocations.BlockSize), $"block size {blockSize}, not {Layout.PageSize}")))
        {
            return null;
        }

        if (!(j.Skips(OneHeaderRule.FixedPages) || source.Length >= smallest
            || j.Fault(OneHeaderRule.FixedPages, new(0), $"the file has {source.Length} bytes; header, catalog and allocator take {smallest}")))
        {
            return null;
        }

        var header = FromPage(page);
        return j.Skips(OneHeaderRule.FreeBlocks) || header.FreeBlocks <= header.TotalBlocks
            || j.Fault(OneHeaderRule.FreeBlocks, new(0, OneHeaderFieldLocations.FreeBlocks), $"{header.FreeBlocks} free blocks of {header.TotalBlocks}")
            ? header
            : null;
    }

    /// <summary>What only a verifier looks at.</summary>
    internal void Verify(Source source, Judge j)
    {
        var page = source.Page(0);
        var catalog = BinaryPrimitives.ReadUInt64LittleEndian(page.AsSpan(OneHeaderFieldLocations.CatalogPage));
        _ = j.Skips(OneHeaderRule.CatalogPage) || catalog == Layout.CatalogPage
            || j.Fault(OneHeaderRule.CatalogPage, new(0, OneHeaderFieldLocations.CatalogPage), $"the catalog is said to be on page {catalog}; writers and readers take page 1");

        _ = j.Skips(OneHeaderRule.Fuses) || (VersioningFuse <= 1 && AclFuse <= 2 && EncryptionFuse <= 2)
            || j.Fault(OneHeaderRule.Fuses, new(0, OneHeaderFieldLocations.VersioningFuse), $"fuses {VersioningFuse}, {AclFuse}, {EncryptionFuse}; at most 1, 2, 2");

        var stray = page.AsSpan(OneHeaderFieldLocations.Reserved).IndexOfAnyExcept((byte)0);
        _ = j.Skips(OneHeaderRule.Reserved) || stray < 0
            || j.Fault(OneHeaderRule.Reserved, new(0, OneHeaderFieldLocations.Reserved + stray), "a byte behind the fields of page 0 is not zero");

        _ = j.Skips(OneHeaderRule.Length) || TotalBlocks <= (ulong)(source.Length / Layout.PageSize)
            || j.Fault(OneHeaderRule.Length, new(0, OneHeaderFieldLocations.TotalBlocks), $"{TotalBlocks} blocks are counted on; the file has {source.Length} bytes");
    }

    private static Format1Header FromPage(ReadOnlySpan<byte> page) => new()
    {
        TotalBlocks = BinaryPrimitives.ReadUInt64LittleEndian(page[OneHeaderFieldLocations.TotalBlocks..]),
        FreeBlocks = BinaryPrimitives.ReadUInt64LittleEndian(page[OneHeaderFieldLocations.FreeBlocks..]),
        VersioningFuse = page[OneHeaderFieldLocations.VersioningFuse],
        AclFuse = page[OneHeaderFieldLocations.AclFuse],
        EncryptionFuse = page[OneHeaderFieldLocations.EncryptionFuse],
    };
}
