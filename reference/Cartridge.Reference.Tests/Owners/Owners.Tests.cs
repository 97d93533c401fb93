using System.Diagnostics;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Xunit.Abstractions;

namespace Cartridge.Reference.Tests;

/// <summary>
/// The rules of lifetimes against a model of all owners: in random histories no block is written as long as a record's state
/// or anybody's reading owns it, and none is lost. A failure is made smaller and printed with the seed;
/// <c>CARTRIDGE_OWNERS_SEED</c> and <c>CARTRIDGE_OWNERS_COUNT</c> draw others, and more.
/// </summary>
public sealed class OwnersTests(ITestOutputHelper output)
{
    private const int Longest = 60;
    private const int Batch = 20;
    private static readonly TimeSpan DeepTime = TimeSpan.FromMinutes(4);
    private static readonly ulong Seed = Setting("CARTRIDGE_OWNERS_SEED", 50_021);
    private static readonly int Count = (int)Setting("CARTRIDGE_OWNERS_COUNT", DeepInlineDataAttribute.IsWanted ? 5_000UL : 60UL);

    [Fact]
    public void No_block_is_reused_early_and_none_is_leaked()
    {
        var (watch, played) = (Stopwatch.StartNew(), 0);
        for (; played < Count && watch.Elapsed < DeepTime; played += Batch)
        {
            var seed = Seed + (ulong)played;
            output.WriteLine($"seed {seed}: {Batch} histories");
            var replay = new Replay(new Rnd(seed), FSharpOption<int>.None);
            var config = Config.QuickThrowOnFailure.WithMaxTest(Batch).WithReplay(FSharpOption<Replay>.Some(replay)).WithQuietOnSuccess(true);
            Check.One(config, Prop.ForAll(OwnerScripts.Histories(Longest), OwnerRun.Play));
        }

        output.WriteLine($"{played} histories, {GuardedDisk.Commits} commits, {GuardedDisk.Writes} writes, {OwnerRun.Statistics}");
        Assert.True(OwnerRun.Statistics is { Made: > 50, Restored: > 10, Deleted: > 20, Refused: > 10 }, $"{OwnerRun.Statistics}");
    }

    private static ulong Setting(string name, ulong usual) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? ulong.Parse(text, CultureInfo.InvariantCulture) : usual;
}
