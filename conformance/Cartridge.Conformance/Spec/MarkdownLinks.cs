using System.Text.RegularExpressions;

namespace Cartridge.Conformance.Spec;

/// <summary>Finds relative links in Markdown files that lead nowhere.</summary>
internal static partial class MarkdownLinks
{
    /// <summary>The broken links of one file, each with its place.</summary>
    /// <param name="root">The root of the work tree.</param>
    /// <param name="file">The file, from the root.</param>
    public static IEnumerable<string> BrokenIn(string root, string file)
    {
        string path = Path.Combine(root, file);
        foreach (MarkdownBlock block in MarkdownBlock.Parse(File.ReadAllLines(path)).Where(block => block.Kind != MarkdownKind.Fence))
        {
            foreach (Match link in Link().Matches(CodeSpan().Replace(string.Join('\n', block.Lines), "")))
            {
                if (Broken(path, link.Groups["target"].Value) is { } problem)
                {
                    yield return $"{file}:{block.Line}: {problem}";
                }
            }
        }
    }

    /// <summary>The anchors that a Markdown file's headings make.</summary>
    public static IReadOnlySet<string> Anchors(string path)
    {
        HashSet<string> anchors = new(StringComparer.Ordinal);
        foreach (MarkdownBlock heading in MarkdownBlock.Parse(File.ReadAllLines(path)).Where(block => block.Kind == MarkdownKind.Heading))
        {
            string anchor = Anchor(heading.HeadingText);
            string unique = anchor;
            for (int again = 1; !anchors.Add(unique); again++)
            {
                unique = $"{anchor}-{again}";
            }
        }

        return anchors;
    }

    private static string? Broken(string from, string target)
    {
        if (Uri.TryCreate(target, UriKind.Absolute, out Uri? uri) && !uri.IsFile)
        {
            return null;
        }

        string[] parts = target.Split('#', 2);
        string path = parts[0].Length == 0 ? from : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(from)!, Uri.UnescapeDataString(parts[0])));
        if (!Path.Exists(path))
        {
            return $"{target} leads to nothing";
        }

        bool hasAnchors = parts.Length == 2 && path.EndsWith(".md", StringComparison.Ordinal);
        return hasAnchors && !Anchors(path).Contains(parts[1]) ? $"{target} names no heading of {Path.GetFileName(path)}" : null;
    }

    private static string Anchor(string heading) =>
        NotInAnchors().Replace(heading.ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"(?<!\\)\[[^\]]*\]\((?<target>[^)\s]+)(?:\s+""[^""]*"")?\)", RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    [GeneratedRegex("`[^`\n]*`", RegexOptions.CultureInvariant)]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]", RegexOptions.CultureInvariant)]
    private static partial Regex NotInAnchors();
}
