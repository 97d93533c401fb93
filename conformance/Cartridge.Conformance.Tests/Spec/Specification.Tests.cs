using System.Text.RegularExpressions;
using Cartridge.Conformance.Spec;
using Cartridge.Reference;
using Cartridge.Testing;

namespace Cartridge.Conformance.Tests.Spec;

/// <summary>Holds the chapters in <c>spec/</c> against everything that is derived from them.</summary>
public class SpecificationTests
{
    private const string Update = "run: dotnet run --project conformance/Cartridge.Conformance -- spec ";
    private static readonly string Root = RepositoryRoot.Find();
    private static readonly Specification Chapters = Specification.Load(Root);

    [Fact]
    public void Every_normative_sentence_has_one_id_and_every_table_is_in_order()
    {
        Assert.True(Chapters.Chapters.Count >= 9);
        AssertNone(Chapters.Problems());
    }

    [Fact]
    public void The_lock_holds_what_the_chapters_say()
    {
        RequirementLock locked = RequirementLock.Load(Root);
        AssertNone(locked.Forbids(Chapters));
        AssertNone(locked.Differences(Chapters, RequirementLock.LoadReasons(Root)), Update + "lock");
        Assert.Equal(locked.ToText(), File.ReadAllText(RequirementLock.PathIn(Root)));
    }

    [Fact]
    public void Every_id_that_is_cited_anywhere_is_in_force()
    {
        RequirementLock locked = RequirementLock.Load(Root);
        AssertNone(Citations.InTree(Root)
            .Where(citation => locked.Find(citation.Id) is not { IsActive: true })
            .Select(citation => $"{citation.File}:{citation.Line}: there is no requirement {citation.Id}"));
    }

    [Fact]
    public void The_checks_of_the_engine_are_those_of_the_specification() => Assert.Equal(
        Chapters.Checks.Select(check => (check.Id, check.Code)).OrderBy(check => check.Id, StringComparer.Ordinal),
        EngineRules.All.Where(rule => Requirement.NumberOf(rule.Id) < Requirement.FirstDuty).Select(rule => (rule.Id, rule.Code)));

    [Fact]
    public void What_else_the_engine_reports_is_a_limit_or_a_codec_that_is_not_there() => Assert.All(
        EngineRules.All.Where(rule => Requirement.NumberOf(rule.Id) >= Requirement.FirstDuty),
        rule => Assert.Contains(rule.Code, (string[])["limit.exceeded", "codec.unavailable"]));

    [Fact]
    public void Every_error_code_of_a_check_or_of_the_engine_is_explained_in_chapter_1()
    {
        HashSet<string> explained = [.. Chapters.Chapters[0].Blocks
            .Where(block => block.Kind == MarkdownKind.Table)
            .SelectMany(block => block.TableRows.Skip(1))
            .Select(row => row[0].Trim('`'))];
        IEnumerable<string> engine = typeof(ErrorCode).GetFields()
            .Where(field => field.IsStatic && field.FieldType == typeof(ErrorCode))
            .Select(field => field.GetValue(null)!.ToString()!);

        AssertNone(Chapters.Checks.Select(check => check.Code).Concat(engine).Distinct().Where(code => !explained.Contains(code)));
        AssertNone(explained.Except(engine), "the engine lacks it");
    }

    [Fact]
    public void What_the_reference_quotes_stands_in_the_specification()
    {
        string text = Requirement.Normalise(string.Join(' ', Specification.ChapterFiles(Root).Select(File.ReadAllText)));
        AssertNone(
            from source in Citations.ReferenceSources(Root)
            from quote in Regex.Matches(Comments(source.Value), "\"([^\"]*\\b(?:MUST|SHOULD|MAY)\\b[^\"]*)\"")
            where !text.Contains(Requirement.Normalise(quote.Groups[1].Value), StringComparison.Ordinal)
            select $"{source.Key}: the specification does not say: {quote.Groups[1].Value}");
    }

    [Fact]
    public void Sections_that_the_sources_name_exist()
    {
        HashSet<(string, string)> sections = [.. Chapters.Chapters.SelectMany(chapter => chapter.Blocks
            .Where(block => block.Kind == MarkdownKind.Heading)
            .Select(block => (chapter.Name, block.HeadingText.TrimStart('.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9').Trim())))];
        AssertNone(
            from source in Citations.ReferenceSources(Root).Concat(Citations.TestSources(Root))
            from section in Regex.Matches(Comments(source.Value), "spec/([0-9]{2}-[a-z]+[.]md), \"([^\"]+)\"")
            where !sections.Contains((section.Groups[1].Value, section.Groups[2].Value))
            select $"{source.Key}: there is no section {section.Value}");
    }

    [Fact]
    public void The_layouts_fill_their_pages()
    {
        Assert.Equal(4096, Chapters.Layouts["identity page"].Length);
        Assert.Equal(4096, Chapters.Layouts["commit record"].Length);
        Assert.Equal(64, Chapters.Layouts["page header"].Length);
        Assert.Equal(48, Chapters.Layouts["page reference"].Length);
        Assert.Equal(64, Chapters.Layouts["tree reference"].Length);
        Assert.Equal(20, Chapters.Layouts["extent"].Length);
        Assert.Equal(10, Chapters.Layouts["run"].Length);
        Assert.Equal(16, Chapters.Layouts["content key"].Length);
        Assert.Equal(Chapters.Layouts["tree node"].Length, Chapters.Layouts["leaf node"].Fields[0].Offset);
    }

    [Fact]
    public void The_coverage_page_is_fresh() =>
        Assert.True(Coverage.Of(Root, Chapters).ToMarkdown() == File.ReadAllText(Coverage.PathIn(Root)), Update + "coverage");

    [Fact]
    public void Every_check_is_broken_by_a_vector_or_says_why_none_can() => AssertNone(
        Coverage.Of(Root, Chapters).Entries
            .Where(entry => entry is { Check: not null, Breaking.Count: 0, Untestable: null })
            .Select(entry => $"{entry.Requirement.Id} ({entry.Check!.Summary}) has no vector that breaks it"));

    [Fact]
    public void The_examples_show_what_the_engine_writes()
    {
        Examples examples = Examples.Run(Chapters);
        foreach (string path in Specification.ChapterFiles(Root))
        {
            string text = File.ReadAllText(path);
            Assert.True(examples.Regenerate(text) == text, $"{Path.GetFileName(path)}: {Update}examples");
        }
    }

    [Fact]
    public void Relative_links_in_Markdown_files_lead_somewhere() => AssertNone(
        Directory.EnumerateFiles(Root, "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "artifacts" or "node_modules" || part.StartsWith('.')))
            .SelectMany(file => MarkdownLinks.BrokenIn(Root, file)));

    // The line comments of a source file, with neighbouring lines joined, so that a quotation may run over several.
    private static string Comments(string source) =>
        string.Join(' ', source.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("//", StringComparison.Ordinal)).Select(line => line.TrimStart('/').Trim()));

    private static void AssertNone(IEnumerable<string> problems, string advice = "")
    {
        string[] all = [.. problems];
        Assert.True(all.Length == 0, string.Join(Environment.NewLine, [.. all, advice]));
    }
}
