using System.Buffers.Binary;

namespace Cartridge.Reference;

/// <summary>What a metadata page is.</summary>
internal enum PageType : byte
{
    CommitRecord = 1,
    CatalogNode = 2,
    ContentNode = 3,
    SystemNode = 4,
}

/// <summary>
/// The first 64 bytes of every metadata page. They make the page prove itself: its type, whose it is, where it belongs,
/// when it was born, and a hash over all of that (spec/03-pages.md).
/// </summary>
/// <param name="Type">Byte 0, which the hash does not cover; byte 33 repeats it under the hash.</param>
/// <param name="Hash">The hash as it is stored.</param>
/// <param name="TypeAgain">The type under the hash.</param>
/// <param name="ContainerPrefix">The first eight bytes of the container id.</param>
/// <param name="PageNumber">The page's own number.</param>
/// <param name="Birth">The generation that wrote what is on this page first.</param>
internal readonly record struct PageHeader(
    byte Type, Hash256 Hash, byte TypeAgain, ulong ContainerPrefix, ulong PageNumber, ulong Birth)
{
    /// <summary>Reads the header; mirrors <see cref="Seal"/>.</summary>
    public static PageHeader Read(ReadOnlySpan<byte> page) => new(
        page[PageHeaderFieldLocations.Type],
        new Hash256(page[PageHeaderFieldLocations.Hash..]),
        page[PageHeaderFieldLocations.TypeAgain],
        BinaryPrimitives.ReadUInt64LittleEndian(page[PageHeaderFieldLocations.ContainerPrefix..]),
        BinaryPrimitives.ReadUInt64LittleEndian(page[PageHeaderFieldLocations.PageNumber..]),
        BinaryPrimitives.ReadUInt64LittleEndian(page[PageHeaderFieldLocations.Birth..]));

    /// <summary>The hash of a metadata page: SHA-256 of bytes 33 to 4095.</summary>
    public static Hash256 ComputeHash(ReadOnlySpan<byte> page) => Hash256.Of(page[PageHeaderFieldLocations.TypeAgain..]);

    public static bool ReservedIsZero(ReadOnlySpan<byte> page) =>
        page.Slice(PageHeaderFieldLocations.Reserved, PageHeaderFieldLengths.Reserved).IndexOfAnyExcept((byte)0) < 0;

    /// <summary>Writes the header of a page whose other bytes stand already, the hash last; mirrors <see cref="Read"/>.</summary>
    /// <returns>The page's hash.</returns>
    public static Hash256 Seal(Span<byte> page, PageType type, ContainerId container, long pageNumber, ulong birth)
    {
        page[PageHeaderFieldLocations.Type] = (byte)type;
        page[PageHeaderFieldLocations.TypeAgain] = (byte)type;
        page.Slice(PageHeaderFieldLocations.Reserved, PageHeaderFieldLengths.Reserved).Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(page[PageHeaderFieldLocations.ContainerPrefix..], container.Prefix);
        BinaryPrimitives.WriteUInt64LittleEndian(page[PageHeaderFieldLocations.PageNumber..], (ulong)pageNumber);
        BinaryPrimitives.WriteUInt64LittleEndian(page[PageHeaderFieldLocations.Birth..], birth);
        var hash = ComputeHash(page);
        hash.CopyTo(page[PageHeaderFieldLocations.Hash..]);
        return hash;
    }
}
