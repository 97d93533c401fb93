using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary>What each failure means for whoever called <c>cart</c>: its exit code, and one line that names the thing.</summary>
internal static class Failures
{
    private const string DebugVariable = "CARTRIDGE_DEBUG";

    private static readonly ErrorCode[] Refusals =
        [ErrorCode.ReadOnly, ErrorCode.AccessDenied, ErrorCode.Busy, ErrorCode.Poisoned, ErrorCode.LimitExceeded, ErrorCode.MissingKey, ErrorCode.CodecUnavailable];

    private static readonly ErrorCode[] WrongUse = [ErrorCode.BadArgument, ErrorCode.BadPath, ErrorCode.SnapshotBadName];

    /// <summary>The exit code of a container's failure.</summary>
    public static ExitCode CodeOf(CartridgeException failure) =>
        failure.Finding is not null ? ExitCode.Invalid
        : Refusals.Contains(failure.Code) ? ExitCode.Refused
        : WrongUse.Contains(failure.Code) ? ExitCode.Usage
        : ExitCode.Invalid;

    /// <summary>Reports whatever ended a command. A trace is for those who ask for it by <c>CARTRIDGE_DEBUG=1</c>.</summary>
    /// <returns>The exit code.</returns>
    public static ExitCode Report(Session session, Exception failure)
    {
        var (code, message) = failure switch
        {
            CliFailure known => (known.Code, known.Message),
            Interrupted interrupted => (interrupted.Code, interrupted.Message),
            CartridgeException container => (CodeOf(container), container.Message),
            IOException or UnauthorizedAccessException => (ExitCode.Refused, failure.Message),
            OutOfMemoryException => (ExitCode.Refused, "there is not enough memory"),
            _ => (ExitCode.Refused, $"this should not have happened: {failure.GetType().Name}: {failure.Message} (set {DebugVariable}=1 for a trace)"),
        };
        session.Error(Words.OnOneLine(message));
        if (Environment.GetEnvironmentVariable(DebugVariable) == "1")
        {
            session.Hint(failure.ToString());
        }

        return code;
    }
}
