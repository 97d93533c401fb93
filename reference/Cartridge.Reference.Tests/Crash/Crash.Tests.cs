using Cartridge.Testing;
using Xunit.Abstractions;

namespace Cartridge.Reference.Tests;

/// <summary>The power fails at every moment of many runs; each time the container is old or new, whole, and goes on.</summary>
public class CrashTests(ITestOutputHelper output)
{
    private const int Seed = 20_003;

    // Triples of operations as well, and more of what is drawn; takes long.
    private static readonly bool IsDeep = DeepInlineDataAttribute.IsWanted;

    [Theory]
    [InlineData("empty", 5_000)]
    [InlineData("small", 20_000)]
    [InlineData("tight", 1_500)]
    [InlineData("torn", 19_000)]
    [InlineData("encrypted", 2_000)]
    public void Every_loss_of_power_in_runs_of_one_and_two_operations_leaves_the_old_state_or_the_new(string start, long least)
    {
        var runs = start == "encrypted" && !IsDeep ? Workloads.Sequences(1).Concat(Workloads.Transactions().Take(24)) : Workloads.Sequences(1).Concat(Workloads.Sequences(2)).Concat(Workloads.Transactions()).Concat(IsDeep ? Workloads.Sequences(3) : []);
        Expect(Search(Start.Named(start), runs), least);
    }

    [Theory]
    [InlineData("small", 1_500)]
    [InlineData("torn", 800)]
    public void Encoded_contents_survive_as_well(string start, long least) => Expect(Search(Start.Named(start), Workloads.Encoded), least);

    [Fact]
    public void A_container_that_holds_everything_at_once_survives_as_well() => Expect(Search(Start.Everything, Workloads.Everything), 5_000);

    [Fact]
    public void A_container_whose_map_needs_a_blob_survives_as_well() => Expect(
        Search(Start.Fragmented, [[new WriteFile("new", new(1, 5000))], [new Delete("kept")], [new WriteFile("new", new(2, 9000)), new Delete("kept")], [new Delete("kept"), new WriteFile("kept", new(3, 70_000))]]), 1_000);

    [Theory]
    [InlineData("small", 800)]
    [InlineData("torn", 800)]
    public void Every_loss_of_power_while_a_container_is_compacted_leaves_it_as_it_was(string start, long least) =>
        Expect(Search(Start.Named(start), Workloads.Compactions()), least);

    [Theory]
    [InlineData("small", 2_000)]
    [InlineData("torn", 1_500)]
    public void Every_loss_of_power_while_snapshots_are_made_restored_and_deleted_leaves_the_old_state_or_the_new(string start, long least) =>
        Expect(Search(Start.Named(start), Workloads.Snapshots()), least);

    [Theory]
    [InlineData("empty", 3_000)]
    [InlineData("small", 3_000)]
    [InlineData("tight", 1_000)]
    [InlineData("encrypted", 1_000)]
    public void Every_loss_of_power_in_long_runs_leaves_the_old_state_or_the_new(string start, long least)
    {
        var runs = Enumerable.Range(0, IsDeep ? 200 : 8).Select(i => Workloads.Draw(Seed + i, length: 12));
        Expect(Search(Start.Named(start), runs), least);
    }

    [Theory]
    [InlineData("empty", 1_000)]
    [InlineData("small", 1_000)]
    [InlineData("torn", 1_000)]
    public void A_program_is_killed_at_every_moment_and_the_power_fails_at_every_moment_of_the_next(string name, long least)
    {
        var start = Start.Named(name);
        var search = new CrashSearch(Seed);
        search.Search(Workloads.Sequences(1).SelectMany(operations => Killed(start, operations, careless: null)));
        Expect(search, least);
    }

    [Theory]
    [InlineData(CommitSync.BeforeRecord)]
    [InlineData(CommitSync.AfterRecord)]
    public void A_program_that_leaves_out_either_sync_of_a_commit_is_found_out(CommitSync skipped)
    {
        var search = new CrashSearch(Seed);
        search.Search(Workloads.Sequences(1).Concat(Workloads.Sequences(2).Take(8)).Select(operations =>
            Named(Start.Small, operations, () => History.Record(Start.Small, operations, skipped))));
        ExpectViolations(search);
    }

    [Fact]
    public void A_program_that_does_not_settle_the_last_commit_of_a_killed_one_is_found_out()
    {
        var search = new CrashSearch(Seed);
        search.Search(Workloads.Sequences(1).Take(3).SelectMany(operations => Killed(Start.Small, operations, CommitSync.OfPredecessor)));
        ExpectViolations(search);
    }

    /// <summary>
    /// Runs of a second program, each after a first one was killed at some moment: between two I/Os, or within a write, of which
    /// then only a part is there. The system lives on, so that everything else the first one wrote is visible to the second.
    /// </summary>
    private static IEnumerable<(string Name, Func<History> Record)> Killed(Start start, IReadOnlyList<Operation> operations, CommitSync? careless)
    {
        Operation[] next = [new WriteFile("second", new(5, 5000)), new Delete("second")];
        foreach (var (disk, allowed, last) in History.Record(start, operations).Moments())
        {
            yield return Named(start, [.. operations, .. next], () => History.RecordAfterKill(start, disk, allowed, next, careless));
            if (last is DiskOperation.Write write && disk.Unsynced.Count > 0)
            {
                var part = write with { Bytes = write.Bytes[..(write.Bytes.Length / 2)] };
                var cut = disk with { Unsynced = [.. disk.Unsynced.SkipLast(1), part] };
                yield return Named(start, [.. operations, .. next], () => History.RecordAfterKill(start, cut, allowed, next, careless));
            }
        }
    }

    private static CrashSearch Search(Start start, IEnumerable<IReadOnlyList<Operation>> runs)
    {
        var search = new CrashSearch(Seed);
        search.Search(runs.Select(operations => Named(start, operations, () => History.Record(start, operations))));
        return search;
    }

    private static (string Name, Func<History> Record) Named(Start start, IEnumerable<Operation> operations, Func<History> record) =>
        ($"{start}: {string.Join("; ", operations)}", record);

    private void Expect(CrashSearch search, long least)
    {
        output.WriteLine(search.ToString());
        Assert.True(search.Violations.Count == 0, string.Join("\n\n", search.Violations.Take(5)));
        Assert.InRange(search.States, least, long.MaxValue);
    }

    private void ExpectViolations(CrashSearch search)
    {
        output.WriteLine(search.ToString());
        foreach (var violation in search.Violations.Take(3))
        {
            output.WriteLine($"  found: {violation}");
        }

        Assert.NotEmpty(search.Violations);
    }
}
