using System.CommandLine;
using System.Globalization;

namespace Cartridge.Cli;

/// <summary>Arguments and options that several commands share.</summary>
internal static class Common
{
    private const double LongestWait = 1_000_000;

    /// <summary>FILE: the container.</summary>
    public static Argument<string> File(string description = "The container.") => NotEmpty(new Argument<string>("FILE") { Description = description });

    /// <summary>Several containers.</summary>
    public static Argument<string[]> Files(string description) =>
        NotEmpty(new Argument<string[]>("FILE") { Description = description, Arity = ArgumentArity.OneOrMore });

    /// <summary>PATH...: paths in the container.</summary>
    public static Argument<string[]> PathsIn(string description, bool isRequired) => new("PATH")
    {
        Description = description,
        Arity = isRequired ? ArgumentArity.OneOrMore : ArgumentArity.ZeroOrMore,
    };

    /// <summary>One path in the container.</summary>
    public static Argument<string> PathIn(string name, string description) => new(name) { Description = description };

    /// <summary><c>--json</c>.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Prints JSON, one object a line, with names as they are." };

    /// <summary><c>--wait</c>, for commands that write.</summary>
    public static Option<double> Wait() => new("--wait")
    {
        HelpName = "SECONDS",
        Description = "How long to wait for another writer to finish; by default not at all.",
        CustomParser = result =>
        {
            if (double.TryParse(result.Tokens.Single().Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= LongestWait)
            {
                return seconds;
            }

            result.AddError($"--wait takes seconds, 0 to {LongestWait}");
            return 0;
        },
    };

    private static Argument<T> NotEmpty<T>(Argument<T> argument)
    {
        argument.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => token.Value.Length == 0))
            {
                result.AddError($"{argument.Name} is empty: the name of a container is needed");
            }
        });
        return argument;
    }
}
