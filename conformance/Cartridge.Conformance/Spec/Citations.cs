using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cartridge.Conformance.Spec;

/// <summary>A place where an id is named.</summary>
/// <param name="Id">The id.</param>
/// <param name="File">The file, from the root of the work tree, with slashes.</param>
/// <param name="Line">The line, from 1.</param>
internal sealed record Citation(string Id, string File, int Line);

/// <summary>What a vector says of the requirements it tests.</summary>
/// <param name="Id">The vector's id: area and slug.</param>
/// <param name="Requirements">The ids it names.</param>
/// <param name="HasFault">Whether its input is an accepted one with a fault in it.</param>
internal sealed record CitingVector(string Id, IReadOnlyList<string> Requirements, bool HasFault)
{
    /// <summary>
    /// Whether it tests the requirement by breaking it. The first id of a vector with a fault is the check that the fault breaks;
    /// the others are what else is at stake. Not each fault is a rejection: one of a record leaves a warning, for instance.
    /// </summary>
    public bool Breaks(string requirement) => HasFault && Requirements[0] == requirement;
}

/// <summary>Finds the ids that sources, documents and vectors of a work tree name.</summary>
internal static class Citations
{
    private static readonly string[] Extensions = [".cs", ".ksy", ".md", ".json", ".py", ".ipynb"];

    // Built, generated or written by the tool itself; and the tests of the tool, whose ids are made up.
    private static readonly string[] Skipped =
        ["bin", "obj", "artifacts", ".git", "conformance/Cartridge.Conformance.Tests/Spec", "spec/coverage.md", "spec/requirements.lock.json"];

    /// <summary>Every id that a file of the work tree names, tombstones of vectors left out.</summary>
    public static IEnumerable<Citation> InTree(string root) =>
        Files(root, "").Where(file => !IsTombstone(root, file)).SelectMany(file => InFile(root, file));

    /// <summary>The sources of the reference without its tests: path from the root to text.</summary>
    public static IReadOnlyDictionary<string, string> ReferenceSources(string root) => Sources(root, ["reference"], tests: false);

    /// <summary>The sources of all tests but those of the specification itself: path from the root to text.</summary>
    public static IReadOnlyDictionary<string, string> TestSources(string root) => Sources(root, ["reference", "conformance", "formats"], tests: true);

    /// <summary>
    /// Where the reference implements a requirement: files that name it, and files that name the rule that carries it. The class
    /// that only declares the rule counts only if nothing else does.
    /// </summary>
    public static IReadOnlyList<string> Implementations(
        IReadOnlyDictionary<string, string> sources, string id, IReadOnlyList<EngineRule> rules)
    {
        string[] members = [.. rules.Where(rule => rule.Id == id).Select(rule => rule.Member)];
        List<string> all = [.. sources
            .Where(file => file.Value.Contains(id, StringComparison.Ordinal) || members.Any(member => Names(file.Value, member)))
            .Select(file => file.Key)];
        List<string> obeying = [.. all.Where(file => !file.EndsWith("Rule.cs", StringComparison.Ordinal))];
        return obeying.Count > 0 ? obeying : all;
    }

    /// <summary>The vectors of a work tree with what they say of requirements, in the order of their ids; tombstones left out.</summary>
    public static IReadOnlyList<CitingVector> Vectors(string root)
    {
        string vectors = Path.Combine(root, "conformance", "vectors");
        return !Directory.Exists(vectors)
            ? []
            : [.. Directory.EnumerateFiles(vectors, "case.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .Select(ReadVector).OfType<CitingVector>()];
    }

    private static Dictionary<string, string> Sources(string root, IEnumerable<string> folders, bool tests) => folders
        .SelectMany(folder => Files(root, folder))
        .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) && IsTest(file) == tests)
        .ToDictionary(file => file, file => File.ReadAllText(Path.Combine(root, file)), StringComparer.Ordinal);

    private static bool IsTest(string file) =>
        file.Contains(".Tests/", StringComparison.Ordinal) || file.Contains("/Cartridge.Testing/", StringComparison.Ordinal);

    private static CitingVector? ReadVector(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        JsonElement vector = document.RootElement;
        return vector.TryGetProperty("status", out JsonElement status) && status.GetString() == "removed"
            ? null
            : new(
                vector.GetProperty("id").GetString()!,
                [.. vector.GetProperty("requirements").EnumerateArray().Select(id => id.GetString()!)],
                vector.TryGetProperty("fault", out JsonElement fault) && fault.ValueKind == JsonValueKind.Object);
    }

    private static bool IsTombstone(string root, string file) =>
        file.StartsWith("conformance/vectors/", StringComparison.Ordinal) && file.EndsWith("/case.json", StringComparison.Ordinal)
        && ReadVector(Path.Combine(root, file)) is null;

    private static IEnumerable<Citation> InFile(string root, string file)
    {
        int number = 0;
        foreach (string line in File.ReadLines(Path.Combine(root, file)))
        {
            number++;
            foreach (Match match in Requirement.Citation().Matches(line))
            {
                yield return new(match.Value, file, number);
            }
        }
    }

    private static IEnumerable<string> Files(string root, string folder)
    {
        foreach (string entry in Directory.EnumerateFileSystemEntries(Path.Combine(root, folder)).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(entry);
            string path = folder.Length == 0 ? name : $"{folder}/{name}";
            if (Skipped.Contains(name) || Skipped.Contains(path))
            {
                continue;
            }

            if (Directory.Exists(entry))
            {
                foreach (string file in Files(root, path))
                {
                    yield return file;
                }
            }
            else if (Extensions.Contains(Path.GetExtension(entry)))
            {
                yield return path;
            }
        }
    }

    private static bool Names(string text, string member)
    {
        for (int at = text.IndexOf(member, StringComparison.Ordinal); at >= 0; at = text.IndexOf(member, at + 1, StringComparison.Ordinal))
        {
            int end = at + member.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                return true;
            }
        }

        return false;
    }
}
