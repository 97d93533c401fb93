using Cartridge.Testing;
using Xunit.Abstractions;

namespace Cartridge.Reference.Tests;

/// <summary>The power fails at every moment of many runs; each time the container is old or new, whole, and goes on.</summary>
public class CrashTests(ITestOutputHelper output)
{
    private const int Seed = 20_003;

    // Triples of operations as well; takes long.
    private static readonly bool IsDeep = Environment.GetEnvironmentVariable("CARTRIDGE_DEEP") == "1";

    [Theory]
    [InlineData("empty", 2_500)]
    [InlineData("small", 25_000)]
    [InlineData("tight", 4_500)]
    [InlineData("torn", 18_000)]
    public void Every_loss_of_power_in_runs_of_one_and_two_operations_leaves_the_old_state_or_the_new(string start, long least)
    {
        var runs = Workloads.Sequences(1).Concat(Workloads.Sequences(2)).Concat(Workloads.Transactions()).Concat(IsDeep ? Workloads.Sequences(3) : []);
        Expect(Search(Named(start), runs), least);
    }

    private static CrashSearch Search(Start start, IEnumerable<IReadOnlyList<Operation>> runs)
    {
        var search = new CrashSearch(Seed);
        search.Search(runs.Select(operations => ($"{start}: {string.Join("; ", operations)}", (Func<History>)(() => History.Record(start, operations)))));
        return search;
    }

    private static Start Named(string name) =>
        new[] { Start.Empty, Start.Small, Start.Tight, Start.Torn, Start.Fragmented }.Single(start => start.Name == name);

    private void Expect(CrashSearch search, long least)
    {
        output.WriteLine(search.ToString());
        Assert.True(search.Violations.Count == 0, string.Join("\n\n", search.Violations.Take(5)));
        Assert.InRange(search.States, least, long.MaxValue);
    }
}
