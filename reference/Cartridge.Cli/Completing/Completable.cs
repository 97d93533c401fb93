using System.CommandLine;
using System.CommandLine.Completions;

namespace Cartridge.Cli;

/// <summary>What a shell may offer for the value of an option, or in the place of an argument.</summary>
internal enum Offer
{
    /// <summary>Nothing: only who types knows.</summary>
    Nothing,

    /// <summary>Files and folders.</summary>
    Files,

    /// <summary>Folders.</summary>
    Folders,

    /// <summary>A few words.</summary>
    Words,
}

/// <summary>An option as shells complete it.</summary>
/// <param name="Names">All its names.</param>
/// <param name="Description">What it does.</param>
/// <param name="TakesValue">Whether the next word is its value.</param>
/// <param name="Offer">What the value may be.</param>
/// <param name="Words">The words to offer for it.</param>
internal sealed record CompletableOption(
    IReadOnlyList<string> Names, string Description, bool TakesValue, Offer Offer, IReadOnlyList<string> Words);

/// <summary>A command as shells complete it: read off the commands themselves, so that no script can fall behind them.</summary>
/// <param name="Line">The words that lead to it after <c>cart</c>; empty for <c>cart</c> itself.</param>
/// <param name="Description">What it does.</param>
/// <param name="Commands">The commands below it.</param>
/// <param name="Options">Its options, those of the commands above included.</param>
/// <param name="Arguments">What each argument may be; the last repeats if <paramref name="Repeats"/>.</param>
/// <param name="Repeats">Whether the last argument may come more than once.</param>
internal sealed record Completable(
    string Line, string Description, IReadOnlyList<Completable> Commands, IReadOnlyList<CompletableOption> Options, IReadOnlyList<CompletableArgument> Arguments, bool Repeats)
{
    /// <summary>The last of the words.</summary>
    public string Name => Line[(Line.LastIndexOf(' ') + 1)..];

    /// <summary>The command and all commands below it.</summary>
    public IEnumerable<Completable> All => Commands.SelectMany(command => command.All).Prepend(this);

    /// <summary>Reads a command.</summary>
    public static Completable From(Command command, string line = "", IEnumerable<Option>? inherited = null)
    {
        var options = command.Options.Concat(inherited ?? []).Where(option => !option.Hidden).ToList();
        var recursive = options.Where(option => option.Recursive).ToList();
        return new Completable(
            line,
            command.Description ?? "",
            [.. command.Subcommands.Where(sub => !sub.Hidden).Select(sub => From(sub, line.Length == 0 ? sub.Name : $"{line} {sub.Name}", recursive))],
            [.. options.Select(From)],
            [.. command.Arguments.Select(From)],
            command.Arguments.LastOrDefault() is { Arity.MaximumNumberOfValues: > 1 });
    }

    private static CompletableOption From(Option option)
    {
        var takesValue = option.ValueType != typeof(bool) && option.ValueType != typeof(void);
        var words = option.HelpName?.Split('|') is { Length: > 1 } choice ? choice : [];
        return new CompletableOption([option.Name, .. option.Aliases.Where(alias => alias != "-?")], option.Description ?? "", takesValue, OfferFor(option.HelpName, words), words);
    }

    private static CompletableArgument From(Argument argument)
    {
        List<string> words = [.. argument.GetCompletions(CompletionContext.Empty).Select(item => item.Label)];
        return new CompletableArgument(argument.Name, OfferFor(argument.Name, words), words);
    }

    /// <summary>The names of values say what they are: the same names that help shows.</summary>
    private static Offer OfferFor(string? name, IReadOnlyList<string> words) => name switch
    {
        "FILE" or "SRC" or "OUT" => Offer.Files,
        "DIR" => Offer.Folders,
        _ => words.Count > 0 ? Offer.Words : Offer.Nothing,
    };
}

/// <summary>An argument as shells complete it.</summary>
/// <param name="Name">What help calls it.</param>
/// <param name="Offer">What it may be.</param>
/// <param name="Words">The words to offer for it.</param>
internal sealed record CompletableArgument(string Name, Offer Offer, IReadOnlyList<string> Words);
