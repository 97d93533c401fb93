using Cartridge.Reference.Tests.Verify;
using static Cartridge.Reference.Tests.Handmade.HandmadeContainer;
using static Cartridge.Reference.Tests.Handmade.PageBytes;
using static Cartridge.Reference.Tests.Handmade.RecordBytes;

namespace Cartridge.Reference.Tests.Handmade;

/// <summary>
/// The container with one thing wrong, for each check that rejects a container. Hashes are mended, so that nothing else is wrong; in the
/// order of the chapters.
/// </summary>
internal static class HandmadeFaults
{
    private static readonly byte[] Hello = new HandmadeContainer().HelloRecord;
    private static readonly byte[] Big = new HandmadeContainer().BigRecord;

    /// <summary>File 1, chunk 0.</summary>
    private static readonly byte[] FirstKey = [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Each requirement, what is done to break it, and the bytes.</summary>
    internal static IEnumerable<(string Requirement, string What, Func<byte[]> Build)> All() =>
        [.. Header(), .. Commit(), .. Pages(), .. Blobs(), .. Trees(), .. Paths(), .. Records(), .. Content(), .. Space(), .. Encryption(), .. Snapshots()];

    /// <summary>Nobody encrypts by hand: these are made of what the engine wrote.</summary>
    private static IEnumerable<(string, string, Func<byte[]>)> Encryption() =>
        EncryptionCases.All.Select(pair => (pair.Key.Split(' ')[0], $"a specimen ({pair.Key})", (Func<byte[]>)pair.Value.Make));

    /// <summary>Nor does anybody make snapshots by hand.</summary>
    private static IEnumerable<(string, string, Func<byte[]>)> Snapshots() => SnapshotCases.All.Concat(LineageCases.All).Select(
        pair => (pair.Key.Split(' ')[0], $"a specimen ({pair.Key})", (Func<byte[]>)pair.Value.Make));

    private static IEnumerable<(string, string, Func<byte[]>)> Header() =>
    [
        ("CART-HDR-001", "another first letter", Edit(IdentityPage, page => page[0]++)),
        ("CART-HDR-002", "major version 4", Edit(IdentityPage, page => page[8] = 4)),
        ("CART-HDR-002", "minor version 1", Edit(IdentityPage, page => page[10] = 1)),
        ("CART-HDR-003", "block size 8192", Edit(IdentityPage, page => page.U32(12, 8192))),
        ("CART-HDR-004", "another hash", Damage(IdentityPage, page => page[4064]++)),
        ("CART-HDR-004", "another slug under the old hash", Damage(IdentityPage, page => page[321]++)),
        ("CART-HDR-005", "content checksum 3", Edit(IdentityPage, page => page[40] = 3)),
        ("CART-HDR-006", "encrypted in a third way", Edit(IdentityPage, page => page[41] = 2)),
        ("CART-HDR-007", "no slug", Edit(IdentityPage, page => page.AsSpan(320, 256).Clear())),
        ("CART-HDR-007", "a slug with a capital", Edit(IdentityPage, page => page[321] = (byte)'H')),
        ("CART-HDR-007", "a slug that begins with a hyphen", Edit(IdentityPage, page => page[321] = (byte)'-')),
        ("CART-HDR-007", "a slug that is not ASCII", Edit(IdentityPage, page => page[322] = 0xFF)),
        ("CART-HDR-008", "a byte after the encryption", Edit(IdentityPage, page => page[319] = 1)),
        ("CART-HDR-008", "a byte after the slug", Edit(IdentityPage, page => page[330] = 1)),
        ("CART-HDR-008", "a byte before the hash", Edit(IdentityPage, page => page[4063] = 1)),
        ("CART-HDR-009", "an empty file", () => []),
        ("CART-HDR-009", "seven bytes", () => new HandmadeContainer().Build()[..7]),
        ("CART-HDR-009", "two pages and a half", () => new HandmadeContainer().Build()[..10240]),
        ("CART-HDR-101", "the beginning of format 1", Damage(IdentityPage, page => page.Put(0, "CART\0\u0001\0\0"u8))),
        ("CART-HDR-101", "the beginning of format 2", Damage(IdentityPage, page => page.Put(0, "CART\0\u0002"u8))),
    ];

    private static IEnumerable<(string, string, Func<byte[]>)> Commit() =>
    [
        ("CART-COM-010", "both records torn", () =>
            new HandmadeContainer().Damage(NewestRecord, page => page[500]++).Damage(OlderRecord, page => page[500]++).Build()),
        ("CART-COM-011", "generations 1 and 4", Record(page => page[56] = page[64] = 4)),
        ("CART-COM-012", "the hash of another identity", Record(page => page[96]++)),
        ("CART-COM-013", "an incompatible feature", Record(page => page[151] = 0x80)),
        ("CART-COM-015", "two blocks", Record(page => page.U64(152, 2))),
        ("CART-COM-015", "more than 2^51 blocks", Record(page => page.U64(152, (1ul << 51) + 1))),
        ("CART-COM-016", "a block more than the file has", Record(page => page.U64(152, 15))),
        ("CART-COM-017", "a cap below the size", Record(page => page.U64(168, 13))),
        ("CART-COM-018", "a threshold of 101 percent", Record(page => page[176] = 101)),
        ("CART-COM-019", "versioning 2", Record(page => page[177] = 2)),
        ("CART-COM-019", "access control lists 3", Record(page => page[178] = 3)),
        ("CART-COM-019", "server-side encryption 3", Record(page => page[179] = 3)),
        ("CART-COM-020", "a byte after the default level", Record(page => page[183] = 1)),
        ("CART-COM-020", "a byte after the kind of the map", Record(page => page[1785] = 1)),
        ("CART-COM-020", "a byte after the count of extents", Record(page => page[1791] = 1)),
        ("CART-COM-032", "default codec 3", Record(page => page[180] = 3)),
        ("CART-COM-033", "default level 23", Record(page => page[181] = 23)),
        ("CART-COM-021", "next file id 0", Record(page => page.U64(184, 0))),
        ("CART-COM-022", "next snapshot id 0", Record(page => page.U64(192, 0))),
        ("CART-COM-023", "a base snapshot", Record(page => page.U64(200, 1))),
        ("CART-COM-024", "an audit size", Record(page => page.U64(400, 1))),
        ("CART-COM-024", "an audit root", Record(page => page[439] = 1)),
        ("CART-COM-025", "a title that is not UTF-8", Record(page => page[441] = 0xFF)),
        ("CART-COM-026", "a byte after the title", Record(page => page[695] = 1)),
        ("CART-COM-027", "a key slot", Record(page => page[696 + (7 * 132)] = 1)),
        ("CART-COM-027", "an HMAC", Record(page => page[1783] = 1)),
        ("CART-COM-028", "a byte after the extents", Record(page => page[4095] = 1)),
        ("CART-COM-028", "a byte where no map is", Map(0, page => page[1792] = 1)),
        ("CART-COM-028", "a byte after a blob map", Map(2, page => page[1852] = 1)),
        ("CART-COM-028", "extents counted where no map is", Map(0, page => page[1786] = 1)),
        ("CART-COM-029", "map of kind 3", Record(page => page[1784] = 3)),
        ("CART-COM-031", "more free blocks than blocks", Record(page => page.U64(160, 12))),
    ];

    private static IEnumerable<(string, string, Func<byte[]>)> Pages() =>
    [
        ("CART-PAG-001", "a root in page 2", Record(page => page.U64(208, 2))),
        ("CART-PAG-001", "a child behind the end", Edit(CatalogRoot, page => page.U64(72, TotalBlocks))),
        ("CART-PAG-001", "a child at the end of all numbers", Edit(CatalogRoot, page => page.U64(72, ulong.MaxValue))),
        ("CART-PAG-002", "a node that is its own child", Edit(CatalogRoot, page => page.U64(72, CatalogRoot))),
        ("CART-PAG-002", "two references to one leaf", Edit(CatalogRoot, page => page.Put(page.Cell(0) + 3, page.AsSpan(72, 48)))),
        ("CART-PAG-002", "a page in two chunks", Edit(ContentLeaf, page => page.U64(page.Value(1) + 50, Chunk0End))),
        ("CART-PAG-003", "a content node in the catalog", Damage(FirstLeaf, page => page[0] = 3)),
        ("CART-PAG-004", "a flipped bit", Damage(FirstLeaf, page => page[4095] ^= 1)),
        ("CART-PAG-004", "a flipped bit in the hash", Damage(FirstLeaf, page => page[1] ^= 1)),
        ("CART-PAG-005", "the hash of another page", Edit(CatalogRoot, page => page[72 + 16]++)),
        ("CART-PAG-006", "another type under the hash", Edit(FirstLeaf, page => page[33] = 3)),
        ("CART-PAG-007", "a byte after the type", Edit(FirstLeaf, page => page[39] = 1)),
        ("CART-PAG-008", "a page of another container", Edit(FirstLeaf, page => page[47]++)),
        ("CART-PAG-009", "a page from elsewhere", () =>
            new HandmadeContainer().Edit(FirstLeaf, page => page.U64(48, 4)).Edit(CatalogRoot, page => page.U64(72, FirstLeaf)).Build()),
        ("CART-PAG-010", "a page of another time", () =>
            new HandmadeContainer().Edit(FirstLeaf, page => page.U64(56, 1)).Edit(CatalogRoot, page => page.U64(80, 2)).Build()),
        ("CART-PAG-011", "a child of the future", Edit(CatalogRoot, page => page.U64(80, 3))),
        ("CART-PAG-011", "a root of the future", Record(page => page.U64(216, 3))),
        ("CART-PAG-012", "a byte after the level", Record(page => page[271] = 1)),
        ("CART-PAG-013", "an empty tree with entries", Record(page => page.AsSpan(272, 48).Clear())),
    ];

    private static IEnumerable<(string, string, Func<byte[]>)> Blobs() =>
    [
        ("CART-BLB-001", "a run too many", Edit(ContentLeaf, page => page[page.Value(0) + 49] = 1)),
        ("CART-BLB-001", "a run too few", Edit(ContentLeaf, page => page[page.Value(0) + 49] = 3)),
        ("CART-BLB-001", "a run too few in a long value", Edit(SecondLeaf, page => page[page.Value(3) + 49] = 2)),
        ("CART-BLB-002", "no runs", Edit(ContentLeaf, page => RebuildWithChunk(page, FirstKey, BlobOf(Chunk2Bytes, 1, crc: false)))),
        ("CART-BLB-002", "65 runs", Edit(ContentLeaf, page =>
            RebuildWithChunk(page, FirstKey, BlobOf(Chunk2Bytes, 1, crc: false, new (int, int)[65])))),
        ("CART-BLB-003", "codec 3", Edit(ContentLeaf, page => page[page.Value(0) + 48] = 3)),
        ("CART-BLB-004", "no bytes", Edit(ContentLeaf, page => page.U32(page.Value(0), 0))),
        ("CART-BLB-004", "more bytes than a chunk has", Edit(ContentLeaf, page => SetLengths(page, page.Value(0), 8193))),
        ("CART-BLB-004", "more bytes than a long value has", Edit(SecondLeaf, page => SetLengths(page, page.Value(3), 262145))),
        ("CART-BLB-005", "fewer bytes stored", Edit(ContentLeaf, page => page.U32(page.Value(0) + 4, 8191))),
        ("CART-BLB-005", "no bytes stored", Edit(ContentLeaf, page => page.U32(page.Value(0) + 4, 0))),
        ("CART-BLB-006", "a run in page 2", Edit(ContentLeaf, page => page.U64(page.Value(0) + 50, 2))),
        ("CART-BLB-006", "a run behind the end", Edit(ContentLeaf, page => page.U64(page.Value(0) + 50, TotalBlocks))),
        ("CART-BLB-006", "a run across the end", Edit(ContentLeaf, page => page.U16(page.Value(0) + 58, 8))),
        ("CART-BLB-006", "a run without pages", Edit(ContentLeaf, page => page.U16(page.Value(0) + 58, 0))),
        ("CART-BLB-007", "a page too many", Edit(ContentLeaf, page => page.U16(page.Value(1) + 58, 2))),
        ("CART-BLB-007", "a page too few", Edit(ContentLeaf, page => SetLengths(page, page.Value(1), 4097))),
        ("CART-BLB-008", "a chunk of the future", Edit(ContentLeaf, page => page.U64(page.Value(0) + 8, 3))),
        ("CART-BLB-009", "a byte after a CRC", () => Crc().Edit(ContentLeaf, page => page[page.Value(0) + 47] = 1).Build()),
        ("CART-BLB-010", "a flipped bit in a chunk", Damage(Chunk2, page => page[2999] ^= 1)),
        ("CART-BLB-010", "a flipped bit under a CRC", () => Crc().Damage(Chunk2, page => page[0] ^= 1).Build()),
        ("CART-BLB-010", "a flipped bit in a long value", Damage(LongValue, page => page[0] ^= 1)),
        ("CART-BLB-010", "a flipped bit in a map", () => new HandmadeContainer { MapKind = 2 }.Damage(13, page => page[0] ^= 1).Build()),
        ("CART-BLB-012", "a codec for a long value", Edit(SecondLeaf, page => page[page.Value(3) + 48] = 1)),
        ("CART-BLB-013", "a codec that saves nothing", Edit(ContentLeaf, page => page[page.Value(0) + 48] = 2)),
        ("CART-BLB-011", "a byte after a chunk", Damage(Chunk2, page => page[3000] = 1)),
    ];

    private static IEnumerable<(string, string, Func<byte[]>)> Trees() =>
    [
        ("CART-TRE-001", "a root of level 16", Record(page => page[264] = 16)),
        ("CART-TRE-002", "a leaf that says it is none", Edit(FirstLeaf, page => page[64] = 1)),
        ("CART-TRE-002", "a root of another level", Record(page => page[264] = 2)),
        ("CART-TRE-003", "a byte after the level", Edit(FirstLeaf, page => page[65] = 1)),
        ("CART-TRE-003", "a byte after the length of the prefix", Edit(FirstLeaf, page => page[71] = 1)),
        ("CART-TRE-004", "no cells", Edit(FirstLeaf, page => page.U16(66, 0))),
        ("CART-TRE-005", "a prefix too long", Edit(FirstLeaf, page => page.U16(68, 1153))),
        ("CART-TRE-005", "more slots than the page holds", Edit(FirstLeaf, page => page.U16(66, 65535))),
        ("CART-TRE-005", "slots that end in cells", Edit(FirstLeaf, page => page.U16(76, 72))),
        ("CART-TRE-006", "a value that ends before its cell", Edit(FirstLeaf, page => page.U16(page.Cell(2) + 3, Hello.Length - 1))),
        ("CART-TRE-006", "a value that ends behind its cell", Edit(FirstLeaf, page => page.U16(page.Cell(2) + 3, Hello.Length + 1))),
        ("CART-TRE-006", "a slot that is one too small", Edit(CatalogRoot, page => page.U16(120, page.Cell(0) - 1))),
        ("CART-TRE-006", "a slot before the one before it", Edit(FirstLeaf, page => page.U16(74, 4096))),
        ("CART-TRE-007", "a byte in the gap", Edit(ContentLeaf, page => page[79] = 1)),
        ("CART-TRE-008", "a cell too large", Attributes(Attribute(3, "x", new byte[1923]))),
        ("CART-TRE-009", "a value of kind 2", Edit(FirstLeaf, page => page[page.Cell(0) + 2] = 2)),
        ("CART-TRE-010", "a key twice", () => new HandmadeContainer { HelloPath = "dir"u8.ToArray() }.Build()),
        ("CART-TRE-011", "keys that descend", () => new HandmadeContainer { HelloPath = "di"u8.ToArray() }.Build()),
        ("CART-TRE-012", "a key right of its separator", () => new HandmadeContainer { HelloPath = "e"u8.ToArray() }.Build()),
        ("CART-TRE-012", "a key left of its separator", Edit(CatalogRoot, page => page[page.Cell(0) + 2] = (byte)'f')),
        ("CART-TRE-013", "an entry too many", Record(page => page.U64(256, 8))),
        ("CART-TRE-014", "a long value in the content tree", Edit(ContentLeaf, page => page[page.Cell(0) + 2] = 1)),
    ];

    private static IEnumerable<(string, string, Func<byte[]>)> Paths() =>
    [
        ("CART-CAT-001", "a path of 1153 bytes", Path([.. "do"u8, .. new byte[1151].Select(_ => (byte)'x')])),
        ("CART-CAT-001", "a path of no bytes", Edit(FirstLeaf, page => RebuildWithoutPath(page))),
        ("CART-CAT-002", "a path that is not UTF-8", Path([.. "docs"u8, 0xC3, 0x28])),
        ("CART-CAT-002", "a path with a surrogate", Path([.. "docs"u8, 0xED, 0xA0, 0x80])),
        ("CART-CAT-003", "a path with an empty segment", Path("docs//x"u8)),
        ("CART-CAT-003", "a path that ends with a slash", Path("docs/"u8)),
        ("CART-CAT-004", "a path that goes up", Path("docs/.."u8)),
        ("CART-CAT-004", "a path that stays", Path("docs/./x"u8)),
        ("CART-CAT-005", "a path with a NUL", Path("docs\0x"u8)),
    ];

    private static IEnumerable<(string, string, Func<byte[]>)> Records() =>
    [
        ("CART-CAT-006", "a type 4", HelloWith(0, 4)),
        ("CART-CAT-007", "a flag 8", HelloWith(1, 11)),
        ("CART-CAT-008", "a mode of 13 bits", HelloWith(3, 0x10)),
        ("CART-CAT-024", "codec choice 3", HelloWith(13, 3)),
        ("CART-CAT-025", "codec level 23", HelloWith(14, 23)),
        ("CART-CAT-009", "a byte after the codec level", HelloWith(15, 1)),
        ("CART-CAT-010", "a byte too many", HelloIs([.. Hello, 0])),
        ("CART-CAT-010", "a byte too few", HelloIs(Hello[..^1])),
        ("CART-CAT-010", "an attribute too many", HelloWith(98, 4)),
        ("CART-CAT-010", "an attribute too long for any memory", HelloIs(With(Hello, 105, 0x7F))),
        ("CART-CAT-011", "an owner that is not UTF-8", HelloWith(49, 0xFF)),
        ("CART-CAT-012", "a size of 2^63", BigIs(With(Big, 23, 0x80))),
        ("CART-CAT-013", "a directory with a size", Edit(FirstLeaf, page => page[page.Value(1) + 16] = 1)),
        ("CART-CAT-013", "a directory with a file id", Edit(FirstLeaf, page => page[page.Value(1) + 24] = 6)),
        ("CART-CAT-014", "chunks of 2 KiB", BigIs(With(Big, 12, 11))),
        ("CART-CAT-014", "chunks of 512 KiB", BigIs(With(Big, 12, 19))),
        ("CART-CAT-015", "a file id that was never given", SparseIs(RecordBytes.Record(FileType, 7, 16, 1))),
        ("CART-CAT-015", "file id 0", SparseIs(RecordBytes.Record(FileType, 0, 16, 1))),
        ("CART-CAT-016", "a file id twice", SparseIs(RecordBytes.Record(FileType, 1, 16, 1))),
        ("CART-CAT-017", "inline content of no bytes", HelloIs(RecordBytes.Record(FileType, 2, 16, 0, content: []))),
        ("CART-CAT-017", "inline content of 513 bytes", HelloIs(RecordBytes.Record(FileType, 2, 16, 513, content: new byte[513]))),
        ("CART-CAT-018", "inline content beside its size", HelloWith(16, 9)),
        ("CART-CAT-019", "an attribute of kind 4", HelloWith(100, 4)),
        ("CART-CAT-020", "attributes that descend", Attributes(Attribute(3, "a", []), Attribute(2, "b", []))),
        ("CART-CAT-020", "an attribute twice", Attributes(Attribute(1, "", []), Attribute(1, "", []))),
        ("CART-CAT-021", "a content type with a name", Attributes(Attribute(1, "x", []))),
        ("CART-CAT-021", "an extended attribute without one", Attributes(Attribute(3, "", []))),
        ("CART-CAT-021", "user metadata that is not text", Attributes(Attribute(2, "x", [0xFF]))),
        ("CART-CAT-022", "an empty target", LinkIs(RecordBytes.Record(SymlinkType, 3, 16, 0))),
        ("CART-CAT-022", "a target of 4096 bytes", LinkIs(RecordBytes.Record(SymlinkType, 3, 16, 4096))),
        ("CART-CAT-022", "a target of zeros", LinkIs(RecordBytes.Record(SymlinkType, 3, 16, 1))),
        ("CART-CAT-022", "a target that is not UTF-8", LinkIs(RecordBytes.Record(SymlinkType, 3, 16, 1, content: [0xFF]))),
        ("CART-CAT-023", "the hash of another content", HelloWith(54, (byte)(Hello[54] ^ 1))),
    ];

    private static IEnumerable<(string, string, Func<byte[]>)> Content() =>
    [
        ("CART-CON-001", "chunks of no file", () => new HandmadeContainer { BigRecord = RecordBytes.Record(FileType, 7, 13, 20000) }
            .Edit(NewestRecord, page => page.U64(184, 8)).Build()),
        ("CART-CON-002", "inline content and chunks", BigIs(RecordBytes.Record(FileType, 1, 13, 1, content: [1]))),
        ("CART-CON-003", "a chunk across the end of its file", BigIs(RecordBytes.Record(FileType, 1, 13, 19383))),
        ("CART-CON-003", "a chunk behind the end of all files", Edit(ContentLeaf, page => page[page.Cell(1) + 10] = 0xFF)),
        ("CART-CON-004", "a key of 17 bytes", Edit(ContentLeaf, page =>
            RebuildWithChunk(page, new byte[17], BlobOf(Chunk2Bytes, 1, crc: false, (Chunk2, 1))))),
    ];

    private static IEnumerable<(string, string, Func<byte[]>)> Space() =>
    [
        ("CART-SPC-001", "extents that descend", Extents((12, 2, 0), (11, 1, 2))),
        ("CART-SPC-001", "extents that overlap", Extents((11, 2, 2), (12, 1, 0))),
        ("CART-SPC-002", "an extent across the end", Extents((11, 1, 2), (12, 3, 0))),
        ("CART-SPC-002", "an extent in page 2", Extents((2, 1, 0))),
        ("CART-SPC-002", "an extent of no pages", Extents((11, 0, 0))),
        ("CART-SPC-002", "an extent at the end of all numbers", Extents((ulong.MaxValue, uint.MaxValue, 0))),
        ("CART-SPC-003", "an extent freed in the future", Extents((11, 1, 3), (12, 2, 0))),
        ("CART-SPC-004", "a page fewer than the map holds", Record(page => page.U64(160, 2))),
        ("CART-SPC-005", "a page that is free and used", Extents((10, 2, 2), (12, 1, 0))),
        ("CART-SPC-006", "a page that is neither", () =>
            new HandmadeContainer { Extents = [(11, 1, 2), (12, 1, 0)] }.Edit(NewestRecord, page => page.U64(160, 2)).Build()),
        ("CART-SPC-007", "a page fewer than is free", Map(0, page => page.U64(160, 2))),
        ("CART-SPC-008", "a page just freed that may be reused", Extents((11, 3, 0))),
        ("CART-SPC-009", "116 extents", Record(page => page.U16(1786, 116))),
        ("CART-SPC-009", "a map of two extents and a byte", () => new HandmadeContainer { MapKind = 2 }
            .Edit(NewestRecord, page => page.Put(1792, BlobOf(new byte[41], 2, crc: false, (13, 1))))
            .Damage(13, page => page.AsSpan().Clear()).Build()),
    ];

    private static Func<byte[]> Edit(int page, Action<byte[]> edit) => () => new HandmadeContainer().Edit(page, edit).Build();

    private static Func<byte[]> Damage(int page, Action<byte[]> damage) => () => new HandmadeContainer().Damage(page, damage).Build();

    private static Func<byte[]> Record(Action<byte[]> edit) => Edit(NewestRecord, edit);

    private static Func<byte[]> Path(ReadOnlySpan<byte> path)
    {
        byte[] bytes = path.ToArray();
        return () => new HandmadeContainer { HelloPath = bytes }.Build();
    }

    private static Func<byte[]> HelloWith(int offset, byte value) => HelloIs(With(Hello, offset, value));

    private static Func<byte[]> HelloIs(byte[] record) => () => new HandmadeContainer { HelloRecord = record }.Build();

    private static Func<byte[]> Attributes(params byte[][] attributes) =>
        HelloIs(RecordBytes.Record(FileType, 2, 16, 0, "", null, null, attributes));

    private static Func<byte[]> BigIs(byte[] record) => () => new HandmadeContainer { BigRecord = record }.Build();

    private static Func<byte[]> SparseIs(byte[] record) => () => new HandmadeContainer { SparseRecord = record }.Build();

    private static Func<byte[]> LinkIs(byte[] record) => () => new HandmadeContainer { LinkRecord = record }.Build();

    private static HandmadeContainer Crc() => new() { Crc = true };

    private static Func<byte[]> Map(int kind, Action<byte[]> edit) =>
        () => new HandmadeContainer { MapKind = kind }.Edit(NewestRecord, edit).Build();

    private static Func<byte[]> Extents(params (ulong, uint, ulong)[] extents) => () => new HandmadeContainer { Extents = extents }.Build();

    private static byte[] With(byte[] record, int offset, byte value)
    {
        byte[] changed = [.. record];
        changed[offset] = value;
        return changed;
    }

    private static void SetLengths(byte[] page, int blob, uint length)
    {
        page.U32(blob, length);
        page.U32(blob + 4, length);
    }

    private static void RebuildWithoutPath(byte[] page)
    {
        page.AsSpan(64).Clear();
        FillNode(page, 0, [], "", LeafCell([], Big));
    }

    private static void RebuildWithChunk(byte[] page, byte[] key, byte[] chunk)
    {
        page.AsSpan(64).Clear();
        FillNode(page, 0, [], "", LeafCell(key, chunk));
    }
}
