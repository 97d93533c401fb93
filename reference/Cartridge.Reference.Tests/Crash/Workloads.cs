using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>What programs do before the power fails: short runs, all of them, and long ones, drawn.</summary>
internal static class Workloads
{
    /// <summary>One of each kind: create, overwrite, extend, shrink, delete, grow, make a directory, change attributes.</summary>
    public static IReadOnlyList<Operation> Kinds { get; } =
    [
        new WriteFile("new", new(1, 700)),
        new WriteFile("kept", new(2, 5000)),
        new AppendFile("kept", new(3, 4000)),
        new SetLength("kept", 1000),
        new Delete("kept"),
        new WriteFile("large", new(4, 80_000)),
        new MakeDirectory("folder/inner"),
        new ChangeMetadata("kept", new() { Mode = 0x180, ExtendedAttributes = new Dictionary<string, byte[]> { ["user.mark"] = [1, 2, 3] } }),
    ];

    /// <summary>The same on contents that are stored encoded, or are about to be.</summary>
    public static IEnumerable<IReadOnlyList<Operation>> Encoded { get; } =
    [
        [new WriteFile("large", new(3, 80_000), new() { Codec = CodecChoice.Zstandard() }), new WriteAt("large", 66_000, new(6, 3000)), new SetLength("large", 70_000)],
        [new SetDefaultCodec(CodecChoice.Lz4()), new AppendFile("kept", new(9, 20_000)), new Delete("kept")],
        [new WriteFile("kept", new(12, 30_000), new() { Codec = CodecChoice.Lz4(9) }), new WriteFile("kept", new(15, 40_000)), new PunchHole("kept", 5000, 9000)],
        [new Together([new SetDefaultCodec(CodecChoice.Zstandard(9)), new WriteFile("new", new(18, 9000)), new WriteFile("kept", new(4, 9000))]), new MoveTree("new", "copy", true)],
    ];

    /// <summary>On a container that holds everything: each kind of content is changed, moved, grown and dropped, apart and in one commit.</summary>
    public static IEnumerable<IReadOnlyList<Operation>> Everything { get; } =
    [
        .. Kinds.Select(kind => (IReadOnlyList<Operation>)[kind]),
        .. Encoded,
        [new WriteAt("folder/chunks", 40_000, new(9, 5000)), new PunchHole("folder/chunks", 0, 8192), new MoveTree("folder", "moved", false)],
        [new Together([new MoveTree("Gr\u00fc\u00dfe", "copy", true), new WriteAt("copy/\u4e16\u754c", 100, new(3, 9000)), new Delete("tiny")])],
        [new WriteFile("spread", new(4, 50_000)), new SetDefaultCodec(CodecChoice.None), new WriteFile("kept", new(6, 30_000)), new Compact(1000)],
    ];

    /// <summary>All sequences of so many operations.</summary>
    /// <param name="length">How many.</param>
    public static IEnumerable<IReadOnlyList<Operation>> Sequences(int length) =>
        length == 0 ? [[]] : Sequences(length - 1).SelectMany(first => Kinds.Select(last => (IReadOnlyList<Operation>)[.. first, last]));

    /// <summary>All pairs of operations, each pair as one commit.</summary>
    public static IEnumerable<IReadOnlyList<Operation>> Transactions() => Sequences(2).Select(pair => (IReadOnlyList<Operation>)[new Together(pair)]);

    /// <summary>Compaction after something was dropped: in one go, and in the smallest of steps.</summary>
    public static IEnumerable<IReadOnlyList<Operation>> Compactions() =>
        from blocks in (int[])[1000, 3]
        from kind in Kinds
        select (IReadOnlyList<Operation>)[new WriteFile("below", new(7, 30_000)), new WriteFile("above", new(8, 9_000)), new Delete("below"), kind, new Compact(blocks)];

    /// <summary>Snapshots around each kind of change: restored, deleted with and without children, hidden, compacted.</summary>
    public static IEnumerable<IReadOnlyList<Operation>> Snapshots() =>
        from kind in Kinds
        from run in (IReadOnlyList<Operation>[])
        [
            [new MakeSnapshot("one"), kind, new BringBack("one")],
            [new MakeSnapshot("one"), kind, new DropSnapshot("one")],
            [new MakeSnapshot("one"), kind, new MakeSnapshot("two"), new BringBack("one"), new DropSnapshot("one"), new DropSnapshot("two")],
            [new MakeSnapshot("one"), kind, new MakeSnapshot("two"), new DropSnapshot("one"), new Compact(5)],
        ]
        select run;

    /// <summary>A long run.</summary>
    /// <param name="seed">Draws it.</param>
    /// <param name="length">How many operations.</param>
    public static IReadOnlyList<Operation> Draw(int seed, int length)
    {
        var random = new Random(seed);
        string[] paths = ["kept", "new", "a/b", "a/c", "folder/chunks", "tiny"];
        string[] names = ["one", "two"];
        return [.. Enumerable.Range(0, length).Select(_ => One())];

        Operation One(bool mayGather = true)
        {
            var path = paths[random.Next(paths.Length)];
            var bytes = new Payload(random.Next(1000), random.Next(4) switch { 0 => random.Next(600), 1 => 4096 * random.Next(1, 4), _ => random.Next(15_000) });
            return random.Next(mayGather ? 17 : 12) switch
            {
                0 or 1 or 2 => new WriteFile(path, bytes, random.Next(2) == 0 ? new EntryMetadata { ChunkShift = 12 } : null),
                3 => new WriteAt(path, random.Next(12_000), bytes),
                4 => new AppendFile(path, bytes),
                5 => new SetLength(path, random.Next(9000)),
                6 => new Delete(path),
                7 => new DeleteTree("a"),
                8 => new MakeDirectory($"d{random.Next(3)}"),
                9 => new ChangeMetadata(path, new() { Owner = $"owner {random.Next(9)}" }),
                10 => new MoveTree(path, paths[random.Next(paths.Length)], random.Next(2) == 0),
                11 => new PunchHole(path, random.Next(9000), random.Next(9000)),
                12 => new MakeSnapshot(names[random.Next(names.Length)]),
                13 => new BringBack(names[random.Next(names.Length)]),
                14 => new DropSnapshot(names[random.Next(names.Length)]),
                15 => new Compact(random.Next(1, 30)),
                _ => new Together([One(false), One(false), One(false)]),
            };
        }
    }
}
