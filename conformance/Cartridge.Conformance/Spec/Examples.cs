using System.Globalization;

namespace Cartridge.Conformance.Spec;

/// <summary>
/// The examples in the chapters. A block <c>cart-script name=...</c> makes a container, a block <c>cart-hexdump from=... page=...</c>
/// shows a page of one; the tool writes the latter, so that they show what an engine does today and not what an author remembers.
/// </summary>
internal sealed class Examples
{
    private const string Script = "cart-script";
    private const string Dump = "cart-hexdump";
    private const int PageSize = 4096;

    private readonly Specification _specification;
    private readonly Dictionary<string, byte[]> _containers = new(StringComparer.Ordinal);

    private Examples(Specification specification) => _specification = specification;

    /// <summary>Runs the scripts of all chapters.</summary>
    /// <exception cref="FormatException">A script is malformed, or two have one name.</exception>
    public static Examples Run(Specification specification)
    {
        Examples examples = new(specification);
        foreach (MarkdownBlock block in specification.Chapters.SelectMany(chapter => chapter.Blocks).Where(block => Is(block, Script)))
        {
            string name = CommandLine.Parse(block.FenceInfo).Required("name");
            if (!examples._containers.TryAdd(name, ExampleScript.Run(block.FenceBody)))
            {
                throw new FormatException($"two scripts are called {name}");
            }
        }

        return examples;
    }

    /// <summary>A chapter's text with the content of its dumps written anew.</summary>
    public string Regenerate(string text)
    {
        string[] lines = text.Split('\n');
        List<string> result = [];
        int next = 0;
        foreach (MarkdownBlock block in MarkdownBlock.Parse(lines).Where(block => Is(block, Dump)))
        {
            result.AddRange(lines[next..block.Line]);
            result.AddRange(DumpOf(CommandLine.Parse(block.FenceInfo)));
            next = block.Line + block.Lines.Count - 2;
        }

        result.AddRange(lines[next..]);
        return string.Join('\n', result);
    }

    private static bool Is(MarkdownBlock block, string verb) =>
        block.Kind == MarkdownKind.Fence && block.FenceInfo.Split(' ')[0] == verb;

    private string[] DumpOf(CommandLine dump)
    {
        byte[] container = _containers.GetValueOrDefault(dump.Required("from"))
            ?? throw new FormatException($"no script is called {dump.Required("from")}");
        long number = PageNumber(container, dump.Required("page"));
        byte[] page = [.. Page(container, number)];
        long first = dump.OptionalNumber("offset") ?? 0;
        string[] lines =
            [.. Hexdump.Lines(page, PageAnnotator.Annotate(_specification.Layouts, number, page).Where(annotation => annotation.Offset >= first))];
        int shown = (int)(dump.OptionalNumber("lines") ?? lines.Length);
        return shown < lines.Length ? [.. lines.Take(shown), "..."] : lines;
    }

    // A page is named by its number, or by what it is, so that examples do not depend on where an engine puts things.
    private long PageNumber(byte[] container, string page) => page switch
    {
        "identity" => 0,
        "record" => NewestRecord(container),
        "catalog" or "content" or "system" => RootOf(container, $"{page} tree"),
        _ => long.Parse(page, NumberStyles.None, CultureInfo.InvariantCulture),
    };

    private long RootOf(byte[] container, string tree) =>
        Number(container, NewestRecord(container), _specification.Layouts["commit record"][tree].Offset!.Value);

    private int NewestRecord(byte[] container)
    {
        int generation = _specification.Layouts["commit record"]["generation"].Offset!.Value;
        return Number(container, 1, generation) > Number(container, 2, generation) ? 1 : 2;
    }

    private static long Number(byte[] container, long page, int offset) => BitConverter.ToInt64(Page(container, page)[offset..]);

    private static ReadOnlySpan<byte> Page(byte[] container, long number) => container.AsSpan((int)number * PageSize, PageSize);
}
