using System.Buffers.Binary;
using System.Text;

namespace Cartridge.Conformance.Mending;

/// <summary>
/// Places in containers of format 1, found by what stands there and not by any reader: fields of page 0, pieces of JSON text, and the
/// fixed fields of a blob's entry behind its path.
/// </summary>
internal static class OneSpots
{
    /// <summary>Where a blob's data begins in a page without overflow pages.</summary>
    private const int DataOffset = 7;

    /// <summary>A field of page 0.</summary>
    public static Spot Header(int offset, int length, string field) => new(0, offset, length, $"header of format 1: {field}");

    /// <summary>A field before the data of a blob.</summary>
    public static Spot BlobPage(long page, int offset, int length, string field) => new(page, offset, length, $"blob page: {field}");

    /// <summary>Bytes of a blob's data, in a page without overflow pages.</summary>
    public static Spot Data(long page, int offset, int length, string field) => new(page, DataOffset + offset, length, field);

    /// <summary>A piece of text in a page: the occurrence with that number, from 0.</summary>
    public static Spot Text(byte[] container, long page, string text, int occurrence = 0)
    {
        byte[] sought = Encoding.UTF8.GetBytes(text);
        int at = -1;
        for (int i = 0; i <= occurrence; i++)
        {
            at = container.AsSpan((int)page * Spot.PageSize, Spot.PageSize)[(at + 1)..].IndexOf(sought) is >= 0 and var found
                ? at + 1 + found
                : throw new InvalidOperationException($"'{text}' does not stand {occurrence + 1} times in page {page}");
        }

        return new(page, at, sought.Length, $"page {page}: {text}");
    }

    /// <summary>The path of an entry in a catalog that is a blob of one page.</summary>
    public static Spot Path(byte[] container, string path)
    {
        byte[] length = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)Encoding.UTF8.GetByteCount(path));
        Spot whole = Text(container, 1, Encoding.UTF8.GetString([.. length, .. Encoding.UTF8.GetBytes(path)]));
        return whole.Slice(sizeof(ulong), whole.Length - sizeof(ulong)) with { Name = $"entry {path}: path" };
    }

    /// <summary>A field of an entry, so many bytes behind its path: type at 0, size at 4, count of blocks at 12, blocks from 20 on.</summary>
    public static Spot Entry(byte[] container, string path, int offset, int length, string field)
    {
        Spot name = Path(container, path);
        return Spot.At(name.Position + name.Length + offset, length, $"entry {path}: {field}");
    }
}
