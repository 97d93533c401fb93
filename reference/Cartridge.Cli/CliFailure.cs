namespace Cartridge.Cli;

/// <summary>How <c>cart</c> ends. The numbers are part of its interface: scripts rely on them.</summary>
internal enum ExitCode
{
    /// <summary>All was done.</summary>
    Fine = 0,

    /// <summary>The container is not valid, or the thing is not there (or is there already, where it must not be).</summary>
    Invalid = 1,

    /// <summary>What was asked cannot be asked: options, arguments, impossible paths.</summary>
    Usage = 2,

    /// <summary>The system refused: permissions, a full disk, another writer.</summary>
    Refused = 3,

    /// <summary>The container is valid, and not what was expected: another state, or not signed by that key.</summary>
    Refuted = 4,

    /// <summary>Ctrl-C ended it: 128 and the number of SIGINT, as shells have it.</summary>
    Interrupted = 130,

    /// <summary>A request to terminate ended it: 128 and the number of SIGTERM.</summary>
    Terminated = 143,
}

/// <summary>Ends a command with a message and an exit code.</summary>
internal sealed class CliFailure(ExitCode code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The exit code.</summary>
    public ExitCode Code { get; } = code;

    /// <summary>The thing is not there, or in the way.</summary>
    public static CliFailure Missing(string message) => new(ExitCode.Invalid, message);

    /// <summary>It cannot be asked for like that.</summary>
    public static CliFailure Usage(string message) => new(ExitCode.Usage, message);

    /// <summary>The system refused.</summary>
    public static CliFailure Refused(string message, Exception? inner = null) => new(ExitCode.Refused, message, inner);
}
