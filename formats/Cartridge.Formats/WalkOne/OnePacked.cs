using Cartridge.Formats.Generated;
using Kaitai;
using static Cartridge.Formats.Walk.Check;

namespace Cartridge.Formats.WalkOne;

/// <summary>How a packed page is encoded.</summary>
internal enum OneEncoding
{
    Empty,
    Json,
    Blob,
}

/// <summary>What begins in page 1 or 2, put together from all its pages: JSON text, or a blob.</summary>
/// <param name="Encoding">How it is encoded, by the first byte; empty if the page is all zero.</param>
/// <param name="Data">The text or the blob.</param>
/// <param name="Overflow">The pages in which the blob goes on.</param>
internal sealed record OnePacked(OneEncoding Encoding, byte[] Data, IReadOnlyList<ulong> Overflow)
{
    private const ulong CatalogPage = 1;

    internal static OneEncoding EncodingOf(OneFile file, ulong page)
    {
        ReadOnlySpan<byte> bytes = file.Page(page);
        Require(bytes[0] is 0 or (byte)'{', "CART-ONE-010", "page.bad-type", page, $"the page begins with byte {bytes[0]}");
        return bytes[0] == '{' ? OneEncoding.Json : IsZero(bytes) ? OneEncoding.Empty : OneEncoding.Blob;
    }

    internal static OnePacked Read(OneFile file, ulong page)
    {
        OneEncoding encoding = EncodingOf(file, page);
        byte[] bytes = file.Page(page).ToArray();
        Cartridge1.PackedPage packed = OneFile.Parse(page, "CART-ONE-013", "content.size-mismatch", () => new Cartridge1.PackedPage(new KaitaiStream(bytes)));
        return (encoding, packed.Body) switch
        {
            (OneEncoding.Json, Cartridge1.JsonPage json) => new(encoding, TextOf(json.Text), []),
            (OneEncoding.Blob, Cartridge1.BlobPage blob) => new(encoding, DataOf(file, page, blob), blob.OverflowPages),
            _ => new(encoding, [], []),
        };
    }

    private static byte[] TextOf(byte[] page) => page.AsSpan().IndexOf((byte)0) is >= 0 and int end ? page[..end] : page;

    private static byte[] DataOf(OneFile file, ulong page, Cartridge1.BlobPage blob)
    {
        using MemoryStream data = new();
        data.Write(blob.Data);
        foreach (ulong number in blob.OverflowPages)
        {
            Require(file.Holds(number), "CART-ONE-012", "page.out-of-range", page, $"overflow page {number}");
            bool isCatalog = page == CatalogPage && data.Length < blob.DataLength;
            Require(!isCatalog || !IsZero(file.Page(number)), "CART-ONE-014", "tree.empty-node", number, $"an overflow page was never written");
            data.Write(file.Page(number));
        }

        Require(blob.DataLength <= data.Length, "CART-ONE-013", "content.size-mismatch", page, $"{blob.DataLength} bytes in pages of {data.Length}");
        return data.ToArray()[..(int)blob.DataLength];
    }
}
