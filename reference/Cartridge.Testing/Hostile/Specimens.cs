using System.Globalization;
using System.Text;
using Cartridge.Codecs;
using Cartridge.Reference;

namespace Cartridge.Testing;

/// <summary>Small valid containers that between them use every structure of the format; the same bytes every time.</summary>
public static class Specimens
{
    private const int Page = Format.PageSize;
    private const int KeySeed = 4711;
    private const int RandomSeed = 4712;

    /// <summary>All of them by name.</summary>
    public static IReadOnlyDictionary<string, Func<byte[]>> All { get; } = new Dictionary<string, Func<byte[]>>(StringComparer.Ordinal)
    {
        ["fresh"] = Fresh,
        ["roomy"] = Roomy,
        ["small"] = () => Small(ContentChecksum.Sha256),
        ["small-crc"] = () => Small(ContentChecksum.Crc32C),
        ["coded"] = () => Coded(ContentChecksum.Sha256),
        ["coded-crc"] = () => Coded(ContentChecksum.Crc32C),
        ["encrypted"] = () => Small(ContentChecksum.Sha256, encrypted: true),
        ["encrypted-crc"] = () => Small(ContentChecksum.Crc32C, encrypted: true),
        ["encrypted-empty"] = () => Build(Encrypted(ContentChecksum.Sha256), _ => { }),
        ["deep"] = Deep,
        ["chunky"] = Chunky,
        ["fragmented"] = () => Fragmented(withMap: true),
        ["snapshots"] = Snapshots,
        ["lineage"] = Lineage,
        ["mapless"] = () => Fragmented(withMap: false),
    };

    /// <summary>Three pages.</summary>
    public static byte[] Fresh() => Build(Builder(), _ => { });

    /// <summary>Empty, with free blocks in the map.</summary>
    public static byte[] Roomy() => Build(Builder().InitialBlocks(16), _ => { });

