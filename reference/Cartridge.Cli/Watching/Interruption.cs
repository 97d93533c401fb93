using System.Runtime.InteropServices;

namespace Cartridge.Cli;

/// <summary>The work was ended from outside: by Ctrl-C, or by a request to terminate.</summary>
/// <param name="code">What that means for the exit code.</param>
/// <param name="outcome">What has become of the work.</param>
internal sealed class Interrupted(ExitCode code, string outcome) : OperationCanceledException($"interrupted: {outcome}")
{
    /// <summary>The exit code: 128 and the signal's number, as shells have it.</summary>
    public ExitCode Code { get; } = code;
}

/// <summary>
/// Turns the first Ctrl-C, or request to terminate, into an end of the work that leaves nothing half done. A second one ends
/// the process at once, as either would before <see cref="Begin"/>; the container survives that too, being made for it.
/// </summary>
/// <param name="outcome">What has become of the work when it is interrupted, for the message.</param>
internal sealed class Interruption(string outcome) : IDisposable
{
    private readonly CancellationTokenSource _requested = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private ExitCode _code;

    /// <summary>Ends waits.</summary>
    public CancellationToken Token => _requested.Token;

    /// <summary>From here on the work looks after itself.</summary>
    public void Begin()
    {
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = Request(ExitCode.Interrupted)));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = Request(ExitCode.Terminated)));
    }

    /// <summary>Asks the work to end.</summary>
    /// <param name="code">Why.</param>
    /// <returns>False if that was asked for already.</returns>
    public bool Request(ExitCode code)
    {
        if (_requested.IsCancellationRequested)
        {
            return false;
        }

        _code = code;
        _requested.Cancel();
        return true;
    }

    /// <summary>Ends the work if that was asked for.</summary>
    /// <exception cref="Interrupted">It was.</exception>
    public void ThrowIfRequested()
    {
        if (_requested.IsCancellationRequested)
        {
            throw new Interrupted(_code, outcome);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _requested.Dispose();
    }
}
