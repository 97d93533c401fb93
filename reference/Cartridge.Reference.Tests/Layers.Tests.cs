using System.Text.RegularExpressions;
using System.Xml.Linq;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>
/// The order of the house: a chapter knows only the chapters below it, the engine references nothing, and formats know
/// nobody. Read off the sources: where a word that names a type of a higher folder stands in code, the order is broken.
/// </summary>
public sealed partial class LayersTests
{
    /// <summary>The engine's folders from the ground up; "" is the root, where the public face is.</summary>
    private static readonly string[] Floors =
        ["Conventions", "Media", "Header", "Crypto", "Pages", "Coding", "Commit", "Tree", "Catalog", "Content", "Snapshots", "Space", "Inspect", "Verify", "Signatures", "Engine", "Transfer", "", "Salvage"];

    private static string EngineFolder => RepositoryRoot.Combine("reference", "Cartridge.Reference");

    [Fact]
    public void No_chapter_of_the_engine_knows_a_higher_one()
    {
        var sources = Sources();
        var floorOf = sources.SelectMany(source => TypeNames().Matches(source.Code).Select(match => (Name: match.Groups[1].Value, source.Floor)))
            .GroupBy(type => type.Name).ToDictionary(group => group.Key, group => group.Min(type => type.Floor));
        Assert.True(floorOf.Count > 50, "The sources were not found.");

        var breaches = from source in sources
                       from word in Words().Matches(source.Code).Select(match => match.Value).Distinct()
                       where floorOf.TryGetValue(word, out var floor) && floor > source.Floor && !IsMemberName(source.Code, word)
                       select $"{source.File} (floor {Floors[source.Floor]}) names {word} (floor {Floors[floorOf[word]]})";
        Assert.Empty(breaches);
    }

    [Fact]
    public void Every_folder_of_the_engine_has_its_floor() =>
        Assert.Empty(Sources().Where(source => source.Floor < 0).Select(source => source.File));

    [Theory]
    [InlineData("reference/Cartridge.Reference")]
    [InlineData("formats/Cartridge.Formats")]
    public void The_ground_references_no_package_and_no_project(string folder)
    {
        var project = Directory.GetFiles(RepositoryRoot.Combine(folder), "*.csproj").Single();
        Assert.DoesNotContain(XDocument.Load(project).Descendants(), e => e.Name.LocalName is "PackageReference" or "ProjectReference");
    }

    [Fact]
    public void The_engine_knows_no_console_and_no_network() =>
        Assert.Empty(Sources().Where(source => Regex.IsMatch(source.Code, @"\bConsole\.|System\.Net\b")).Select(source => source.File));

    [Fact]
    public void Only_tests_and_the_suite_see_the_engines_inside()
    {
        var friends = XDocument.Load(Path.Combine(EngineFolder, "Cartridge.Reference.csproj")).Descendants()
            .Where(e => e.Name.LocalName == "InternalsVisibleTo").Select(e => e.Attribute("Include")!.Value);
        Assert.All(friends, friend => Assert.Matches("Test|Conformance", friend));
    }

    private static List<(string File, int Floor, string Code)> Sources() =>
        [.. from file in Directory.EnumerateFiles(EngineFolder, "*.cs", SearchOption.AllDirectories)
            let name = Path.GetRelativePath(EngineFolder, file)
            where !name.StartsWith("obj", StringComparison.Ordinal) && !name.StartsWith("bin", StringComparison.Ordinal)
            let floor = Array.IndexOf(Floors, Path.GetDirectoryName(name))
            select (name, floor, Strings().Replace(Comments().Replace(File.ReadAllText(file), ""), "\"\""))];

    /// <summary>A member may bear the name of a type: then it stands after a dot, or is declared.</summary>
    private static bool IsMemberName(string code, string word) =>
        Regex.Count(code, $@"(?<![\w])(?<!\.){word}\b(?!\s*(=>|\{{ get|,|=[^=]))") == 0;

    [GeneratedRegex(@"^(?:public|internal)[\w ]* (?:class|struct|interface|enum|record) (\w+)", RegexOptions.Multiline)]
    private static partial Regex TypeNames();

    [GeneratedRegex(@"\b[A-Z]\w+\b")]
    private static partial Regex Words();

    [GeneratedRegex(@"//.*")]
    private static partial Regex Comments();

    [GeneratedRegex(@"\$?""(?:[^""\\\n]|\\.)*""")]
    private static partial Regex Strings();
}
