using Cartridge.Reference;

namespace Cartridge.Conformance.Generation;

/// <summary>Chapters 3 and 8: contents around every boundary, holes, and the other checksum.</summary>
internal static class ContentVectors
{
    public static IEnumerable<Source> All =>
    [
        Sized(1, "A file of one byte", "The smallest content, inline in its record."),
        Sized(512, "The largest inline content",
            "512 bytes may stand in the record; whether they do is the writer's choice.", "inline-512"),
        Sized(513, "The smallest content that is never inline", "513 bytes stand in a chunk, with a block of their own."),
        Sized(4095, "A byte less than a block", "One byte of padding, which is zero."),
        Sized(4096, "Exactly a block", "No padding at all."),
        Sized(4097, "A byte more than a block", "The second block holds one byte."),
        Sized(65535, "A byte less than a chunk", "The chunk's logical length is not its size."),
        Sized(65536, "Exactly a chunk", "One content record, and no second one for the end."),
        Sized(65537, "A byte more than a chunk", "The second chunk has one byte."),
        new Accepted("content/chunk-shifts", "CART-CAT-014", "CART-BLB-004")
        {
            Title = "The smallest and the largest chunks",
            Why = "Each file says how long its chunks are: here 4 KiB and 256 KiB.",
            Make = c => c
                .File("large.bin", seed: 18, length: 300_000, new EntryMetadata { ChunkShift = 18 })
                .File("small.bin", seed: 12, length: 10_000, new EntryMetadata { ChunkShift = 12 }),
        },
        new Accepted("content/several-runs", "CART-BLB-006", "CART-BLB-007")
        {
            Title = "A chunk in several runs",
            Why = "What was deleted leaves gaps; a chunk that fits into none of them is spread over them, and its bytes are those "
                + "of all runs in order.",
            Make = c =>
            {
                c.With(builder => builder.GrowthThreshold(0).MaxBlocks(40));
                foreach (int i in Enumerable.Range(0, 12))
                {
                    c.File($"filler-{i:d2}.bin", seed: i, length: 4096);
                }

                c.Together(() =>
                {
                    foreach (int i in Enumerable.Range(0, 6))
                    {
                        c.Container.Delete($"filler-{i * 2:d2}.bin");
                    }
                });
                c.Folder("let-stamps-mature");
                c.File("spread.bin", seed: 77, length: 50_000);
            },
        },
        new Accepted("content/holes", "CART-CON-104", "CART-CON-003")
        {
            Title = "Holes at the beginning, in the middle and at the end",
            Why = "Missing chunks read as zero, and so do the bytes of a chunk beyond its logical length.",
            Make = c =>
            {
                c.Container.WriteAt("sparse.bin", 70_000, "first"u8);
                c.Container.WriteAt("sparse.bin", 200_000, "second"u8);
                c.Container.SetLength("sparse.bin", 300_000);
            },
        },
        new Accepted("content/one-hole", "CART-CON-104")
        {
            Title = "A file that is nothing but a hole",
            Why = "A length without a single chunk: a megabyte of zeros that takes no block.",
            Make = c =>
            {
                c.Container.Write("hole.bin", []);
                c.Container.SetLength("hole.bin", 1 << 20);
            },
        },
        new Accepted("content/shrunk-and-grown", "CART-CON-003", "CART-CON-104")
        {
            Title = "A file that was cut and lengthened again",
            Why = "What was cut off does not come back: from there on the file reads as zero.",
            Make = c =>
            {
                c.File("cut.bin", seed: 5, length: 80_000);
                c.Container.SetLength("cut.bin", 70_001);
                c.Container.SetLength("cut.bin", 80_000);
            },
        },
        new Accepted("content/inline-and-one-byte-chunk", "CART-CON-002", "CART-CON-003")
        {
            Title = "A chunk of one byte beside an inline file",
            Why = "A short content is not inline by force: behind a hole it stands in a chunk.",
            Make = c =>
            {
                c.File("inline.bin", seed: 6, length: 400);
                c.Container.Write("sparse.bin", []);
                c.Container.SetLength("sparse.bin", 70_000);
                c.Container.WriteAt("sparse.bin", 0, "x"u8);
            },
        },
        new Accepted("content/equal-files", "CART-PAG-002")
        {
            Title = "Two files of equal content",
            Why = "Equal contents have blocks of their own: a state shares nothing.",
            Make = c => c.File("a.bin", seed: 9, length: 4096).File("b.bin", seed: 9, length: 4096),
        },
        new Accepted("content/equal-blocks", "CART-PAG-002", "CART-BLB-007")
        {
            Title = "A file of two equal blocks",
            Why = "Equal blocks of one chunk are stored twice.",
            Make = c => c.Container.Write("twice.bin", [.. c.Bytes(10, 4096), .. c.Bytes(10, 4096)]),
        },
        new Accepted("content/overwritten", "CART-BLB-008")
        {
            Title = "A file with chunks of several births",
            Why = "Only the chunk that was written to is new; the others keep their blocks and their births.",
            Make = c =>
            {
                c.File("log.bin", seed: 8, length: 150_000);
                c.Container.WriteAt("log.bin", 65_536, "overwritten"u8);
                c.Container.Append("log.bin", "appended"u8);
            },
        },
        new Accepted("content/sqlite-database", "CART-CON-102")
        {
            Title = "A database of SQLite",
            Why = "Databases are rewritten page by page, so a writer gives them chunks of 4 KiB. Readers read what they find.",
            Make = c => c.Container.Write("app.db", [.. "SQLite format 3\0"u8, .. c.Bytes(4, 10_000)]),
        },
        new Accepted("content/crc-32c", "CART-HDR-005", "CART-BLB-009", "CART-BLB-010")
        {
            Title = "A container that checks its content by CRC-32C",
            Why = "The checksum's four bytes stand first in its field. Nodes, long values and the map have SHA-256 all the same.",
            Features = ["core", "crc-32c"],
            Make = c => c
                .With(builder => builder.Checksum(ContentChecksum.Crc32C))
                .File("data.bin", seed: 32, length: 70_000)
                .Container.Write("annotated.txt", "short\n"u8, new EntryMetadata
                {
                    UserMetadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["annotation"] = new string('n', 3000) },
                }),
        },
    ];

    private static Accepted Sized(int length, string title, string why, string? slug = null) =>
        new($"content/{slug ?? $"size-{length}"}", "CART-CON-003", length <= 512 ? "CART-CAT-018" : "CART-BLB-007")
        {
            Title = title,
            Why = why,
            Make = c => c.File("a.bin", seed: length, length),
        };
}
