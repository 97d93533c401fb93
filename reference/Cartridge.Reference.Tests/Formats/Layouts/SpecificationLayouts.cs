using System.Globalization;
using System.Text.RegularExpressions;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests.Layouts;

/// <summary>The layouts of the specification: under a heading that ends in "Layout: name", a table of offset, length and field.</summary>
internal static partial class SpecificationLayouts
{
    internal static IReadOnlyDictionary<string, IReadOnlyList<Field>> All { get; } = ReadAll();

    private static Dictionary<string, IReadOnlyList<Field>> ReadAll()
    {
        Dictionary<string, IReadOnlyList<Field>> layouts = [];
        foreach (string chapter in Directory.EnumerateFiles(RepositoryRoot.Combine("spec"), "*.md"))
        {
            string? name = null;
            foreach (string line in File.ReadLines(chapter))
            {
                if (line.StartsWith('#'))
                {
                    name = Heading().Match(line) is { Success: true } heading ? heading.Groups["name"].Value : null;
                }
                else if (name is not null && Row().Match(line) is { Success: true } row)
                {
                    string[] words = row.Groups["field"].Value.Split(' ');
                    Field field = Field.Named(words, Number(row.Groups["offset"]), Number(row.Groups["length"]));
                    layouts[name] = [.. layouts.GetValueOrDefault(name, []), field];
                }
                else if (name is not null && layouts.ContainsKey(name))
                {
                    // A section may go on with tables of another kind.
                    name = null;
                }
            }
        }

        return layouts;
    }

    private static int? Number(Group group) => int.TryParse(group.Value, CultureInfo.InvariantCulture, out int number) ? number : null;

    [GeneratedRegex(@"^#+ .*Layout: (?<name>.+)$")]
    private static partial Regex Heading();

    // The rows of the table, but neither its head nor the line under it.
    [GeneratedRegex(@"^\| (?<offset>[0-9]+|then) \| (?<length>[^|]+) \| (?<field>[^|]+) \|")]
    private static partial Regex Row();
}
