using Cartridge.Reference;
using static Cartridge.Benchmarks.Units;

namespace Cartridge.Benchmarks;

/// <summary>Everything that is measured, in the order of the tables, with the bars.</summary>
internal static class Catalogue
{
    /// <summary>The sizes that reads and writes are measured with.</summary>
    private static readonly int[] Sizes = [4 * KiB, 64 * KiB, MiB];

    /// <summary>How cases name a direction.</summary>
    public const string Encrypting = "encrypting";

    /// <inheritdoc cref="Encrypting"/>
    public const string Decrypting = "decrypting";

    /// <summary>All groups.</summary>
    public static IReadOnlyList<Group> Groups { get; } =
    [
        new MicroGroup<CopyRead>("copy-read")
        {
            Title = "Hot copy read",
            Subject = "`CartridgeContent.Read` of a part of a 16 MiB file whose chunks are in the cache, parts in random order; by path: `ReadAt`, which looks the path up each time",
            Yardstick = "memcpy of the same parts from an array of 16 MiB",
            Comparisons =
            [
                .. from size in Sizes
                   from place in Places
                   select new Comparison($"{Short(size)}-{place}", $"{Size(size)}, {WordsFor(place)}", Bar.Speed(0.70)),
                .. Sizes.Select(size => new Comparison($"{Short(size)}-{ByPath}-{Memory}", $"{Size(size)}, by path, {WordsFor(Memory)}", Bar.None)),
            ],
        },
        new MicroGroup<ZeroCopyRead>("zero-copy-read")
        {
            Title = "Zero-copy read",
            Subject = "`CartridgeContent.GetChunk` of a chunk that is in the cache, in random order; every call is one hit of the ARC cache",
            Yardstick = "a look-up in a `Dictionary<long, byte[]>` with as many entries",
            Comparisons =
            [
                new("64KiB", "256 chunks of 64 KiB", Bar.Below(TimeSpan.FromMicroseconds(0.3))),
                new("4KiB", "10,000 chunks of 4 KiB", Bar.Below(TimeSpan.FromMicroseconds(0.2))),
            ],
        },
        new MicroGroup<DeferredOverwrite>("deferred-overwrite")
        {
            Title = "Deferred overwrite",
            Subject = "`WriteAt` over whole chunks of a file, durability deferred",
            Yardstick = "memcpy (on disk: a write without sync) and the checksum of the same bytes, chunk by chunk",
            Comparisons =
            [
                .. from size in Sizes
                   from checksum in Enum.GetValues<ContentChecksum>()
                   from place in Places
                   select new Comparison(
                       $"{Short(size)}-{Short(checksum)}-{place}",
                       $"{Size(size)}, {Name(checksum)}, {WordsFor(place)}",
                       size == 64 * KiB ? Bar.Speed(0.80) : Bar.None),
            ],
        },
        new MicroGroup<Encryption>("encryption")
        {
            Title = "Encryption",
            Subject = "a chunk under XAES-256-GCM, as the engine encrypts and decrypts it: a random nonce, the derivation of its subkey, associated data",
            Yardstick = "AES-256-GCM of the same bytes under one key that stays",
            Comparisons =
            [
                .. from size in Sizes
                   from way in new[] { Encrypting, Decrypting }
                   select new Comparison($"{Short(size)}-{way}", $"{Size(size)}, {way}", size == 64 * KiB ? Bar.Speed(0.80) : size == 4 * KiB ? Bar.Speed(0.50) : Bar.None),
            ],
        },
        new DurableOverwriteGroup
        {
            Title = "Durable overwrite",
            Subject = "`WriteAt` of 4 KiB, durable when it returns",
            Yardstick = "the very writes and syncs that the engine made, repeated on a plain file beside it: write, sync, write, sync",
            Comparisons =
            [
                new("4KiB-chunks", "in a file with chunks of 4 KiB", Bar.Time(1.3)),
                new("64KiB-chunks", "in a file with chunks of 64 KiB", Bar.Time(1.3)),
            ],
        },
        new ManyFilesGroup
        {
            Title = "A thousand files",
            Subject = "1,000 new files of 4 KiB and one `Flush`",
            Yardstick = "for each the checksum and a write to one new plain file, then one sync",
            Comparisons =
            [
                .. from checksum in Enum.GetValues<ContentChecksum>()
                   from place in Places
                   select new Comparison(
                       $"{Short(checksum)}-{place}", $"{Name(checksum)}, {WordsFor(place)}", place == Disk ? Bar.Time(1.5) : Bar.None),
            ],
        },
        new MicroGroup<CodecRead>("codec-read")
        {
            Title = "Reading encoded chunks",
            Subject = "`GetChunk` of chunks of 64 KiB that are stored encoded and not in the cache, in random order, in memory",
            Yardstick = "the checksum of the same stored bytes, and the codec alone",
            Comparisons = [.. CodecCases()],
        },
        new MicroGroup<CodecWrite>("codec-write")
        {
            Title = "Writing encoded chunks",
            Subject = "`WriteAt` over whole chunks of 64 KiB that are stored encoded, durability deferred, in memory",
            Yardstick = "the codec alone, and the checksum of what it gives",
            Comparisons = [.. CodecCases()],
        },
        new MicroGroup<LookUp>("look-up")
        {
            Title = "Look-up",
            Subject = "`FindEntry` among 1,000,000 paths, all nodes in the cache",
            Yardstick = "a binary search in a sorted array of the same paths",
            Comparisons =
            [
                new("everywhere", "any of the million, in random order", Bar.Below(TimeSpan.FromMicroseconds(3))),
                new("one-folder", "the thousand of one folder, in random order", Bar.Below(TimeSpan.FromMicroseconds(3))),
            ],
        },
        new OpeningGroup
        {
            Title = "Opening",
            Subject = "opening a container with 1,000,000 paths",
            Yardstick = "opening the file and reading its first 12 KiB; for a writer also writing a page and syncing it",
            Comparisons =
            [
                new("reader", "to read", Bar.Below(TimeSpan.FromMilliseconds(10))),
                new("writer", "to write", Bar.Below(TimeSpan.FromMilliseconds(10))),
            ],
        },
        new ReadersGroup
        {
            Title = "Readers side by side",
            Subject = "as many readers as the machine has cores, each reading 64 MiB that no cache holds",
            Yardstick = "one of them alone, reading as much as each: a ratio of 1 means that throughput grows with the readers",
            Comparisons =
            [
                new("handles", "each with a handle of its own, as in processes of their own", Bar.Time(1.25)),
                new("one-handle", "of one handle, and so of one cache", Bar.Time(1.25)),
            ],
        },
        new VerifyingGroup
        {
            Title = "Verify",
            Subject = "`Verifier.Verify` of 256 MiB in files of 16 MiB, in processor time of all cores",
            Yardstick = "SHA-256 of as many bytes in memory, in processor time",
            Comparisons = [.. Places.Select(place => new Comparison(place, WordsFor(place), Bar.Speed(0.85)))],
        },
        new SnapshotsGroup
        {
            Title = "Making a snapshot",
            Subject = "`CreateSnapshot` of 1,000,000 files, on disk and durable",
            Yardstick = "`CreateSnapshot` of 10 files",
            Comparisons = [new("create", "a snapshot", Bar.None)],
        },
        new DifferencesGroup
        {
            Title = "Differences",
            Subject = "what tells two snapshots of 10,000 files of 16 KiB apart, 16 of which are different, nothing cached, in memory",
            Yardstick = "both snapshots listed; the later one sent whole",
            Comparisons =
            [
                new(DifferencesGroup.Comparing, "`Diff`, against two lists", Bar.None),
                new(DifferencesGroup.Sending, "`Send` of the difference, the sum known, against `Send` of everything", Bar.None),
            ],
        },
        new CopyingGroup
        {
            Title = "Copying a container",
            Subject = "128 files of 1 MiB, in memory, with all that proves them on the way",
            Yardstick = "the files read and hashed (send); read, and written into another container as one transaction (the others)",
            Comparisons =
            [
                new(CopyingGroup.Sending, "`Send` of everything", Bar.None),
                new(CopyingGroup.Receiving, "`Receive` into an empty container, which proves the stream first and then applies it", Bar.None),
                new(CopyingGroup.Salvaging, "`Salvager.Salvage` of a sound container", Bar.None),
                new(CopyingGroup.Compacting, "`Compact` after every second of 256 files was deleted", Bar.None),
            ],
        },
        new ProcessesGroup
        {
            Title = "Whole processes",
            Subject = "`cart` with the folder of the .NET SDK",
            Yardstick = "`tar` with the same folder",
            Comparisons =
            [
                new("put", "`cart put` against `tar cf`", Bar.Time(2)),
                new("put-synced", "`cart put` against `tar cf` and `sync` of the archive", Bar.None),
                new("get", "`cart get` against `tar xf`", Bar.Time(2)),
            ],
        },
    ];

