using System.Globalization;
using System.Text;

namespace Cartridge.Conformance.Spec;

/// <summary>
/// A line of an example: a verb and arguments <c>name=value</c>. A value with blanks stands in quotes; in quotes, <c>\n</c> is a
/// line end, <c>\0</c> a NUL, and a backslash before anything else that thing.
/// </summary>
/// <param name="Verb">The first word.</param>
/// <param name="Arguments">The others, by name.</param>
internal sealed record CommandLine(string Verb, IReadOnlyDictionary<string, string> Arguments)
{
    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">A word behind the verb has no name, or a quote is not closed.</exception>
    public static CommandLine Parse(string line)
    {
        Queue<string> words = new(Words(line));
        string verb = words.Dequeue();
        Dictionary<string, string> arguments = new(StringComparer.Ordinal);
        foreach (string word in words)
        {
            string[] parts = word.Split('=', 2);
            if (parts.Length != 2 || !arguments.TryAdd(parts[0], parts[1]))
            {
                throw new FormatException($"\"{word}\" is no argument name=value, or its name occurs twice: {line}");
            }
        }

        return new(verb, arguments);
    }

    /// <summary>The value of an argument that has to be there.</summary>
    public string Required(string name) =>
        Arguments.GetValueOrDefault(name) ?? throw new FormatException($"{Verb} needs {name}=");

    /// <summary>The value of an argument that may be missing.</summary>
    public string? Optional(string name) => Arguments.GetValueOrDefault(name);

    /// <summary>The value of a numeric argument that may be missing.</summary>
    public long? OptionalNumber(string name) =>
        Optional(name) is { } text ? long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : null;

    private static IEnumerable<string> Words(string line)
    {
        StringBuilder word = new();
        bool quoted = false;
        for (int index = 0; index < line.Length; index++)
        {
            switch (line[index])
            {
                case '"':
                    quoted = !quoted;
                    break;
                case '\\' when quoted && index + 1 < line.Length:
                    index++;
                    word.Append(line[index] switch { 'n' => '\n', '0' => '\0', var other => other });
                    break;
                case ' ' when !quoted:
                    if (word.Length > 0)
                    {
                        yield return word.ToString();
                        word.Clear();
                    }

                    break;
                default:
                    word.Append(line[index]);
                    break;
            }
        }

        if (quoted)
        {
            throw new FormatException($"a quote is not closed: {line}");
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }
}
