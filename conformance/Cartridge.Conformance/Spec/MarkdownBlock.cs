using System.Text.RegularExpressions;

namespace Cartridge.Conformance.Spec;

/// <summary>What a stretch of lines of a Markdown file is. As much of Markdown as the specification uses.</summary>
internal enum MarkdownKind
{
    /// <summary>One heading line.</summary>
    Heading,

    /// <summary>A paragraph or a list item: what sentences stand in.</summary>
    Text,

    /// <summary>Consecutive table rows.</summary>
    Table,

    /// <summary>A fenced code block, its fences included.</summary>
    Fence,
}

/// <summary>A block of a Markdown file.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Line">The number of its first line, from 1.</param>
/// <param name="Lines">Its lines as they stand in the file.</param>
internal sealed partial record MarkdownBlock(MarkdownKind Kind, int Line, IReadOnlyList<string> Lines)
{
    private const string FenceMark = "```";

    /// <summary>Of a heading: its words without the marks.</summary>
    public string HeadingText => Lines[0].TrimStart('#').Trim();

    /// <summary>Of a fence: what stands behind the opening mark.</summary>
    public string FenceInfo => Lines[0].TrimStart()[FenceMark.Length..].Trim();

    /// <summary>Of a fence: the lines between the marks.</summary>
    public IEnumerable<string> FenceBody => Lines.Skip(1).Take(Lines.Count - 2);

    /// <summary>Of a table: the cells of its rows, trimmed, without the row of dashes.</summary>
    public IReadOnlyList<IReadOnlyList<string>> TableRows =>
        [.. Lines.Where((_, index) => index != 1).Select(line => (IReadOnlyList<string>)[.. Cells(line)])];

    /// <summary>Cuts a file into blocks. Blank lines separate and belong to none.</summary>
    public static IReadOnlyList<MarkdownBlock> Parse(IReadOnlyList<string> lines)
    {
        List<MarkdownBlock> blocks = [];
        for (int index = 0; index < lines.Count;)
        {
            if (string.IsNullOrWhiteSpace(lines[index]))
            {
                index++;
                continue;
            }

            MarkdownKind kind = KindOf(lines[index]);
            int end = kind switch
            {
                MarkdownKind.Heading => index + 1,
                MarkdownKind.Fence => EndOfFence(lines, index),
                _ => EndOfRun(lines, index, kind),
            };
            blocks.Add(new(kind, index + 1, [.. lines.Skip(index).Take(end - index)]));
            index = end;
        }

        return blocks;
    }

    private static MarkdownKind KindOf(string line) => line.TrimStart() switch
    {
        ['#', ..] => MarkdownKind.Heading,
        ['|', ..] => MarkdownKind.Table,
        var text when text.StartsWith(FenceMark, StringComparison.Ordinal) => MarkdownKind.Fence,
        _ => MarkdownKind.Text,
    };

    private static int EndOfFence(IReadOnlyList<string> lines, int start)
    {
        int end = start + 1;
        while (end < lines.Count && lines[end].Trim() != FenceMark)
        {
            end++;
        }

        return Math.Min(end + 1, lines.Count);
    }

    private static int EndOfRun(IReadOnlyList<string> lines, int start, MarkdownKind kind)
    {
        int end = start + 1;
        while (end < lines.Count && !string.IsNullOrWhiteSpace(lines[end]) && KindOf(lines[end]) == kind && !ListItem().IsMatch(lines[end]))
        {
            end++;
        }

        return end;
    }

    private static IEnumerable<string> Cells(string row) => row.Trim().Trim('|').Split('|').Select(cell => cell.Trim());

    /// <summary>The mark of a list item: a dash, an asterisk or a number with a full stop.</summary>
    [GeneratedRegex(@"^\s*(?:[-*]|\d+\.)\s+", RegexOptions.CultureInvariant)]
    internal static partial Regex ListItem();
}
