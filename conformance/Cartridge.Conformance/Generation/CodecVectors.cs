using Cartridge.Reference;

namespace Cartridge.Conformance.Generation;

/// <summary>Chapter 10: contents that are stored encoded, and the choices that lead to it.</summary>
internal static class CodecVectors
{
    public static IEnumerable<Source> All =>
    [
        new Accepted("codec/lz4", "CART-BLB-003", "CART-BLB-013", "CART-COD-006")
        {
            Title = "A content in LZ4 blocks",
            Why = "Each chunk is a block of its own, without a frame around it; the second one is shorter than a chunk.",
            Features = ["core", "lz4"],
            Make = c =>
            {
                c.Container.Write("log.txt", PlainEncoders.Log(70_000), new EntryMetadata { Codec = CodecChoice.Lz4(), RecordContentHash = true });
            },
        },
        new Accepted("codec/zstandard", "CART-BLB-003", "CART-COD-001", "CART-COD-004")
        {
            Title = "A content in a Zstandard frame",
            Why = "The frame is of the kind that the library makes: one segment, with the content's size, entropy coded.",
            Features = ["core", "zstd"],
            Make = c =>
            {
                c.Container.Write("log.txt", PlainEncoders.Log(9_000), new EntryMetadata { Codec = CodecChoice.Zstandard(19), RecordContentHash = true });
            },
        },
        new Accepted("codec/zstandard-without-size", "CART-COD-001", "CART-COD-002", "CART-COD-003")
        {
            Title = "A Zstandard frame that does not state the content's size",
            Why = "The size may be left out, the window may have 8 MiB, and dictionary 0 is none. The logical length says what to expect.",
            Features = ["core", "zstd"],
            Make = c =>
            {
                c.Container.Write("run.txt", PlainEncoders.Run(9_000), new EntryMetadata { Codec = CodecChoice.Zstandard() });
            },
        },
        new Accepted("codec/short-chunk", "CART-CON-104", "CART-COD-008")
        {
            Title = "An encoded chunk that ends before its file does",
            Why = "What a chunk decodes to is its logical length; the rest of the file is a hole.",
            Features = ["core", "lz4"],
            Make = c =>
            {
                c.Container.Write("short.txt", PlainEncoders.Log(9_000), new EntryMetadata { Codec = CodecChoice.Lz4() });
                c.Container.SetLength("short.txt", 100_000);
            },
        },
        new Accepted("codec/mixed", "CART-COM-032", "CART-COM-033", "CART-CAT-024", "CART-CAT-025")
        {
            Title = "Three ways of storing in one container",
            Why = "The container's default, a file's own choice, and a file that wants none; a chunk keeps the codec that it was written with.",
            Features = ["core", "lz4", "zstd"],
            Make = c =>
            {
                c.With(builder => builder.DefaultCodec(CodecChoice.Zstandard(22)));
                c.Container.Write("by-default.txt", PlainEncoders.Run(9_000));
                c.Container.Write("lz4.txt", PlainEncoders.Log(9_000), new EntryMetadata { Codec = CodecChoice.Lz4(12) });
                c.Container.Write("plain.txt", PlainEncoders.Run(9_000), new EntryMetadata { Codec = CodecChoice.None });
                c.Container.Write("changed.txt", PlainEncoders.Run(70_000));
                c.Container.SetMetadata("changed.txt", new EntryMetadata { Codec = CodecChoice.Lz4() });
                c.Container.WriteAt("changed.txt", 65_536, PlainEncoders.Log(4_464));
                c.Container.DefaultCodec = CodecChoice.Lz4(1);
            },
        },
        new Accepted("codec/incompressible", "CART-COD-104")
        {
            Title = "A file that wants a codec and is stored as it is",
            Why = "Where a codec saves no page it is left off, so the file says LZ4 and its chunks say none.",
            Make = c =>
            {
                byte[] noise = new byte[9_000];
                new Random(10).NextBytes(noise);
                c.Container.Write("noise.bin", noise, new EntryMetadata { Codec = CodecChoice.Lz4() });
            },
        },
        new Accepted("codec/database", "CART-COD-104", "CART-CON-102")
        {
            Title = "A database in a container whose default is LZ4",
            Why = "Its chunks are pages, and no codec makes a page shorter than a page.",
            Make = c =>
            {
                c.With(builder => builder.DefaultCodec(CodecChoice.Lz4()));
                c.Container.Write("data.db", [.. "SQLite format 3\0"u8, .. new byte[8_176]]);
                c.Container.WriteAt("data.db", 4_096, "a page that is nearly empty"u8);
            },
        },
    ];
}
