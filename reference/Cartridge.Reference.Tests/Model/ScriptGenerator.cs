using Cartridge.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace Cartridge.Reference.Tests;

/// <summary>Draws scripts, and makes failing ones smaller. Few paths, so that operations meet; sizes at the edges of everything.</summary>
internal static class ScriptGenerator
{
    private const string Unit = "0123456789abcdef";

    private static readonly string[] Paths =
    [
        "a", "a/b", "a/b/c", "a/b-", "a.txt", "b", "b/1", "b/2", "ä/ö ü", "\U0001F9F1", "\uFFEE", string.Concat(Enumerable.Repeat(Unit, 20)),
        string.Concat(Enumerable.Repeat(Unit, 72)), $"{string.Concat(Enumerable.Repeat(Unit, 71))}/0123456789abcde",
    ];

    private static readonly int[] Edges = [0, 1, 511, 512, 513, 4095, 4096, 4097, 8192, 12_289, 65_535, 65_536, 65_537];

    public static Arbitrary<Script> Scripts(int longest) => Arb.From(
        from cap in Gen.Elements(0L, 0L, 24L, 40L, 90L)
        from threshold in Gen.Elements(0, 10, 50)
        from checksum in Gen.Elements(ContentChecksum.Sha256, ContentChecksum.Crc32C)
        from durability in Gen.Elements(Durability.Immediate, Durability.Immediate, Durability.Deferred)
        from encrypted in Gen.Elements(false, false, true)
        from length in Gen.Choose(1, longest)
        from steps in Gen.ListOf(Gen.Frequency((30, Steps().Select(step => (Step[])[step])), (1, ThereAndBack())), length)
        select new Script { Cap = cap, Threshold = threshold, Checksum = checksum, Encrypted = encrypted, Durability = durability, Steps = [.. steps.SelectMany(step => step)] },
        Smaller);

    private static Gen<Step> Steps() => Gen.Frequency(
        (40, Operations().Select(operation => (Step)new Step.Do(operation))),
        (2, Gen.Constant((Step)new Step.Reopen())),
        (2, Gen.Constant((Step)new Step.Flush())),
        (2, Gen.Elements(true, false).Select(comes => (Step)new Step.Reader(comes))),
        (4, from operation in Operations()
            from after in Gen.Choose(0, 8)
            from seed in Gen.Choose(0, 9999)
            select (Step)new Step.LosePower(operation, after, seed)));

    /// <summary>What chance alone would hardly bring about: two snapshots, and the state of the first, onto which the difference fits.</summary>
    private static Gen<Step[]> ThereAndBack() =>
        from before in SnapshotName()
        from after in SnapshotName()
        from changes in Changes().NonEmptyListOf()
        select (Step[])
        [
            .. new Operation[] { new DropSnapshot(before), new MakeSnapshot(before) }.Concat(changes.Take(4))
                .Concat([new DropSnapshot(after), new MakeSnapshot(after), new BringBack(before), new TakeOver(before, after)])
                .Select(operation => new Step.Do(operation)),
        ];

    private static Gen<Operation> Operations() => Gen.Frequency(
        (20, Changes()),
        (3, Changes().NonEmptyListOf().Select(parts => (Operation)new Together([.. parts.Take(6)]))),
        (1, Changes().NonEmptyListOf().Select(parts => (Operation)new Together([.. parts.Take(6)], Commits: false))),
        (3, SnapshotName().Select(name => (Operation)new MakeSnapshot(name))),
        (2, from before in SnapshotName() from after in SnapshotName() select (Operation)new TakeOver(before, after)),
        (1, Gen.Elements(2, 30, 1000).Select(blocks => (Operation)new Compact(blocks))),
        (4, Reads()));

    private static Gen<string> SnapshotName() => Gen.Elements("one", "two", "three", "f\u00fcnf");

    private static Gen<Operation> Changes() => Gen.Frequency(
        (8, from path in Path() from content in Content() from metadata in Metadata() select (Operation)new WriteFile(path, content, metadata)),
        (4, from path in Path() from offset in Length() from content in Content() select (Operation)new WriteAt(path, offset, content)),
        (3, from path in Path() from content in Content() select (Operation)new AppendFile(path, content)),
        (3, from path in Path() from length in Length() select (Operation)new SetLength(path, length)),
        (5, Path().Select(path => (Operation)new Delete(path))),
        (1, Path().Select(path => (Operation)new DeleteTree(path))),
        (2, from path in Path() from to in Path() from keeps in Gen.Elements(true, false) select (Operation)new MoveTree(path, to, keeps)),
        (1, from path in Path() from offset in Length() from length in Length() select (Operation)new PunchHole(path, offset, length)),
        (2, from path in Path() from metadata in Metadata() select (Operation)new MakeDirectory(path, metadata)),
        (2, from path in Path() from target in Path() select (Operation)new MakeLink(path, target)),
        (2, from path in Path() from metadata in Metadata() select (Operation)new ChangeMetadata(path, metadata ?? new())),
        (2, Codec().Select(codec => (Operation)new SetDefaultCodec(codec))),
        (2, SnapshotName().Select(name => (Operation)new BringBack(name))),
        (2, SnapshotName().Select(name => (Operation)new DropSnapshot(name))),
        (1, Gen.Elements("", "A title", "Ein Titel: \u00e4\u00f6\u00fc").Select(title => (Operation)new SetTitle(title))));

