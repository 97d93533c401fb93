using System.Globalization;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests.Verify;

/// <summary>
/// Thousands of damaged containers before the verifier and the engine, in a process with 100 MB for its heap. With
/// CARTRIDGE_DEEP=1 there are 200,000 of them.
/// </summary>
public sealed class HostileTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const string HundredMegabytes = "0x6400000";
    private const int FirstSeed = 1;

    private static bool IsDeep => Environment.GetEnvironmentVariable("CARTRIDGE_DEEP") == "1";

    [Fact]
    public void Whatever_the_bytes_nothing_but_findings_and_refusals_comes_out()
    {
        var count = IsDeep ? 200_000 : 3_000;
        var options = new ChildProcessOptions
        {
            Environment = new Dictionary<string, string?> { ["DOTNET_GCHeapHardLimit"] = HundredMegabytes },
            Timeout = IsDeep ? TimeSpan.FromHours(4) : TimeSpan.FromMinutes(20),
        };

        var result = ChildProcess.Run(
            "dotnet",
            [typeof(Mender).Assembly.Location, "hostile", FirstSeed.ToString(CultureInfo.InvariantCulture), count.ToString(CultureInfo.InvariantCulture)],
            options);

        output.WriteLine(result.ToString());
        Assert.True(result is { TimedOut: false, ExitCode: 0 }, result.ToString());
    }
}
