using System.CommandLine;
using System.Globalization;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary>Arguments and options that several commands share.</summary>
internal static class Common
{
    private const double LongestWait = 1_000_000;

    /// <summary>FILE: the container.</summary>
    public static Argument<string> File(string description = "The container.") => FileName("FILE", description);

    /// <summary>One file on the disk.</summary>
    public static Argument<string> FileName(string name, string description) => NotEmpty(new Argument<string>(name) { Description = description });

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

    /// <summary><c>--at</c>, for commands that read.</summary>
    public static Option<string?> At() => new("--at")
    {
        HelpName = "NAME",
        Description = "Reads a snapshot instead of the current state ('cart snapshot list').",
    };

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

    /// <summary><c>--codec</c>, for commands that decide how content is stored.</summary>
    public static Option<CodecChoice?> Codec(string description)
    {
        var codec = new Option<CodecChoice?>("--codec")
        {
            HelpName = "CODEC",
            Description = $"{description}: none, lz4 or zstd, the latter two also as lz4:LEVEL and zstd:LEVEL (1 to {CodecChoice.MaxLevel}).",
            CustomParser = result =>
            {
                try
                {
                    return CodecChoice.Parse(result.Tokens.Single().Value);
                }
                catch (CartridgeException e)
                {
                    result.AddError($"--codec: {e.Message}");
                    return null;
                }
            },
        };
        codec.CompletionSources.Add("none", "lz4", "zstd");
        return codec;
    }

    private static Argument<T> NotEmpty<T>(Argument<T> argument)
    {
        argument.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => token.Value.Length == 0))
            {
                result.AddError($"{argument.Name} is empty: the name of a {(argument.Name == "OUT" ? "file" : "container")} is needed");
            }
        });
        return argument;
    }
}
