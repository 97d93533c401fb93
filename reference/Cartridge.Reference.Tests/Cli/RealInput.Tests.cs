using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>Real folders of this machine, through the process: thousands of files that nobody made for a test.</summary>
[SupportedOSPlatform("linux")]
public sealed class RealInputTests(Xunit.Abstractions.ITestOutputHelper log)
{
    private static readonly ChildProcessOptions Patient = new() { Timeout = TimeSpan.FromMinutes(20) };

    /// <summary>The folder of the .NET that runs this.</summary>
    private static string DotNet => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));

    [Theory]
    [InlineData("a part of the SDK")]
    [DeepInlineData("the SDK")]
    [DeepInlineData("/usr/share/doc")]
    [DeepInlineData("/etc")]
    public void A_real_folder_comes_back_as_it_was(string folder) => RoundTrip(folder switch
    {
        "a part of the SDK" => Directory.GetDirectories(Path.Combine(DotNet, "sdk")).Select(sdk => Path.Combine(sdk, "Sdks")).First(Directory.Exists),
        "the SDK" => DotNet,
        _ => folder,
    });

    private void RoundTrip(string folder)
    {
        using var bench = new Bench();
        bench.Process("create", "real.cart").IsFine();
        Time("put", () => Said(bench.ProcessWith(Patient, "put", "real.cart", folder)));
        Time("verify", () => bench.ProcessWith(Patient, "verify", "real.cart").IsFine().Output);
        Time("get", () => Said(bench.ProcessWith(Patient, "get", "real.cart", "--out", "copy", "--links=all")));
        var name = Path.GetFileName(folder);

        // Bits that lend the owner's rights come back only with the owner.
        var expected = HostTree.Of(folder, modeMask: 0x3FF);
        Assert.Equal(expected, HostTree.Of(bench[$"copy/{name}"], modeMask: 0x3FF));
        log.WriteLine($"{expected.Length} entries, {new FileInfo(bench["real.cart"]).Length >> 20} MiB");
    }

    /// <summary>What is left out is said, and is never a failure here.</summary>
    private static string Said(Outcome outcome)
    {
        Assert.True(outcome.Code == 0, outcome.ToString());
        Assert.All(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("cart: note: ", line, StringComparison.Ordinal));
        return outcome.Error;
    }

    private void Time(string what, Func<string> run)
    {
        var watch = Stopwatch.StartNew();
        _ = run();
        log.WriteLine($"{what}: {watch.Elapsed.TotalSeconds:f1} s");
    }
}
