using System.Text;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>How a run of <c>cart</c> ended and what it said.</summary>
internal sealed record Outcome(int Code, byte[] OutputBytes, string Error)
{
    public string Output => Encoding.UTF8.GetString(OutputBytes);

    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static Outcome Of(ChildProcessResult result)
    {
        Assert.False(result.TimedOut, result.ToString());
        return new Outcome(result.ExitCode, result.OutputBytes.ToArray(), result.Error);
    }

    /// <summary>All went well, and nothing was said about it.</summary>
    public Outcome IsFine()
    {
        Assert.True(Code == 0 && Error.Length == 0, ToString());
        return this;
    }

    /// <summary>It failed with a code and one line that names the thing.</summary>
    public Outcome Fails(int code, params ReadOnlySpan<string> named)
    {
        Assert.True(code == Code, ToString());
        Assert.StartsWith("cart: ", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        foreach (var name in named)
        {
            Assert.Contains(name, Error, StringComparison.Ordinal);
        }

        return this;
    }

    public override string ToString() => $"exit code {Code}\n--- stdout\n{Output}\n--- stderr\n{Error}";
}
