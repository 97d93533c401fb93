using System.Text;

namespace Cartridge.Testing;

/// <summary>How <see cref="ChildProcess.Run"/> runs a program.</summary>
public sealed record ChildProcessOptions
{
    /// <summary>No input, the test's own folder and environment, one minute, the test's own user.</summary>
    public static ChildProcessOptions Default { get; } = new();

    /// <summary>What the program reads from its standard input, which then ends.</summary>
    public ReadOnlyMemory<byte> StandardInput { get; init; }

    /// <summary>As <see cref="StandardInput"/>, from text in UTF-8.</summary>
    public string StandardInputText
    {
        get => Encoding.UTF8.GetString(StandardInput.Span);
        init => StandardInput = Encoding.UTF8.GetBytes(value);
    }

    /// <summary>The folder that the program starts in, or null for that of the test.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables that are set, or with null removed, beside those that the program inherits.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>After this time the program is killed, with every process that it started.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Runs the program as a user without rights when the tests run as root on Linux, by <c>setpriv</c>; otherwise changes nothing,
    /// since the user has no such rights anyway. Program, folder and files must be open to everyone then.
    /// </summary>
    public bool Unprivileged { get; init; }
}
