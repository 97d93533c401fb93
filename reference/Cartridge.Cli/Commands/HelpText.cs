using System.CommandLine;
using System.Text;

namespace Cartridge.Cli;

/// <summary>The help of a command: usage, arguments, options, and above all examples.</summary>
internal static class HelpText
{
    private const int Width = 100;
    private const string Indent = "  ";

    /// <summary>The whole help text, ending with a line break.</summary>
    public static string Of(Command command)
    {
        var text = new StringBuilder();
        text.Append(Usage(command)).Append("\n\n").Append(command.Description).Append('\n');
        Section(text, "Commands", command.Subcommands.Select(sub => (sub.Name, sub.Description)));
        Section(text, "Arguments", command.Arguments.Select(argument => (argument.Name, argument.Description)));
        Section(text, "Options", OptionsOf(command).Select(option => (NamesOf(option), option.Description)));
        if (command is CartCommand { Examples: var examples, Remarks: var remarks })
        {
            Section(text, "Examples", examples.Select(example => (example.Line, (string?)example.Effect)));
            text.Append(remarks.Length == 0 ? "" : $"\n{remarks}\n");
        }

        return text.ToString();
    }

    /// <summary>A command's name with that of the program before it.</summary>
    public static string NameOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{NameOf(parent)} {command.Name}" : command.Name;

    private static string Usage(Command command)
    {
        var parts = new List<string> { NameOf(command) };
        parts.AddRange(command.Subcommands.Count > 0 ? ["COMMAND ..."] : []);
        parts.AddRange(command.Arguments.Select(UsageOf));
        parts.AddRange(command.Options.Where(option => option.Action is null).Select(UsageOf));
        return string.Join(' ', parts);
    }

    private static string UsageOf(Argument argument)
    {
        var name = argument.Arity.MaximumNumberOfValues > 1 ? $"{argument.Name}..." : argument.Name;
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
    }

    private static string UsageOf(Option option) => option.Required ? ValuedName(option, option.Name) : $"[{ValuedName(option, option.Name)}]";

    private static string NamesOf(Option option) =>
        ValuedName(option, string.Join(", ", option.Aliases.Where(alias => alias != "-?").Append(option.Name).OrderBy(name => name.Length)));

    private static string ValuedName(Option option, string name) => option.HelpName is { } value ? $"{name} {value}" : name;

    private static IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Concat(Above(command).SelectMany(parent => parent.Options).Where(option => option.Recursive));

    private static IEnumerable<Command> Above(Command command) =>
        command.Parents.OfType<Command>().SelectMany(parent => Above(parent).Prepend(parent));

    /// <summary>Two columns; where the left one is too wide for that, what it means stands below it.</summary>
    private static void Section(StringBuilder text, string title, IEnumerable<(string Left, string? Right)> rows)
    {
        var list = rows.ToList();
        if (list.Count == 0)
        {
            return;
        }

        text.Append('\n').Append(title).Append(":\n");
        var left = list.Max(row => row.Left.Length) + Indent.Length;
        var isBeside = left <= Width * 2 / 3;
        var margin = isBeside ? Indent.Length + left : Indent.Length * 3;
        foreach (var row in list)
        {
            text.Append(Indent).Append(isBeside ? row.Left.PadRight(left) : $"{row.Left}\n{new string(' ', margin)}");
            text.AppendJoin($"\n{new string(' ', margin)}", Wrap(row.Right ?? "", Width - margin)).Append('\n');
        }
    }

    private static List<string> Wrap(string text, int width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                lines.Add(line);
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        lines.Add(line);
        return lines;
    }
}