    /// <summary>The ids of all comparisons, in the order of the tables.</summary>
    public static IEnumerable<string> Ids => Groups.SelectMany(group => group.Comparisons.Select(group.IdOf));

    /// <summary>In memory.</summary>
    public const string Memory = "memory";

    /// <summary>On disk.</summary>
    public const string Disk = "disk";

    private const string ByPath = "path";

    private static string[] Places => [Memory, Disk];

    /// <summary>A size as it stands in names.</summary>
    public static string Short(int size) => Size(size).Replace(" ", "", StringComparison.Ordinal);

    /// <summary>A checksum as it stands in names.</summary>
    public static string Short(ContentChecksum checksum) => checksum == ContentChecksum.Sha256 ? "sha256" : "crc32c";

    /// <summary>The size that a name begins with.</summary>
    public static int SizeIn(string name) => Sizes.Single(size => name.StartsWith($"{Short(size)}-", StringComparison.Ordinal));

    /// <summary>The checksum that a name mentions.</summary>
    public static ContentChecksum ChecksumIn(string name) =>
        Enum.GetValues<ContentChecksum>().Single(checksum => name.Contains(Short(checksum), StringComparison.Ordinal));

    /// <summary>Whether a name says that the path is looked up each time.</summary>
    public static bool IsByPath(string name) => name.Contains($"-{ByPath}-", StringComparison.Ordinal);

    /// <summary>Whether a name ends with the disk.</summary>
    public static bool IsOnDisk(string name) => name.EndsWith(Disk, StringComparison.Ordinal);

    /// <summary>The names of a group's comparisons, for BenchmarkDotNet's parameters.</summary>
    public static IEnumerable<string> CasesOf<T>() => Groups.OfType<MicroGroup<T>>().Single().Comparisons.Select(c => c.Name);

    private static IEnumerable<Comparison> CodecCases() =>
        from codec in new[] { CodecId.Lz4, CodecId.Zstandard }
        from checksum in Enum.GetValues<ContentChecksum>()
        select new Comparison(
            $"{CodecId.NameOf(codec)}-{Short(checksum)}",
            $"{(codec == CodecId.Lz4 ? "LZ4" : "Zstandard")}, {Name(checksum)}",
            Bar.Speed(0.90));

    private static string Name(ContentChecksum checksum) => checksum == ContentChecksum.Sha256 ? "SHA-256" : "CRC-32C";

    private static string WordsFor(string place) => place == Disk ? "on disk" : "in memory";
}
