using System.Buffers.Binary;
using System.Globalization;
using Cartridge.Reference;

namespace Cartridge.Format1;

/// <summary>
/// Takes pages of containers of format 1 apart for people. As for format 3, it believes what a page says and judges nothing.
/// </summary>
public static class Format1Inspector
{
    private const int CountOffset = 5;
    private const int TableOffset = 7;

    /// <summary>Describes one page.</summary>
    /// <param name="medium">The container, valid or not.</param>
    /// <param name="page">The page's number, from 0.</param>
    /// <returns>The description. Pages of content have no fields.</returns>
    /// <exception cref="CartridgeException"><c>api.not-found</c>: the file has no such page.</exception>
    public static PageDescription Describe(IMedium medium, long page)
    {
        ArgumentNullException.ThrowIfNull(medium);
        if (page < 0 || page >= (medium.Length + Layout.PageSize - 1) / Layout.PageSize)
        {
            throw new CartridgeException(ErrorCode.NotFound, $"There is no page {page}: the file has {medium.Length} bytes.");
        }

        var source = new Source(medium);
        var bytes = source.Page((ulong)page);
        if (page == 0)
        {
            return new PageDescription(page, "header", Header(bytes), bytes);
        }

        foreach (var (first, name) in ((int, string)[])[(Layout.CatalogPage, "catalog"), (Layout.AllocatorPage, "allocator")])
        {
            var text = PackedText.Read(source, ulong.MaxValue, first, Judge.OfAll());
            var part = page == first ? 0 : text.Overflow.ToList().IndexOf((ulong)page) + 1;
            if (page == first || part > 0)
            {
                return new PageDescription(page, part == 0 ? name : $"{name}, continued", [.. part == 0 ? Front(text, bytes) : [], .. Data(text, first, part)], bytes);
            }
        }

        return new PageDescription(page, "raw", [], bytes);
    }

    private static List<PageField> Header(byte[] page)
    {
        ulong Number(int at, int length) => length switch
        {
            1 => page[at],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(page.AsSpan(at)),
            4 => BinaryPrimitives.ReadUInt32LittleEndian(page.AsSpan(at)),
            _ => BinaryPrimitives.ReadUInt64LittleEndian(page.AsSpan(at)),
        };
        PageField Field(int at, int length, string name) => new(at, length, name, Number(at, length).ToString(CultureInfo.InvariantCulture));
        return
        [
            new(OneHeaderFieldLocations.Magic, OneHeaderFieldLengths.Magic, "magic", Convert.ToHexStringLower(page.AsSpan(0, OneHeaderFieldLengths.Magic))),
            Field(OneHeaderFieldLocations.MajorVersion, OneHeaderFieldLengths.MajorVersion, "major version"),
            Field(OneHeaderFieldLocations.MinorVersion, OneHeaderFieldLengths.MinorVersion, "minor version"),
            Field(OneHeaderFieldLocations.BlockSize, OneHeaderFieldLengths.BlockSize, "block size"),
            Field(OneHeaderFieldLocations.TotalBlocks, OneHeaderFieldLengths.TotalBlocks, "total blocks"),
            Field(OneHeaderFieldLocations.FreeBlocks, OneHeaderFieldLengths.FreeBlocks, "free blocks"),
            Field(OneHeaderFieldLocations.CatalogPage, OneHeaderFieldLengths.CatalogPage, "catalog page"),
            Field(OneHeaderFieldLocations.VersioningFuse, OneHeaderFieldLengths.VersioningFuse, "versioning fuse"),
            Field(OneHeaderFieldLocations.AclFuse, OneHeaderFieldLengths.AclFuse, "acl fuse"),
            Field(OneHeaderFieldLocations.EncryptionFuse, OneHeaderFieldLengths.EncryptionFuse, "encryption fuse"),
            new(OneHeaderFieldLocations.Reserved, OneHeaderFieldLengths.Reserved, "reserved", page.AsSpan(OneHeaderFieldLocations.Reserved).IndexOfAnyExcept((byte)0) < 0 ? "zero" : "not zero"),
        ];
    }

    /// <summary>What stands before the data in page 1 or 2; of JSON, the text.</summary>
    private static IEnumerable<PageField> Front(PackedText text, byte[] page)
    {
        if (text.Encoding == Format1Encoding.Json)
        {
            yield return new PageField(0, text.Data.Length, "text", $"JSON, {text.Data.Length} bytes");
            yield break;
        }

        if (text.Encoding != Format1Encoding.Blob)
        {
            yield break;
        }

        yield return new PageField(0, 1, "mark", "0");
        yield return new PageField(1, CountOffset - 1, "data length", BinaryPrimitives.ReadUInt32LittleEndian(page.AsSpan(1)).ToString(CultureInfo.InvariantCulture));
        yield return new PageField(CountOffset, TableOffset - CountOffset, "overflow count", BinaryPrimitives.ReadUInt16LittleEndian(page.AsSpan(CountOffset)).ToString(CultureInfo.InvariantCulture));
        for (var i = 0; i < text.Overflow.Count; i++)
        {
            yield return new PageField(TableOffset + (sizeof(ulong) * i), sizeof(ulong), "overflow page", text.Overflow[i].ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The fields of the data that stand in one page, or the part of them that does.</summary>
    private static IEnumerable<PageField> Data(PackedText text, int first, int part)
    {
        if (text.Encoding != Format1Encoding.Blob)
        {
            yield break;
        }

        var fields = new BlobFields(text.Data);
        var (start, at) = part == 0 ? (0, Layout.PageSize - text.FirstLength) : (text.FirstLength + ((part - 1) * Layout.PageSize), 0);
        var end = start + Layout.PageSize - at;
        foreach (var field in first == Layout.CatalogPage ? fields.OfCatalog() : fields.OfAllocator())
        {
            var (from, to) = (Math.Max(field.Offset, start), Math.Min(field.Offset + field.Length, end));
            if (from < to)
            {
                yield return field with { Offset = at + from - start, Length = to - from };
            }
        }
    }
}
