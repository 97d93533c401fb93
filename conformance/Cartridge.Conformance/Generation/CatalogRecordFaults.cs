using Cartridge.Conformance.Mending;

namespace Cartridge.Conformance.Generation;

/// <summary>Chapter 7, catalog records: their fixed fields, their parts, and what they say about files, folders and links.</summary>
internal static class CatalogRecordFaults
{
    private const string Entries = "catalog/entries";
    private const string BadRecord = "catalog.bad-record";

    public static IEnumerable<Source> All =>
    [
        Field("type-0", "CART-CAT-006", "docs/readme.txt", "An entry of no type", "An entry is a file, a folder or a symbolic link.",
            "type", 0, "1 becomes 0"),
        Field("type-4", "CART-CAT-006", "docs/readme.txt", "An entry of a type that is not defined",
            "What it would be and how it would be extracted, nobody knows.", "type", 4, "1 becomes 4"),
        Field("flag-bit-2", "CART-ENC-009", "empty.txt", "The flag of encrypted inline content in a container that is not encrypted",
            "Bit 2 goes with inline content in encrypted containers alone.", "flags", 4, "bit 2 is set"),
        Field("flag-bit-3", "CART-CAT-007", "empty.txt", "A flag that is not defined",
            "A flag says that a part follows; who does not know the part cannot find the next.", "flags", 8, "bit 3 is set"),
        Field("mode-bit-12", "CART-CAT-008", "empty.txt", "A mode with more than permissions",
            "The type of an entry stands in its own field, not in the bits of its mode.", "mode", 0x1000 | 0x1A4, "bit 12 is set"),
        Field("codec-choice-3", "CART-CAT-024", "empty.txt", "A codec choice that is not defined",
            "A writer would be told to store content in a way that it does not know.", "codec choice", 3, "0 becomes 3"),
        Field("codec-level-23", "CART-CAT-025", "empty.txt", "A codec level that no codec has",
            "Levels end with 22; a byte that may hold anything is a place to hide.", "codec level", 23, "0 becomes 23"),
        new Rejected("catalog/record-reserved", "CART-CAT-009", "page.reserved-nonzero")
        {
            Title = "A reserved byte of a record is in use",
            Why = "Reserved bytes are zero.",
            Base = Entries,
            Mutation = "byte 15 becomes 1",
            When = Moment.List,
            Make = m => m.Number(m.Newest.Entry("empty.txt")["reserved"], 1).Mend(LeafOf(m)),
        },
        Resized("byte-after-record", "CART-CAT-010", "empty.txt", "A byte too many behind the last attribute",
            "The parts of a record end where its value ends; what stands behind them would be carried along unseen.",
            "the value grows by a zero byte", record => [.. record, 0]),
        Resized("record-cut", "CART-CAT-010", "empty.txt", "A record that ends before its last part",
            "The attribute count is missing; a reader must not read on into what follows.",
            "the value loses its last two bytes", record => record[..^2]),
        Patched("owner-length-too-long", "CART-CAT-010", "empty.txt", "An owner's name that is longer than the record",
            "Each length is checked against what is left before it is believed.",
            "the owner's length becomes 255", (m, entry) => m.Number(entry["owner length"], 255)),
        Patched("owner-not-utf8", "CART-CAT-011", "docs/readme.txt", "An owner's name that is not UTF-8",
            "Names are UTF-8, so that every system can show them.",
            "the first byte becomes FF", (m, entry) => m.Number(entry.Owner.Byte(0), 0xFF)),
        Field("size-2-63", "CART-CAT-012", "empty.txt", "A file of 2^63 bytes",
            "Sizes are at most 2^63 - 1, so that signed integers hold them.", "size", 1UL << 63, "0 becomes 2^63"),
        Field("folder-with-file-id", "CART-CAT-013", "docs", "A folder with a file id", "A folder has no content, so nothing to key it by.",
            "file id", 1, "0 becomes 1"),
        Field("folder-with-size", "CART-CAT-013", "docs", "A folder with a size", "A folder has no content.", "size", 1, "0 becomes 1"),
        Field("folder-with-chunk-shift", "CART-CAT-013", "docs", "A folder with a chunk size", "A folder has no content.",
            "chunk shift", 16, "0 becomes 16"),
        Field("folder-with-codec", "CART-CAT-013", "docs", "A folder with a codec choice", "A folder has no content.",
            "codec choice", 255, "0 becomes 255"),
        Resized("folder-with-content-hash", "CART-CAT-013", "docs", "A folder with a content hash", "A folder has no content.",
            "bit 0 of the flags is set and 32 zero bytes are inserted", record =>
            [
                .. record[..Flags], 1, .. record[(Flags + 1)..Layouts.CatalogRecord.Length], .. new byte[32],
                .. record[Layouts.CatalogRecord.Length..],
            ]),
        Field("chunk-shift-11", "CART-CAT-014", "empty.txt", "Chunks of half a page", "Chunks are of whole pages.",
            "chunk shift", 11, "it becomes 11"),
        Field("chunk-shift-19", "CART-CAT-014", "empty.txt", "Chunks of 512 KiB",
            "A reader holds a chunk in memory to check it; 256 KiB is the most that it must be ready for.",
            "chunk shift", 19, "it becomes 19"),
        Field("file-id-0", "CART-CAT-015", "empty.txt", "A file without a file id", "File ids begin with 1.", "file id", 0, "it becomes 0"),
        Patched("file-id-not-given-out", "CART-CAT-015", "empty.txt", "A file id that was not given out yet",
            "The next new file would get this id and share its content.",
            "it becomes the next file id", (m, entry) => m.Number(entry["file id"], m.Newest["next file id"].Number(m.Bytes))),
        new Rejected("catalog/file-id-twice", "CART-CAT-016", BadRecord)
        {
            Title = "Two files with one file id",
            Why = "There are no hard links: two entries with one id would change each other's content.",
            Base = Entries,
            Mutation = "the empty file's id becomes that of another file",
            When = Moment.Verify,
            Make = m => m
                .Number(m.Newest.Entry("empty.txt")["file id"], m.Newest.Entry("docs/readme.txt")["file id"].Number(m.Bytes))
                .Mend(LeafOf(m)),
        },
        new Rejected("catalog/inline-513", "CART-CAT-017", BadRecord)
        {
            Title = "Inline content of 513 bytes",
            Why = "Larger contents stand in chunks, so that records stay small.",
            Base = "content/inline-512",
            Mutation = "the content and its lengths grow by a byte",
            When = Moment.List,
            Make = m => Rebuild(m, "a.bin", GrowInline),
        },
        Resized("inline-0", "CART-CAT-017", "empty.txt", "Inline content without a byte",
            "An empty file has no content, inline or not: one state, one spelling.",
            "bit 1 of the flags is set and the length 0 is inserted", record =>
            [
                .. record[..Flags], 2, .. record[(Flags + 1)..Layouts.CatalogRecord.Length], 0, 0,
                .. record[Layouts.CatalogRecord.Length..],
            ]),
        new Rejected("catalog/inline-shorter-than-size", "CART-CAT-018", "content.size-mismatch")
        {
            Title = "A size that is not the inline content's",
            Why = "Inline content is the whole content; a size beside it that says otherwise leaves open which holds.",
            Base = Entries,
            Mutation = "the size grows by 1",
            When = Moment.List,
            Make = m => m.Add(m.Newest.Entry("docs/readme.txt")["size"], 1).Mend(LeafOf(m)),
        },
        Target("nul", "A link's target with a NUL", "Systems whose strings end at NUL would follow another path.", 0),
        Target("not-utf8", "A link's target that is not UTF-8", "Targets are paths, and paths are UTF-8.", 0xFF),
        new Rejected("catalog/target-empty", "CART-CAT-022", BadRecord)
        {
            Title = "A link without a target",
            Why = "A symbolic link leads somewhere; no system can make one that does not.",
            Base = Entries,
            Mutation = "the empty file becomes a symbolic link",
            When = Moment.Read("empty.txt"),
            Make = m => m.Number(m.Newest.Entry("empty.txt")["type"], 3).Mend(LeafOf(m)),
        },
        new Rejected("catalog/target-of-4096-bytes", "CART-CAT-022", BadRecord)
        {
            Title = "A link with a target of 4096 bytes",
            Why = "A target has at most 4095 bytes, which with the NUL after it is what systems take.",
            Base = "catalog/file-of-4096-letters",
            Mutation = "the file of 4096 letters becomes a symbolic link",
            When = Moment.Read("letters.txt"),
            Make = m => m.Number(m.Newest.Entry("letters.txt")["type"], 3).Mend(LeafOf(m)),
        },
        new Rejected("catalog/content-hash-damaged", "CART-CAT-023", "content.checksum-mismatch")
        {
            Title = "A content hash that is not the content's",
            Why = "A recorded hash is what tools compare files by without reading them.",
            Base = "catalog/attributes",
            Mutation = "the lowest bit is flipped",
            When = Moment.Verify,
            Make = m => m.Flip(m.Newest.Entry("notes.txt").ContentHash).Mend(LeafOf(m)),
        },
    ];

