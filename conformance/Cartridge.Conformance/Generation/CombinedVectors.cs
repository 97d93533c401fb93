using Cartridge.Conformance.Mending;
using Cartridge.Reference;

namespace Cartridge.Conformance.Generation;

/// <summary>Everything that a container can hold, in one container: what is right by itself has to be right together.</summary>
internal static class CombinedVectors
{
    /// <summary>The container that holds everything.</summary>
    public const string Everything = "container/everything";

    /// <summary>A chunk in LZ4, and a chunk in Zstandard, both beneath the encryption; a file in many chunks.</summary>
    public const string Lz4 = "log.lz4";
    public const string Frame = "Grüße/log.zst";
    public const string Huge = "huge.db";

    private const int HugeChunks = 60;
    private const int PageSize = 4096;

    public static IEnumerable<Source> All =>
    [
        new Accepted(
            Everything, "CART-HDR-006", "CART-BLB-003", "CART-BLB-006", "CART-CAT-020", "CART-COD-001", "CART-COD-006", "CART-CON-104",
            "CART-ENC-009", "CART-ENC-011", "CART-ENC-012", "CART-SNP-015", "CART-TRE-009")
        {
            Title = "Everything at once",
            Why = "Two codecs beneath the encryption, holes, extended attributes, metadata of the user's, names in several scripts, links, "
                + "content in the record, in many chunks and in several runs, long values, two keys, two snapshots. Contents are compressed first and encrypted then.",
            Features = ["core", "lz4", "zstd", "encryption"],
            Keys = EncryptionVectors.Raw,
            Make = Make,
        },
        new Accepted("container/everything-without-key", "CART-ENC-010", "CART-ENC-108")
        {
            Title = "Everything at once, looked at without a key and without codecs",
            Why = "Checksums are of what is stored: names, sizes and structure are there for everybody, and can be verified. Holes need no key.",
            Features = ["core", "encryption"],
            Make = Make,
        },
        Denied("missing-key", "encryption/content", "docs/data.bin", "A content in chunks, and no key", "Nothing is wrong with the container; what is asked of it needs its key."),
        Denied("missing-key-inline", "encryption/content", "inline.bin", "A content in its record, and no key", "Content in the record is encrypted as well."),
        Denied("missing-key-link", "encryption/content", "link", "A link's target, and no key", "Where a link leads is its content."),
        Denied("missing-key-encoded", Everything, Lz4, "An encoded content, and no key",
            "Without the key there is nothing to decode: the codec is no reason to refuse, whether the program has it or not."),
    ];

    private static Denied Denied(string slug, string of, string path, string title, string why) => new($"encryption/{slug}", "CART-ENC-108", "crypto.missing-key")
    {
        Title = title,
        Why = why,
        Features = ["core", "encryption"],
        Of = of,
        When = new Moment("access", [Moment.Reading([path])]),
    };

    private static void Make(Maker c)
    {
        using CartridgeKey other = CartridgeKey.FromBytes(Convert.FromHexString(Secrets.OtherKey));
        using CartridgeKey key = CartridgeKey.FromBytes(Convert.FromHexString(Secrets.RawKey));
        c.With(builder => builder.Title("Grüße, 世界").DefaultCodec(CodecChoice.Lz4()).GrowthThreshold(0)).Encrypt(other);
        c.Container.AddKey(key);
        Keep(c);
        c.Together(() =>
        {
            Plain(c);
            Coded(c.Container);
            Sparse(c.Container);
            foreach (int i in Enumerable.Range(0, 6))
            {
                c.File($"filler-{i}.bin", seed: i, length: 600);
            }
        });
        c.Together(() =>
        {
            foreach (int i in Enumerable.Range(0, 3))
            {
                c.Container.Delete($"filler-{i * 2}.bin");
            }
        });
        c.Folder("let-stamps-mature");
        c.File("spread.bin", seed: 77, length: 9_000, new EntryMetadata { Codec = CodecChoice.None });
        c.Container.WriteAt(Lz4, 65_536, PlainEncoders.Log(4_464));
        c.Container.CreateSnapshot("世界, whole");
    }

    /// <summary>A state of which only a snapshot is left: content in the record, encoded, and in chunks, with long metadata.</summary>
    private static void Keep(Maker c)
    {
        c.File("kept.bin", seed: 80, length: 5_000, new EntryMetadata
        {
            Codec = CodecChoice.None,
            UserMetadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["annotation"] = new string('k', 3_000) },
        });
        c.Container.Write("kept.txt", "kept"u8);
        c.Container.Write("kept.lz4", PlainEncoders.Log(9_000));
        c.Container.CreateSnapshot("kept");
        c.Together(() =>
        {
            c.Container.Delete("kept.bin");
            c.Container.Delete("kept.txt");
            c.Container.Delete("kept.lz4");
        });
    }

    /// <summary>Every kind of entry and attribute.</summary>
    private static void Plain(Maker c)
    {
        c.Folder("Grüße", new EntryMetadata { Mode = 0x1C0, Uid = 1000, Gid = 100, Owner = "Ἀρχιμήδης" });
        c.File("Grüße/世界.bin", seed: 73, length: 100, new EntryMetadata
        {
            ContentType = "application/octet-stream",
            UserMetadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["author"] = "Ada Lovelace", ["εὕρηκα"] = "\U0001F5C4" },
            ExtendedAttributes = new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["user.empty"] = [], ["user.bytes"] = [0x00, 0xFF, 0x0A] },
        });
        c.File("annotated.bin", seed: 74, length: 600, new EntryMetadata
        {
            UserMetadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["annotation"] = new string('n', 5_000) },
        });
        c.Container.Write("empty", []);
        c.Container.CreateSymbolicLink("link", "Grüße/世界.bin");
        c.Container.CreateSymbolicLink("long-link", new string('t', 3_000));
    }

    /// <summary>By the container's default, by the file's choice, and left off where it does not pay.</summary>
    private static void Coded(CartridgeFile container)
    {
        byte[] noise = new byte[5_000];
        new Random(10).NextBytes(noise);
        container.Write(Lz4, PlainEncoders.Log(70_000));
        container.Write(Frame, PlainEncoders.Log(9_000), new EntryMetadata { Codec = CodecChoice.Zstandard(19) });
        container.Write("run.zst", PlainEncoders.Run(9_000), new EntryMetadata { Codec = CodecChoice.Zstandard() });
        container.Write("noise.lz4", noise, new EntryMetadata { Codec = CodecChoice.Lz4(9) });
    }

    /// <summary>Nothing but a hole, a hole behind an encoded chunk, and so many chunks that the content tree has two levels.</summary>
    private static void Sparse(CartridgeFile container)
    {
        container.Write("hole", []);
        container.SetLength("hole", 1 << 20);
        container.Write("short.lz4", PlainEncoders.Log(9_000));
        container.SetLength("short.lz4", 100_000);
        container.Write(Huge, [.. "SQLite format 3\0"u8, .. new byte[PageSize]]);
        foreach (int i in Enumerable.Range(1, HugeChunks))
        {
            container.WriteAt(Huge, (long)i * 3 * PageSize, BitConverter.GetBytes(i));
        }
    }
}