    /// <summary>Every kind of entry, content and attribute, in one leaf each; the last commit replaced some of it.</summary>
    public static byte[] Small(ContentChecksum checksum, bool encrypted = false) => Build(encrypted ? Encrypted(checksum) : Builder().Checksum(checksum), file =>
    {
        using (var all = file.BeginTransaction())
        {
            file.Write("inline", "a few bytes"u8, new EntryMetadata { RecordContentHash = true, Owner = "somebody" });
            file.Write("empty", []);
            file.Write("hashed", Bytes(1, 10_000), new EntryMetadata { RecordContentHash = true, ChunkShift = 12 });
            file.Write("plain", Bytes(2, 70_000));
            file.CreateDirectory("folder", new EntryMetadata { Mode = 0x1ED, Uid = 1000, Gid = 100 });
            file.CreateSymbolicLink("folder/link", "../inline");
            file.CreateSymbolicLink("folder/long-link", string.Concat(Enumerable.Repeat("directory/", 80)));
            file.Write("folder/typed", "{}"u8, new EntryMetadata
            {
                ContentType = "application/json",
                UserMetadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["author"] = "nobody", ["title"] = "\u00fcber" },
                ExtendedAttributes = new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["user.small"] = [0, 1, 2, 255] },
            });
            file.Write("folder/wide", Bytes(3, 600), new EntryMetadata
            {
                ExtendedAttributes = new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["user.large"] = Bytes(4, 5_000) },
            });
            file.WriteAt("holes", 300_000, Bytes(5, 100));
            file.SetLength("holes", 1_000_000);
            all.Commit();
        }

        file.WriteAt("plain", 66_000, Bytes(6, 10));
    });

    /// <summary>Contents in every codec: by the file's choice, by the container's, and left off where they do not pay.</summary>
    public static byte[] Coded(ContentChecksum checksum) => Build(Builder().Checksum(checksum).DefaultCodec(CodecChoice.Lz4()), file =>
    {
        using (var all = file.BeginTransaction())
        {
            file.Write("lz4", Lines(20_000));
            file.SetLength("lz4", 30_000);
            file.Write("zstd", Lines(20_000), new EntryMetadata { Codec = CodecChoice.Zstandard(19), RecordContentHash = true });
            file.Write("dense", Bytes(10, 20_000));
            file.Write("plain", Lines(9_000), new EntryMetadata { Codec = CodecChoice.None });
            file.CreateDirectory("folder");
            file.CreateSymbolicLink("folder/link", "../lz4");
            all.Commit();
        }

        file.WriteAt("zstd", 19_000, Lines(2_000));
    });

    /// <summary>Long paths that have little in common, so that few fit into a node and the catalog has several levels.</summary>
    public static byte[] Deep() => Build(Builder(), file =>
    {
        using (var all = file.BeginTransaction())
        {
            for (var i = 0; i < 60; i++)
            {
                var path = Path(i);
                file.Write($"{path}a", Encoding.UTF8.GetBytes($"first {i}"));
                file.Write($"{path}b", Encoding.UTF8.GetBytes($"second {i}"));
            }

            all.Commit();
        }

        file.Delete($"{Path(17)}a");

        static string Path(int i) => $"{(i * 37 % 60).ToString("d2", CultureInfo.InvariantCulture)}/{new string((char)('a' + (i % 26)), 1000)}/";
    });

    /// <summary>One sparse file of many small chunks, so that the content tree has several nodes, and a few files beside it.</summary>
    public static byte[] Chunky() => Build(Builder(), file =>
    {
        using (var all = file.BeginTransaction())
        {
            file.Write("database", [.. "SQLite format 3\0"u8, .. Bytes(7, 20 * Page)]);
            for (var i = 0; i < 110; i++)
            {
                file.WriteAt("database", (40 + (3 * i)) * Page, Bytes(i, 1));
            }

            file.Write("neighbour", Bytes(8, 2 * Page), new EntryMetadata { RecordContentHash = true });
            all.Commit();
        }

        file.SetLength("database", 300 * Page);
    });

    /// <summary>
    /// Two snapshots that share a third, which was deleted and is hidden; a current state that has changed since; and an id
    /// that was given to a snapshot which is gone.
    /// </summary>
    public static byte[] Snapshots() => Build(Builder(), file =>
    {
        file.Write("a", Bytes(21, 9_000));
        file.CreateSnapshot("first");
        file.Write("b", Bytes(22, 9_000));
        file.CreateSnapshot("other");
        file.RestoreSnapshot("first");
        file.Write("c", Bytes(23, 9_000));
        file.CreateSnapshot("third");
        file.DeleteSnapshot("first");
        file.Write("d", Bytes(24, 9_000));
        file.CreateSnapshot("fourth");
        file.DeleteSnapshot("fourth");
    });

    /// <summary>
    /// Snapshots of a catalog of several nodes: one, another that descends from it, two that descend from that, as the current state
    /// does; moved together once. Each changed the last leaf alone, so that they share the others. One more was deleted last.
    /// </summary>
    public static byte[] Lineage() => Build(Builder().Checksum(ContentChecksum.Crc32C), file =>
    {
        using (var all = file.BeginTransaction())
        {
            for (var i = 0; i < 9; i++)
            {
                file.Write($"{i}/{new string((char)('a' + i), 1000)}", Bytes(i, i == 4 ? 6_000 : 100));
            }

            file.Write("wide", [], new EntryMetadata { UserMetadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["note"] = new string('n', 5_000) } });
            all.Commit();
        }

        file.CreateSnapshot("first");
        file.Write("z/1", Bytes(31, 9_000));
        file.CreateSnapshot("second");
        file.Write("z/2", Bytes(32, 9_000));
        file.CreateSymbolicLink("z/link", "2");
        file.CreateSnapshot("third");
        file.RestoreSnapshot("second");
        file.Write("z/3", Bytes(33, 9_000));
        file.Delete("z/1");
        file.CreateSnapshot("fourth");
        file.RestoreSnapshot("second");
        file.Write("z/4", Bytes(34, 9_000));
        file.Compact();

        // Without the leaf before them, nodes that are shared stand below other separators than the parent's.
        foreach (var folder in (string[])["0", "1", "2"])
        {
            file.DeleteTree(folder);
        }

        file.Write("z/5", Bytes(35, 9_000));
        file.CreateSnapshot("fifth");
        file.Delete("z/5");
        file.DeleteSnapshot("fifth");
    });

    /// <summary>Free space in more pieces than a record can list, and a content in many runs.</summary>
    public static byte[] Fragmented(bool withMap) => Build(
        Builder().GrowthThreshold(0),
        file =>
        {
            using (var all = file.BeginTransaction())
            {
                for (var i = 0; i < 300; i++)
                {
                    file.Write(Name(i), Bytes(i, 700));
                }

                all.Commit();
            }

            using (var some = file.BeginTransaction())
            {
                for (var i = 0; i < 300; i += 2)
                {
                    file.Delete(Name(i));
                }

                some.Commit();
            }

            file.Title = "In pieces";
            file.Write("many-runs", Bytes(9, 10 * Page));

            static string Name(int i) => $"piece-{i.ToString("d3", CultureInfo.InvariantCulture)}";
        },
        close: withMap);

    /// <summary>Bytes that look random and are the same every time.</summary>
    public static byte[] Bytes(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Lines that are much alike, the same every time.</summary>
    public static byte[] Lines(int length) => Lines(0, length);

    /// <summary>The same, from a number on.</summary>
    public static byte[] Lines(int first, int length)
    {
        var lines = new StringBuilder();
        for (var i = first; lines.Length < length; i++)
        {
            lines.Append(CultureInfo.InvariantCulture, $"{i:d6}: {i * 7919L % 997} is what follows\n");
        }

        return Encoding.ASCII.GetBytes(lines.ToString(0, length));
    }

    /// <summary>The key of the encrypted specimens: a new object for each use, to be disposed.</summary>
    public static CartridgeKey Key() => CartridgeKey.FromBytes(Bytes(KeySeed, CartridgeKey.Length));

    /// <summary>The key that fits a container: <see cref="Key"/> if it is encrypted, or none. It is never disposed.</summary>
    public static CartridgeKey? KeyFor(byte[] container) => IsEncrypted(container) ? SharedKey : null;

    private static CartridgeKey SharedKey { get; } = Key();

    /// <summary>Whether page 0 says that a container is encrypted.</summary>
    public static bool IsEncrypted(byte[] container) =>
        (container ?? throw new ArgumentNullException(nameof(container))).Length > IdentityFieldLocations.Encrypted && container[IdentityFieldLocations.Encrypted] != 0;

    /// <summary>The keys of the encrypted specimens, whatever has become of their key slots.</summary>
    internal static ContainerKeys Keys() =>
        new(Bytes(RandomSeed, CartridgeKey.Length), new ContainerId("specimen-for-all"u8), StrongRandom.Fill);

    private static CartridgeBuilder Encrypted(ContentChecksum checksum)
    {
        // The master key is what is drawn first.
        var random = new Random(RandomSeed);
        return Builder().Checksum(checksum).Encrypt(Key()).Random(random.NextBytes);
    }

    private static CartridgeBuilder Builder()
    {
        var now = 1_700_000_000_000_000_000L;
        return new CartridgeBuilder().Slug("specimen").Title("Specimen").Id(new ContainerId("specimen-for-all"u8)).Clock(() => now += 1_000_000_000).Codecs(SystemCodecs.All);
    }

    /// <summary>Builds a container; without closing, what closing would still write is missing.</summary>
    private static byte[] Build(CartridgeBuilder builder, Action<CartridgeFile> fill, bool close = true)
    {
        var medium = new MemoryMedium();
        using var file = builder.Create(medium);
        fill(file);
        if (close)
        {
            file.Dispose();
        }

        return medium.ToArray();
    }
}