    private static int Flags => Layouts.CatalogRecord["flags"].Offset;

    private static Rejected Field(
        string slug, string requirement, string path, string title, string why, string field, ulong number, string mutation) =>
        Patched(slug, requirement, path, title, why, mutation, (m, entry) => m.Number(entry[field], number));

    private static Rejected Patched(
        string slug, string requirement, string path, string title, string why, string mutation, Func<Mender, EntryChart, Mender> patch) =>
        new($"catalog/{slug}", requirement, BadRecord)
        {
            Title = title,
            Why = why,
            Base = Entries,
            Mutation = mutation,
            When = Moment.List,
            Make = m => patch(m, m.Newest.Entry(path)).Mend(LeafOf(m)),
        };

    private static Rejected Resized(
        string slug, string requirement, string path, string title, string why, string mutation, Func<byte[], byte[]> resize) =>
        new($"catalog/{slug}", requirement, BadRecord)
        {
            Title = title,
            Why = why,
            Base = Entries,
            Mutation = mutation,
            When = Moment.List,
            Make = m => Rebuild(m, path, resize),
        };

    private static Rejected Target(string slug, string title, string why, byte letter) =>
        new($"catalog/target-{slug}", "CART-CAT-022", BadRecord)
        {
            Title = title,
            Why = why,
            Base = Entries,
            Mutation = $"the target's first byte becomes {letter:X2}",
            When = Moment.Read("latest"),
            Make = m => m.Number(m.Newest.Entry("latest").Inline.Byte(0), letter).Mend(LeafOf(m)),
        };

    // All bases here have one leaf.
    private static long LeafOf(Mender m) => m.Newest.Catalog.Root.Page;

    private static void Rebuild(Mender m, string path, Func<byte[], byte[]> resize)
    {
        NodeChart leaf = m.Newest.Catalog.Root;
        int index = m.Newest.Catalog.Cell(path).Index;
        m.Rebuild(leaf, "leaf cell: value", draft => draft.Change(index, cell => cell with { Value = resize(cell.Value) })).Mend(leaf.Page);
    }

    private static byte[] GrowInline(byte[] record)
    {
        EntryChart entry = new(record, null!, new Spot(0, 0, record.Length, "catalog record"));
        int end = (int)(entry.Inline.Position + entry.Inline.Length);
        byte[] grown = [.. record[..end], (byte)'x', .. record[end..]];
        foreach (Spot length in (Spot[])[entry["size"], entry.InlineLength])
        {
            length.Bytes(length.Number(record) + 1).CopyTo(length.In(grown));
        }

        return grown;
    }
}
