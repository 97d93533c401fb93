using System.Security.Cryptography;
using System.Text;
using static Cartridge.Reference.Tests.Handmade.PageBytes;
using static Cartridge.Reference.Tests.Handmade.RecordBytes;

namespace Cartridge.Reference.Tests.Handmade;

/// <summary>
/// One container of 14 pages in generation 2 that has some of everything: both levels of a tree, holes, a blob in two runs, a long value,
/// all kinds of entries and attributes, free pages of both kinds. Its parts can be exchanged, and its pages edited before they are
/// sealed, so that a fault can be made without any other.
/// </summary>
internal sealed class HandmadeContainer
{
    internal const int IdentityPage = 0;
    internal const int NewestRecord = 1;
    internal const int OlderRecord = 2;
    internal const int FirstLeaf = 3;
    internal const int SecondLeaf = 4;
    internal const int CatalogRoot = 5;
    internal const int ContentLeaf = 6;
    internal const int Chunk0Start = 7;
    internal const int Chunk2 = 8;
    internal const int Chunk0End = 9;
    internal const int LongValue = 10;
    internal const int OlderLeaf = 11;
    internal const int FreeBefore = 12;
    internal const int TotalBlocks = 14;

    internal static readonly byte[] Hello = Encoding.UTF8.GetBytes("Hello, \u00e4\n");
    internal static readonly byte[] Chunk0 = Pattern(8192, 1);
    internal static readonly byte[] Chunk2Bytes = Pattern(3000, 2);
    internal static readonly byte[] LongAttribute = Pattern(3000, 3);

    private readonly Dictionary<int, Action<byte[]>> _edits = [];
    private readonly Dictionary<int, Action<byte[]>> _damage = [];

    /// <summary>Chunks are guarded by CRC-32C instead of SHA-256.</summary>
    internal bool Crc { get; init; }

    /// <summary>0 absent, 1 inline, 2 blob (then in page 13).</summary>
    internal int MapKind { get; init; } = 1;

    /// <summary>The extents of the map; null for the right ones.</summary>
    internal (ulong Start, uint Length, ulong FreedIn)[]? Extents { get; init; }

    /// <summary>The record at <c>docs/hello.txt</c>.</summary>
    internal byte[] HelloRecord { get; init; } = Record(FileType, 2, 16, (ulong)Hello.Length, "ann\u00e9", SHA256.HashData(Hello), Hello,
        Attribute(1, "", "text/plain"u8.ToArray()), Attribute(2, "a", "1"u8.ToArray()), Attribute(2, "b\"\\", "\u0001\t"u8.ToArray()));

    /// <summary>The path of the record above, whose first letters are not in the prefix of the leaf.</summary>
    internal byte[] HelloPath { get; init; } = "docs/hello.txt"u8.ToArray();

    /// <summary>The record at <c>big.bin</c>, whose chunks 0 and 2 are there and whose chunk 1 is a hole.</summary>
    internal byte[] BigRecord { get; init; } = Record(FileType, 1, 13, 20000);

    /// <summary>The record at <c>link</c>.</summary>
    internal byte[] LinkRecord { get; init; } = Record(SymlinkType, 3, 16, 14, content: "docs/hello.txt"u8.ToArray());

    /// <summary>The record at <c>sparse</c>, which is one hole.</summary>
    internal byte[] SparseRecord { get; init; } = Record(FileType, 5, 16, 10000);

    /// <summary>The record at <c>zlong</c>, which is too long for a cell.</summary>
    internal byte[] LongRecord { get; init; } = Record(FileType, 6, 16, 0, "", null, null, Attribute(3, "user.note", LongAttribute));

    /// <summary>Changes a page before it is sealed: all hashes are those of the changed page.</summary>
    internal HandmadeContainer Edit(int page, Action<byte[]> edit)
    {
        _edits.Add(page, edit);
        return this;
    }

    /// <summary>Changes a page when all is done: no hash knows of it.</summary>
    internal HandmadeContainer Damage(int page, Action<byte[]> damage)
    {
        _damage.Add(page, damage);
        return this;
    }

    internal byte[] Build()
    {
        byte[][] pages = [.. Enumerable.Range(0, TotalBlocks).Select(_ => new byte[PageSize])];
        FillBlobs(pages);
        FillTrees(pages);
        FillIdentity(pages[IdentityPage]);
        FillRecord(pages, OlderRecord, 1, PageBytes.TreeOf(pages[OlderLeaf], 1), new byte[64]);
        FillRecord(pages, NewestRecord, 2, PageBytes.TreeOf(pages[CatalogRoot], 7), PageBytes.TreeOf(pages[ContentLeaf], 2));
        foreach ((int page, Action<byte[]> damage) in _damage)
        {
            damage(pages[page]);
        }

        return [.. pages.SelectMany(page => page)];
    }

    private static byte[] Pattern(int length, int seed) =>
        [.. Enumerable.Range(0, length).Select(i => unchecked((byte)(i * 7 + i / 256 + seed)))];

