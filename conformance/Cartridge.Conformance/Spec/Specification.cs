namespace Cartridge.Conformance.Spec;

/// <summary>All chapters of the specification together.</summary>
internal sealed class Specification
{
    private Specification(IReadOnlyList<SpecDocument> chapters)
    {
        Chapters = chapters;
        Requirements = [.. chapters.SelectMany(chapter => chapter.Requirements)];
        Checks = [.. chapters.SelectMany(chapter => chapter.Checks)];
        Layouts = chapters.SelectMany(chapter => chapter.Layouts).ToDictionary(layout => layout.Name, StringComparer.Ordinal);
    }

    /// <summary>The chapters, by number.</summary>
    public IReadOnlyList<SpecDocument> Chapters { get; }

    /// <summary>The requirements of all chapters, in the order of reading.</summary>
    public IReadOnlyList<Requirement> Requirements { get; }

    /// <summary>The checks of all chapters.</summary>
    public IReadOnlyList<Check> Checks { get; }

    /// <summary>The layouts of all chapters, by name.</summary>
    public IReadOnlyDictionary<string, Layout> Layouts { get; }

    /// <summary>The check of that id, or null if it is none.</summary>
    public Check? FindCheck(string id) => Checks.FirstOrDefault(check => check.Id == id);

    /// <summary>Reads the chapters of a work tree, <c>spec/NN-name.md</c>.</summary>
    /// <param name="root">The root of the work tree.</param>
    public static Specification Load(string root) => new(
        [.. ChapterFiles(root).Select(path => SpecDocument.Parse(Path.GetFileName(path), File.ReadAllText(path)))]);

    /// <summary>Puts chapters together that have been read already.</summary>
    public static Specification Of(params IReadOnlyList<SpecDocument> chapters) => new(chapters);

    /// <summary>The paths of the chapters of a work tree, in order.</summary>
    public static IEnumerable<string> ChapterFiles(string root) =>
        Directory.EnumerateFiles(Path.Combine(root, "spec"), "??-*.md").Order(StringComparer.Ordinal);

    /// <summary>What breaks the rules of spec/README.md within a chapter or between two.</summary>
    public IEnumerable<string> Problems() =>
        Chapters.SelectMany(chapter => chapter.Problems).Concat(
            Requirements.GroupBy(requirement => requirement.Id, StringComparer.Ordinal)
                .Where(group => group.Skip(1).Any())
                .Select(group => $"{group.Key} is given to more than one sentence: {string.Join(", ", group.Select(each => $"{each.Chapter}:{each.Line}"))}"));
}
