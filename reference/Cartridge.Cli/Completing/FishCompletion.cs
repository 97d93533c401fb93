using System.Text;

namespace Cartridge.Cli;

/// <summary>The completion script for fish: a line for each thing that may be completed.</summary>
internal static class FishCompletion
{
    /// <summary>Writes the script.</summary>
    public static string Write(Completable root)
    {
        var text = new StringBuilder(
            """
            # fish completion for cart. Load it with: cart completion fish | source
            complete -c cart -f

            """);
        foreach (var command in root.All)
        {
            var condition = Condition(command);
            foreach (var sub in command.Commands)
            {
                Append(text, condition, $"-a {sub.Name} -d {Quote(sub.Description)}");
            }

            foreach (var option in command.Options)
            {
                Append(text, condition, $"{string.Join(' ', option.Names.Select(Name))}{Value(option)} -d {Quote(option.Description)}");
            }

            foreach (var argument in command.Arguments.Where(argument => argument.Offer != Offer.Nothing).DistinctBy(argument => argument.Offer))
            {
                Append(text, condition, argument.Offer == Offer.Words ? $"-a {Quote(string.Join(' ', argument.Words))}" : "-F");
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string condition, string what) =>
        text.Append("complete -c cart -n ").Append(Quote(condition)).Append(' ').Append(what).Append('\n');

    /// <summary>When a command is the one being typed: its words have been, and none of those that could follow them.</summary>
    private static string Condition(Completable command)
    {
        var seen = command.Line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => $"__fish_seen_subcommand_from {word}");
        var unseen = command.Commands.Count > 0 ? [$"not __fish_seen_subcommand_from {string.Join(' ', command.Commands.Select(sub => sub.Name))}"] : Array.Empty<string>();
        return string.Join("; and ", seen.Concat(unseen));
    }

    private static string Name(string name) =>
        name.StartsWith("--", StringComparison.Ordinal) ? $"-l {name[2..]}" : $"-s {Quote(name[1..])}";

    private static string Value(CompletableOption option) => (option.TakesValue, option.Offer) switch
    {
        (false, _) => "",
        (_, Offer.Files) => " -r -F",
        (_, Offer.Folders) => " -x -a '(__fish_complete_directories)'",
        (_, Offer.Words) => $" -x -a {Quote(string.Join(' ', option.Words))}",
        _ => " -x",
    };

    private static string Quote(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