    private static void FillBlobs(byte[][] pages)
    {
        pages[Chunk0Start].Put(0, Chunk0.AsSpan(0, PageSize));
        pages[Chunk0End].Put(0, Chunk0.AsSpan(PageSize));
        pages[Chunk2].Put(0, Chunk2Bytes);
        pages[FreeBefore].AsSpan().Fill(0xEE);
    }

    private void FillTrees(byte[][] pages)
    {
        pages[LongValue].Put(0, LongRecord);
        byte[] longReference = BlobOf(LongRecord, 2, crc: false, (LongValue, 1));
        Node(pages, FirstLeaf, 2, 0, [], "", LeafCell("big.bin"u8.ToArray(), BigRecord),
            LeafCell("dir"u8.ToArray(), Record(DirectoryType, 0, 0, 0, "", null, null, Attribute(3, "user.tag", [0, 255]))),
            LeafCell(HelloPath, HelloRecord));
        Node(pages, SecondLeaf, 2, 0, [], "", LeafCell("empty"u8.ToArray(), Record(FileType, 4, 12, 0)),
            LeafCell("link"u8.ToArray(), LinkRecord), LeafCell("sparse"u8.ToArray(), SparseRecord),
            LeafCell("zlong"u8.ToArray(), longReference, isLong: true));
        Node(pages, CatalogRoot, 2, 1, ReferenceTo(pages[FirstLeaf]), "", InteriorCell("e"u8.ToArray(), ReferenceTo(pages[SecondLeaf])));

        // Both keys begin with the 8 bytes of file id 1 and 7 of the chunk number; the prefix holds 3 of them.
        Node(pages, ContentLeaf, 3, 0, [], "\0\0\0",
            LeafCell([0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0], BlobOf(Chunk0, 2, Crc, (Chunk0Start, 1), (Chunk0End, 1))),
            LeafCell([0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2], BlobOf(Chunk2Bytes, 1, Crc, (Chunk2, 1))));

        byte[] older = Metadata(2, OlderLeaf, 1);
        FillNode(older, 0, [], "", LeafCell("empty"u8.ToArray(), Record(FileType, 4, 12, 0)));
        Finish(pages, OlderLeaf, older);
    }

    private void Node(byte[][] pages, int number, int type, int level, byte[] firstChild, string prefix, params ReadOnlySpan<byte[]> cells)
    {
        byte[] page = Metadata(type, (ulong)number, 2);
        FillNode(page, level, firstChild, prefix, cells);
        Finish(pages, number, page);
    }

    private void FillIdentity(byte[] page)
    {
        page.Put(0, [0x43, 0x41, 0x52, 0x54, 0, 3, 0x0D, 0x0A]);
        page.U16(8, 3);
        page.U32(12, 4096);
        page.Put(16, Id);
        page.U64(32, 5);
        page[40] = Crc ? (byte)2 : (byte)1;
        page[320] = 9;
        page.Put(321, "hand-made"u8);
        _edits.GetValueOrDefault(IdentityPage)?.Invoke(page);
        page.Put(4064, SHA256.HashData(page.AsSpan(0, 4064)));
    }

    private void FillRecord(byte[][] pages, int number, ulong generation, byte[] catalog, byte[] content)
    {
        byte[] page = Metadata(1, (ulong)number, generation);
        page.U64(64, generation);
        page.U64(72, 6);
        page.Put(80, Id);
        page.Put(96, SHA256.HashData(pages[IdentityPage]));
        page.U64(152, TotalBlocks);
        page.U64(160, generation == 1 ? 10u : MapKind == 2 ? 2u : 3u);
        page[176] = 10;
        page.U64(184, 7);
        page.U64(192, 1);
        page.Put(208, catalog);
        page.Put(272, content);
        page[440] = 10;
        page.Put(441, "Hand m\u00e4de"u8);
        if (number == NewestRecord)
        {
            FillMap(pages, page);
        }

        Finish(pages, number, page);
    }

    private void FillMap(byte[][] pages, byte[] record)
    {
        record[1784] = (byte)MapKind;
        (ulong Start, uint Length, ulong FreedIn)[] extents =
            Extents ?? (MapKind == 2 ? [(OlderLeaf, 1, 2), (FreeBefore, 1, 0)] : [(OlderLeaf, 1, 2), (FreeBefore, 2, 0)]);
        byte[] list = new byte[20 * extents.Length];
        for (int i = 0; i < extents.Length; i++)
        {
            list.U64(20 * i, extents[i].Start);
            list.U32(20 * i + 8, extents[i].Length);
            list.U64(20 * i + 12, extents[i].FreedIn);
        }

        switch (MapKind)
        {
            case 1:
                record.U16(1786, extents.Length);
                record.Put(1792, list);
                break;
            case 2:
                pages[13].Put(0, list);
                record.Put(1792, BlobOf(list, 2, crc: false, (13, 1)));
                break;
        }
    }

    private void Finish(byte[][] pages, int number, byte[] page)
    {
        _edits.GetValueOrDefault(number)?.Invoke(page);
        Seal(page);
        pages[number] = page;
    }
}
