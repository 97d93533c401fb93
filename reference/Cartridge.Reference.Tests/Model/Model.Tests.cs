using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Xunit.Abstractions;

namespace Cartridge.Reference.Tests;

/// <summary>
/// Random scripts against a dictionary. A failure is made smaller and printed with the seed; <c>CARTRIDGE_MODEL_SEED</c> and
/// <c>CARTRIDGE_MODEL_COUNT</c> draw others, and more.
/// </summary>
public class ModelTests(ITestOutputHelper output)
{
    private static readonly ulong Seed = Setting("CARTRIDGE_MODEL_SEED", 20_021);
    private static readonly int Count = (int)Setting("CARTRIDGE_MODEL_COUNT", 150);

    [Fact]
    public void A_container_is_a_durable_dictionary()
    {
        output.WriteLine($"seed {Seed}, {Count} scripts");
        Play(longest: 40, Count);
    }

    [Fact]
    public void It_stays_one_over_long_histories()
    {
        output.WriteLine($"seed {Seed}, {Count / 15} scripts");
        Play(longest: 400, Count / 15);
    }

    private static ulong Setting(string name, ulong usual) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? ulong.Parse(text, CultureInfo.InvariantCulture) : usual;

    private void Play(int longest, int count)
    {
        var replay = new Replay(new Rnd(Seed), FSharpOption<int>.None);
        var config = Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(FSharpOption<Replay>.Some(replay)).WithQuietOnSuccess(true);
        Check.One(config, Prop.ForAll(ScriptGenerator.Scripts(longest), ScriptRun.Play));
        output.WriteLine($"{ScriptRun.Statistics} so far");
        Assert.True(ScriptRun.Statistics is { Full: > 0, Losses: > 0 });
    }
}
