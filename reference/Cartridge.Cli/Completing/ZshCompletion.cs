using System.Text;

namespace Cartridge.Cli;

/// <summary>The completion script for zsh: a function for each command.</summary>
internal static class ZshCompletion
{
    /// <summary>Writes the script.</summary>
    public static string Write(Completable root)
    {
        var text = new StringBuilder(
            """
            #compdef cart
            # zsh completion for cart. Load it with: source <(cart completion zsh)
            # or save it as _cart in a folder of $fpath.


            """);
        foreach (var command in root.All)
        {
            text.Append(FunctionOf(command)).Append("() {\n");
            if (command.Commands.Count > 0)
            {
                AppendChoice(text, command);
            }
            else
            {
                AppendArguments(text, [.. Options(command), .. Arguments(command)]);
            }

            text.Append("}\n\n");
        }

        return text.Append(
            """
            if [[ ${funcstack[1]} == _cart ]]; then
                _cart "$@"
            else
                compdef _cart cart
            fi

            """).ToString();
    }

    private static string FunctionOf(Completable command) => command.Line.Length == 0 ? "_cart" : $"_cart_{command.Line.Replace(' ', '_')}";

    private static void AppendChoice(StringBuilder text, Completable command)
    {
        text.Append("    local state line\n    local -a commands=(\n");
        foreach (var sub in command.Commands)
        {
            text.Append("        ").Append(Quote($"{sub.Name}:{sub.Description}")).Append('\n');
        }

        text.Append("    )\n");
        AppendArguments(text, ["-C", .. Options(command), "'1:command:->command'", "'*::argument:->argument'"]);
        text.Append("    case $state in\n        command) _describe command commands ;;\n        argument)\n            case ${line[1]} in\n");
        foreach (var sub in command.Commands)
        {
            text.Append("                ").Append(sub.Name).Append(") ").Append(FunctionOf(sub)).Append(" ;;\n");
        }

        text.Append("            esac\n            ;;\n    esac\n");
    }

    private static void AppendArguments(StringBuilder text, IReadOnlyList<string> specifications) =>
        text.Append("    _arguments ").AppendJoin(" \\\n        ", specifications).Append('\n');

    private static IEnumerable<string> Options(Completable command) =>
        from option in command.Options
        from name in option.Names
        let value = option.TakesValue ? $"{(name.StartsWith("--", StringComparison.Ordinal) ? "=" : "+")}" : ""
        select Quote($"*{name}{value}[{Escape(option.Description)}]{(option.TakesValue ? $":value:{Action(option.Offer, option.Words)}" : "")}");

    private static IEnumerable<string> Arguments(Completable command) => command.Arguments.Select((argument, i) =>
        Quote($"{(command.Repeats && i == command.Arguments.Count - 1 ? "*" : (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture))}:{argument.Name}:{Action(argument.Offer, argument.Words)}"));

    private static string Action(Offer offer, IReadOnlyList<string> words) => offer switch
    {
        Offer.Files => "_files",
        Offer.Folders => "_files -/",
        Offer.Words => $"({string.Join(' ', words)})",
        _ => " ",
    };

    /// <summary>Brackets and colons have a meaning in a description.</summary>
    private static string Escape(string text) =>
        text.Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal);

    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
