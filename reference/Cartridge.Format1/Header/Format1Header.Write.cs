using System.Buffers.Binary;

namespace Cartridge.Format1;

public sealed partial record Format1Header
{
    /// <summary>Writes page 0; <see cref="Read"/> is the way back.</summary>
    internal byte[] Write()
    {
        var page = new byte[Layout.PageSize];
        MagicBytes.CopyTo(page);
        BinaryPrimitives.WriteUInt16LittleEndian(page.AsSpan(OneHeaderFieldLocations.MajorVersion), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(OneHeaderFieldLocations.BlockSize), Layout.PageSize);
        BinaryPrimitives.WriteUInt64LittleEndian(page.AsSpan(OneHeaderFieldLocations.TotalBlocks), TotalBlocks);
        BinaryPrimitives.WriteUInt64LittleEndian(page.AsSpan(OneHeaderFieldLocations.FreeBlocks), FreeBlocks);
        BinaryPrimitives.WriteUInt64LittleEndian(page.AsSpan(OneHeaderFieldLocations.CatalogPage), Layout.CatalogPage);
        page[OneHeaderFieldLocations.VersioningFuse] = VersioningFuse;
        page[OneHeaderFieldLocations.AclFuse] = AclFuse;
        page[OneHeaderFieldLocations.EncryptionFuse] = EncryptionFuse;
        return page;
    }
}
