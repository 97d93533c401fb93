using System.Text.RegularExpressions;

namespace Cartridge.Conformance.Spec;

/// <summary>One sentence of a text block.</summary>
/// <param name="Text">As it is written, with the ids behind it.</param>
/// <param name="Masked">The same, with every character of a code span replaced, so that no rule of prose applies there.</param>
/// <param name="Line">The line on which it ends.</param>
internal readonly record struct Sentence(string Text, string Masked, int Line);

/// <summary>Cuts text blocks into sentences, by the rule of spec/README.md.</summary>
internal static partial class Sentences
{
    /// <summary>The sentences of a paragraph or list item, in order.</summary>
    public static IEnumerable<Sentence> Of(MarkdownBlock block)
    {
        List<string> lines = [.. block.Lines];
        lines[0] = MarkdownBlock.ListItem().Replace(lines[0], "");
        string text = string.Join('\n', lines.Select(line => line.Trim()));
        string masked = CodeSpan().Replace(text, span => new string('x', span.Length));

        int start = 0;
        foreach (int end in Ends(masked).Append(text.Length).Distinct().Order())
        {
            if (!string.IsNullOrWhiteSpace(masked[start..end]))
            {
                int line = block.Line + masked[..end].TrimEnd().Count(character => character == '\n');
                yield return new(text[start..end].Trim(), masked[start..end].Trim(), line);
            }

            start = end;
        }
    }

    private static IEnumerable<int> Ends(string masked) =>
        FullStop().Matches(masked).Concat(Requirement.Marker().Matches(masked)).Select(match => match.Index + match.Length);

    /// <summary>A full stop, question mark or exclamation mark, white space, and no small letter or id behind it.</summary>
    [GeneratedRegex(@"[.?!][""')]*\s+(?![a-z]|\[CART-)", RegexOptions.CultureInvariant)]
    private static partial Regex FullStop();

    [GeneratedRegex("`[^`]*`", RegexOptions.CultureInvariant)]
    private static partial Regex CodeSpan();
}
