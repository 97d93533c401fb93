using System.Buffers.Binary;

namespace Cartridge.Format1;

/// <summary>Packs a blob into page 1 or 2 and the overflow pages that it needs; <see cref="PackedText.Read"/> is the way back.</summary>
internal static class PackedBlob
{
    private const int CountOffset = 5;
    private const int TableOffset = 7;

    /// <summary>The longest blob: one byte in the page, behind a table of 511 pages, and all of those (CART-ONE-109).</summary>
    public const long MaxLength = Layout.PageSize - TableOffset - (sizeof(ulong) * Layout.MaxOverflowPages) + ((long)Layout.MaxOverflowPages * Layout.PageSize);

    /// <summary>How many overflow pages a blob needs. Each takes eight bytes of the page away, for its number.</summary>
    /// <param name="length">The blob's length in bytes, at most <see cref="MaxLength"/>.</param>
    public static int OverflowCount(long length)
    {
        var count = 0;
        while (Room(count) < length)
        {
            count++;
        }

        return count;
    }

    /// <summary>The pages, the first one first, then the overflow pages in the order of their numbers' table.</summary>
    /// <param name="data">The blob.</param>
    /// <param name="overflow">The overflow pages; at least as many as are needed.</param>
    public static IEnumerable<byte[]> Write(ReadOnlyMemory<byte> data, IReadOnlyList<ulong> overflow)
    {
        var first = new byte[Layout.PageSize];
        BinaryPrimitives.WriteUInt32LittleEndian(first.AsSpan(1), (uint)data.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(first.AsSpan(CountOffset), (ushort)overflow.Count);
        for (var i = 0; i < overflow.Count; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(first.AsSpan(TableOffset + (sizeof(ulong) * i)), overflow[i]);
        }

        var rest = Fill(first.AsMemory(TableOffset + (sizeof(ulong) * overflow.Count)), data);
        yield return first;
        for (var i = 0; i < overflow.Count; i++)
        {
            var page = new byte[Layout.PageSize];
            rest = Fill(page, rest);
            yield return page;
        }
    }

    private static long Room(int count) => Layout.PageSize - TableOffset - (sizeof(ulong) * count) + ((long)count * Layout.PageSize);

    private static ReadOnlyMemory<byte> Fill(Memory<byte> page, ReadOnlyMemory<byte> data)
    {
        var part = data[..Math.Min(page.Length, data.Length)];
        part.CopyTo(page);
        return data[part.Length..];
    }
}
