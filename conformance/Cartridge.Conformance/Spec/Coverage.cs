using System.Text;

namespace Cartridge.Conformance.Spec;

/// <summary>Where one requirement is implemented and tested.</summary>
/// <param name="Requirement">The requirement.</param>
/// <param name="Check">Its row in the table "Checks", if it is a check.</param>
/// <param name="Implementations">Files of the reference.</param>
/// <param name="Obeying">Vectors that name it and have no fault.</param>
/// <param name="Breaking">Vectors whose fault breaks it.</param>
/// <param name="Tests">Other tests that name it.</param>
/// <param name="Untestable">Why no vector can test it, if none can.</param>
internal sealed record CoverageEntry(
    Requirement Requirement,
    Check? Check,
    IReadOnlyList<string> Implementations,
    IReadOnlyList<string> Obeying,
    IReadOnlyList<string> Breaking,
    IReadOnlyList<string> Tests,
    string? Untestable);

/// <summary>The coverage page: for each requirement, where it is implemented and which vectors test it.</summary>
internal sealed class Coverage
{
    private Coverage(IReadOnlyList<CoverageEntry> entries) => Entries = entries;

    /// <summary>One entry for each requirement, in the order of the specification.</summary>
    public IReadOnlyList<CoverageEntry> Entries { get; }

    /// <summary>The path of the page in a work tree.</summary>
    public static string PathIn(string root) => Path.Combine(root, "spec", "coverage.md");

    /// <summary>Collects what a work tree says of its requirements.</summary>
    public static Coverage Of(string root, Specification specification)
    {
        IReadOnlyDictionary<string, string> sources = Citations.ReferenceSources(root);
        IReadOnlyDictionary<string, string> tests = Citations.TestSources(root);
        IReadOnlyDictionary<string, string> reasons = RequirementLock.LoadReasons(root);
        IReadOnlyList<CitingVector> vectors = Citations.Vectors(root);
        return new([.. specification.Requirements.Select(requirement => new CoverageEntry(
            requirement,
            specification.FindCheck(requirement.Id),
            Citations.Implementations(sources, requirement.Id, EngineRules.All),
            [.. vectors.Where(vector => !vector.HasFault && vector.Requirements.Contains(requirement.Id, StringComparer.Ordinal)).Select(vector => vector.Id)],
            [.. vectors.Where(vector => vector.Breaks(requirement.Id)).Select(vector => vector.Id)],
            [.. tests.Where(test => test.Value.Contains(requirement.Id, StringComparison.Ordinal)).Select(test => test.Key)],
            reasons.GetValueOrDefault(requirement.Id)))]);
    }

    /// <summary>The page.</summary>
    public string ToMarkdown()
    {
        StringBuilder page = new();
        page.Append("# Coverage\n\n")
            .Append("Written by `spec coverage`; do not edit. For each requirement: where the reference implements it, the sound vectors\n")
            .Append("that name it, the vectors with a fault that breaks it, and other tests that name it.\n\n")
            .Append(Summary());
        foreach (IGrouping<string, CoverageEntry> chapter in Entries.GroupBy(entry => entry.Requirement.Chapter, StringComparer.Ordinal))
        {
            page.Append("\n## ").Append(Link(chapter.Key, chapter.Key)).Append("\n\n")
                .Append("| id | code | implemented in | sound vectors | vectors that break it | other tests |\n|---|---|---|---|---|---|\n");
            foreach (CoverageEntry entry in chapter)
            {
                page.Append(Row(entry));
            }
        }

        return page.ToString();
    }

    private string Summary()
    {
        CoverageEntry[] checks = [.. Entries.Where(entry => entry.Check is not null)];
        return $"{Entries.Count} requirements, {checks.Length} of them checks. "
            + $"{checks.Count(entry => entry.Breaking.Count > 0)} checks are broken by a vector, "
            + $"{Entries.Count(entry => entry.Untestable is not null)} requirements cannot be tested by a vector.\n";
    }

    private static string Row(CoverageEntry entry)
    {
        string breaking = entry.Untestable is { } reason
            ? string.Join(" ", [.. entry.Breaking.Select(Vector), $"untestable: {reason}"])
            : string.Join(" ", entry.Breaking.Select(Vector));
        return $"| {entry.Requirement.Id} | {entry.Check?.Code} | {string.Join(" ", entry.Implementations.Select(Source))} "
            + $"| {string.Join(" ", entry.Obeying.Select(Vector))} | {breaking} | {string.Join(" ", entry.Tests.Select(Source))} |\n";
    }

    private static string Source(string file) => Link(Path.GetFileName(file), $"../{file}");

    private static string Vector(string id) => Link(id, $"../conformance/vectors/{id}/case.json");

    private static string Link(string text, string target) => $"[{text}]({target})";
}
