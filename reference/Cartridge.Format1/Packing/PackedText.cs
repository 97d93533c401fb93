using System.Buffers.Binary;

namespace Cartridge.Format1;

/// <summary>How catalog or allocator are encoded.</summary>
public enum Format1Encoding
{
    /// <summary>The page is all zero: nothing was ever written there.</summary>
    Empty,

    /// <summary>JSON text in one page: versions before 0.2.7.</summary>
    Json,

    /// <summary>A bincode blob in as many pages as it needs: version 0.2.7.</summary>
    Blob,
}

/// <summary>What stands on page 1 or page 2, put together from the page and its overflow pages.</summary>
/// <param name="page">The page: 1 or 2.</param>
internal sealed class PackedText(int page)
{
    private const int CountOffset = 5;
    private const int TableOffset = 7;

    /// <summary>How it is encoded.</summary>
    public Format1Encoding Encoding { get; private init; }

    /// <summary>JSON text, or the blob's data as far as the pages reach and something was written.</summary>
    public byte[] Data { get; private init; } = [];

    /// <summary>The overflow pages, in order; only those that can be pages.</summary>
    public IReadOnlyList<ulong> Overflow { get; private init; } = [];

    /// <summary>Whether the data is all there. If it is not, what is missing has been reported.</summary>
    public bool IsWhole { get; private init; } = true;

    /// <summary>How many bytes of the data stand in the page itself.</summary>
    public int FirstLength { get; private init; }

    /// <summary>The place of a byte of the data.</summary>
    public Place At(int offset)
    {
        if (offset < FirstLength || Overflow.Count == 0)
        {
            return new(page, Math.Min(offset + Layout.PageSize - FirstLength, Layout.PageSize - 1));
        }

        var index = Math.Min((offset - FirstLength) / Layout.PageSize, Overflow.Count - 1);
        return Place.Of(Overflow[index]) with { Offset = (offset - FirstLength) % Layout.PageSize };
    }

    /// <summary>Reads the page and what it leads to.</summary>
    public static PackedText Read(Source source, ulong totalBlocks, int page, Judge j)
    {
        var bytes = source.Page((ulong)page);
        if (bytes.AsSpan().IndexOfAnyExcept((byte)0) < 0)
        {
            return new PackedText(page);
        }

        if (bytes[0] == (byte)'{')
        {
            var end = bytes.AsSpan().IndexOf((byte)0);
            return new PackedText(page) { Encoding = Format1Encoding.Json, Data = end < 0 ? bytes : bytes[..end], FirstLength = Layout.PageSize };
        }

        if (!(j.Skips(OnePackingRule.FirstByte) || bytes[0] == 0
            || j.Fault(OnePackingRule.FirstByte, new(page, 0), $"the page begins with {bytes[0]:x2}, neither with 00 nor with {{")))
        {
            return new PackedText(page) { IsWhole = false };
        }

        return ReadBlob(source, totalBlocks, page, bytes, j);
    }

    private static PackedText ReadBlob(Source source, ulong totalBlocks, int page, byte[] bytes, Judge j)
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(1));
        int count = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(CountOffset));
        if (!(j.Skips(OnePackingRule.OverflowCount) || count <= Layout.MaxOverflowPages
            || j.Fault(OnePackingRule.OverflowCount, new(page, CountOffset), $"{count} overflow pages; the table has room for {Layout.MaxOverflowPages}")))
        {
            return new PackedText(page) { IsWhole = false };
        }

        count = Math.Min(count, Layout.MaxOverflowPages);
        var first = TableOffset + (sizeof(ulong) * count);
        var data = new List<byte>(bytes[first..]);
        var firstLength = data.Count;
        var isWhole = true;
        List<ulong> overflow = [];
        for (var i = 0; i < count && isWhole; i++)
        {
            var offset = TableOffset + (sizeof(ulong) * i);
            var next = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(offset));
            isWhole = (j.Skips(OnePackingRule.OverflowPage) || (next >= Layout.FixedPages && next < totalBlocks && source.Holds(next))
                || j.Fault(OnePackingRule.OverflowPage, new(page, offset), $"overflow page {next} is none of the {totalBlocks} blocks behind page 2, or not in the file"))
                && source.Holds(next);
            if (!isWhole)
            {
                break;
            }

            var content = source.Page(next);
            overflow.Add(next);
            isWhole = j.Skips(OnePackingRule.NeverWritten) || page != Layout.CatalogPage || data.Count >= length || content.AsSpan().IndexOfAnyExcept((byte)0) >= 0
                || j.Fault(OnePackingRule.NeverWritten, Place.Of(next), $"overflow page {i + 1} of {count} of page {page} holds data and is all zero: it was never written");
            data.AddRange(isWhole ? content : []);
        }

        if (isWhole)
        {
            isWhole = (j.Skips(OnePackingRule.DataLength) || length <= data.Count
                || j.Fault(OnePackingRule.DataLength, new(page, 1), $"{length} bytes of data are said to stand in pages that have room for {data.Count}"))
                && length <= data.Count;
        }

        return new PackedText(page)
        {
            Encoding = Format1Encoding.Blob,
            Data = [.. data.Take((int)Math.Min(length, data.Count))],
            Overflow = overflow,
            IsWhole = isWhole,
            FirstLength = firstLength,
        };
    }
}
