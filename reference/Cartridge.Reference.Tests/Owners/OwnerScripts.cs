using Cartridge.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace Cartridge.Reference.Tests;

/// <summary>Draws histories in which snapshots share much, and makes failing ones smaller.</summary>
internal static class OwnerScripts
{
    private static readonly string[] Paths = ["kept", "a", "a/b", "c", "folder/chunks"];
    private static readonly string[] Names = ["s1", "s2", "s3", "s4"];

    public static Arbitrary<OwnerScript> Histories(int longest) => Arb.From(
        from start in Gen.Elements("empty", "small", "small", "tight", "fragmented")
        from durability in Gen.Elements(Durability.Immediate, Durability.Immediate, Durability.Deferred)
        from length in Gen.Choose(1, longest)
        from steps in Gen.ListOf(Steps(), length)
        select new OwnerScript(start, durability, [.. steps]),
        Smaller);

    private static Gen<OwnerStep> Steps() => Gen.Frequency(
        (40, Operations().Select(operation => (OwnerStep)new OwnerStep.Do(operation))),
        (4, from operation in Operations()
            from call in Gen.Elements(MediumCall.Write, MediumCall.Write, MediumCall.Sync, MediumCall.Read, MediumCall.SetLength)
            from number in Gen.Choose(1, 6)
            select (OwnerStep)new OwnerStep.Fail(operation, call, number)),
        (3, Gen.Choose(1, 40).Select(blocks => (OwnerStep)new OwnerStep.Compact(blocks))),
        (3, Gen.Elements(true, false).Select(without => (OwnerStep)new OwnerStep.Reopen(without))),
        (2, Gen.Constant((OwnerStep)new OwnerStep.Flush())),
        (4, from kind in Gen.Elements(ReaderKind.Inside, ReaderKind.Snapshot, ReaderKind.Outside)
            from name in Gen.Elements(Names)
            select (OwnerStep)new OwnerStep.Comes(kind, name)),
        (4, Gen.Choose(0, 3).Select(which => (OwnerStep)new OwnerStep.Goes(which))));

    private static Gen<Operation> Operations() => Gen.Frequency(
        (12, Changes()),
        (2, Changes().NonEmptyListOf().Select(parts => (Operation)new Together([.. parts.Take(5)]))),
        (1, Changes().NonEmptyListOf().Select(parts => (Operation)new Together([.. parts.Take(5)], Commits: false))),
        (1, Gen.Choose(0, 40).Select(count => (Operation)new Together(
            [.. Enumerable.Range(0, count + 1).Select(i => new WriteFile($"many/{i:d3}-{new string('n', 200)}", new(i, 20)))]))),
        (7, Gen.Elements(Names).Select(name => (Operation)new MakeSnapshot(name))),
        (3, Gen.Elements(Names).Select(name => (Operation)new BringBack(name))),
        (4, Gen.Elements(Names).Select(name => (Operation)new DropSnapshot(name))));

    private static Gen<Operation> Changes() => Gen.Frequency(
        (6, from path in Path()
            from content in Content()
            from small in Gen.Elements(true, false)
            select (Operation)new WriteFile(path, content, small ? new EntryMetadata { ChunkShift = Format.MinChunkShift } : null)),
        (4, from path in Path() from offset in Gen.Choose(0, 30_000) from content in Content() select (Operation)new WriteAt(path, offset, content)),
        (2, from path in Path() from length in Gen.Choose(0, 30_000) select (Operation)new SetLength(path, length)),
        (3, Path().Select(path => (Operation)new Delete(path))),
        (1, from path in Path() from to in Path() from keeps in Gen.Elements(true, false) select (Operation)new MoveTree(path, to, keeps)),
        (2, from path in Path()
            from length in Gen.Choose(0, 6000)
            select (Operation)new ChangeMetadata(path, new() { UserMetadata = new Dictionary<string, string> { ["k"] = new('v', length) } })),
        (1, Gen.Constant((Operation)new DeleteTree("many"))));

    private static Gen<string> Path() => Gen.Elements(Paths);

    private static Gen<Payload> Content() => from seed in Gen.Choose(0, 999) from length in Gen.Choose(0, 20_000) select new Payload(seed, length);

    /// <summary>Without half of the steps, a quarter, ... a single one; without a fault; from nothing; published at once.</summary>
    private static IEnumerable<OwnerScript> Smaller(OwnerScript script)
    {
        foreach (var steps in Shrinking.Of(script.Steps, Smaller))
        {
            yield return script with { Steps = steps };
        }

        if (script.Start != "empty")
        {
            yield return script with { Start = "empty" };
        }

        if (script.Durability != Durability.Immediate)
        {
            yield return script with { Durability = Durability.Immediate };
        }
    }

    private static IEnumerable<OwnerStep> Smaller(OwnerStep step) => step switch
    {
        OwnerStep.Fail fail => [new OwnerStep.Do(fail.Operation)],
        OwnerStep.Do { Operation: Together together } => together.Parts.Select(part => new OwnerStep.Do(part)),
        OwnerStep.Reopen { WithoutMap: true } => [new OwnerStep.Reopen(false)],
        _ => [],
    };
}
