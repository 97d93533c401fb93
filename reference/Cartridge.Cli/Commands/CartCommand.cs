using System.CommandLine;

namespace Cartridge.Cli;

/// <summary>A command line to learn from.</summary>
/// <param name="Line">What to type.</param>
/// <param name="Effect">What it does.</param>
internal sealed record Example(string Line, string Effect);

/// <summary>A command that teaches by example.</summary>
internal sealed class CartCommand(string name, string description) : Command(name, description)
{
    /// <summary>Shown by <c>--help</c>, the plainest first.</summary>
    public required IReadOnlyList<Example> Examples { get; init; }

    /// <summary>What else one has to know.</summary>
    public string Remarks { get; init; } = "";

    /// <summary>Sets what the command does.</summary>
    public CartCommand Does(Func<ParseResult, ExitCode> action)
    {
        SetAction(result => (int)action(result));
        return this;
    }
}
