using System.Text;

namespace Cartridge.Testing;

/// <summary>How a program ended and what it wrote.</summary>
/// <param name="ExitCode">Its exit code; on Unix 128 plus the signal's number where a signal ended it.</param>
/// <param name="OutputBytes">Its standard output; after a time-out, what had come by then.</param>
/// <param name="ErrorBytes">Its standard error; after a time-out, what had come by then.</param>
/// <param name="TimedOut">Whether it, or something it left behind with its outputs, was still there when its time was up.</param>
public sealed record ChildProcessResult(int ExitCode, ReadOnlyMemory<byte> OutputBytes, ReadOnlyMemory<byte> ErrorBytes, bool TimedOut)
{
    /// <summary>The standard output as UTF-8.</summary>
    public string Output => Encoding.UTF8.GetString(OutputBytes.Span);

    /// <summary>The standard error as UTF-8.</summary>
    public string Error => Encoding.UTF8.GetString(ErrorBytes.Span);

    /// <summary>Everything that a failed assertion wants to show, in a few lines.</summary>
    /// <returns>Exit code or time-out, then both outputs.</returns>
    public override string ToString() => $"{(TimedOut ? "timed out" : $"exit code {ExitCode}")}\n--- stdout\n{Output}\n--- stderr\n{Error}";
}