    private static Gen<Operation> Reads() => Gen.OneOf(
        Path().Select(path => (Operation)new ReadFile(path)),
        from path in Path() from offset in Length() from length in Length() select (Operation)new ReadAt(path, offset, length),
        Path().Or(Gen.Elements("", "a/", "0123", "\u00e4")).Select(prefix => (Operation)new ListPrefix(prefix)),
        Path().Or(Gen.Elements("", "a", "b", "none")).Select(path => (Operation)new ListFolder(path)));

    private static Gen<string> Path() => Gen.Elements(Paths);

    private static Gen<int> Length() => Gen.Frequency((2, Gen.Elements(Edges)), (3, Gen.Choose(0, 20_000)));

    private static Gen<Payload> Content() => from seed in Gen.Choose(0, 999) from length in Length() select new Payload(seed, length);

    private static Gen<CodecChoice> Codec() =>
        Gen.Elements(CodecChoice.None, CodecChoice.Lz4(), CodecChoice.Lz4(9), CodecChoice.Zstandard(), CodecChoice.Zstandard(19));

    private static Gen<EntryMetadata?> Metadata() => Gen.Frequency(
        (6, Gen.Constant<EntryMetadata?>(null)),
        (4, from codec in Codec() from hashed in Gen.Elements(true, false) select (EntryMetadata?)new EntryMetadata { Codec = codec, RecordContentHash = hashed }),
        (3, Gen.Elements<byte>(12, 13, 16, 18).Select(shift => (EntryMetadata?)new EntryMetadata { ChunkShift = shift, RecordContentHash = shift == 13 })),
        (2, from mode in Gen.Choose(0, 0xFFF)
            from id in Gen.Choose(0, 9)
            select (EntryMetadata?)new EntryMetadata { Mode = mode, Uid = (uint)id, Gid = uint.MaxValue, Owner = $"owner {id}", ContentType = id < 3 ? "" : "text/plain" }),
        (2, from size in Gen.Choose(0, 6000)
            from time in Gen.Choose(-5, 5)
            select (EntryMetadata?)new EntryMetadata
            {
                Modified = time,
                UserMetadata = new Dictionary<string, string> { ["k"] = new('v', size / 10), [""] = "empty" },
                ExtendedAttributes = new Dictionary<string, byte[]> { ["user.x"] = new Payload(size, size).ToArray() },
            }));

    /// <summary>Without half of the steps, a quarter, ... a single one; then with one step made smaller; then with plainer properties.</summary>
    private static IEnumerable<Script> Smaller(Script script)
    {
        foreach (var steps in Shrinking.Of(script.Steps, Smaller))
        {
            yield return script with { Steps = steps };
        }

        if (script.Cap != 0)
        {
            yield return script with { Cap = 0 };
        }

        if (script.Threshold != 0)
        {
            yield return script with { Threshold = 0 };
        }

        if (script.Durability != Durability.Immediate)
        {
            yield return script with { Durability = Durability.Immediate };
        }

        if (script.Encrypted)
        {
            yield return script with { Encrypted = false };
        }

        if (script.Checksum != ContentChecksum.Sha256)
        {
            yield return script with { Checksum = ContentChecksum.Sha256 };
        }
    }

    private static IEnumerable<Step> Smaller(Step step) => step switch
    {
        Step.Do { Operation: var operation } => Smaller(operation).Select(smaller => new Step.Do(smaller)),
        Step.LosePower lose => [new Step.Do(lose.Operation), .. Smaller(lose.Operation).Select(smaller => lose with { Operation = smaller })],
        _ => [],
    };

    private static IEnumerable<Operation> Smaller(Operation operation) => operation switch
    {
        Together together =>
        [
            .. together.Parts,
            .. together.Parts.Select((_, i) => together with { Parts = [.. together.Parts.Where((_, j) => j != i)] }).Where(t => t.Parts.Count > 0),
        ],
        WriteFile write =>
        [
            .. Smaller(write.Content).Select(content => write with { Content = content }),
            .. write.Metadata is null ? Array.Empty<Operation>() : [write with { Metadata = null }],
        ],
        WriteAt write =>
        [
            .. Smaller(write.Content).Select(content => write with { Content = content }),
            .. write.Offset == 0 ? Array.Empty<Operation>() : [write with { Offset = 0 }, write with { Offset = write.Offset / 2 }],
        ],
        AppendFile append => Smaller(append.Content).Select(content => append with { Content = content }),
        SetLength { Length: > 0 } set => [set with { Length = 0 }, set with { Length = set.Length / 2 }],
        MakeDirectory { Metadata: not null } make => [make with { Metadata = null }],
        _ => [],
    };

    private static IEnumerable<Payload> Smaller(Payload payload) =>
        payload.Length == 0 ? [] : new[] { 0, 1, payload.Length / 2, payload.Length - 1 }.Distinct().Where(length => length < payload.Length)
            .Select(length => payload with { Length = length });
}
