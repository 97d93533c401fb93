using Cartridge.Testing;

namespace Cartridge.Conformance.Tests;

public class RunnerTests
{
    private static readonly string Runner = Path.Combine(AppContext.BaseDirectory, "Cartridge.Conformance.dll");

    [ToolFact("dotnet")]
    public void An_unknown_command_is_refused_with_the_usage()
    {
        ChildProcessResult result = ChildProcess.Run("dotnet", [Runner, "no-such-command"]);
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("usage: ", result.Error, StringComparison.Ordinal);
    }
}
