using System.Text.RegularExpressions;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>The tables "Checks" at the end of the specification's chapters.</summary>
internal static partial class SpecificationChecks
{
    /// <summary>All checks, by the id of the requirement.</summary>
    internal static IReadOnlyDictionary<string, (string Code, string Phase)> All { get; } =
        Directory.EnumerateFiles(RepositoryRoot.Combine("spec"), "*.md")
            .SelectMany(File.ReadLines)
            .Select(line => Row().Match(line))
            .Where(match => match.Success)
            .ToDictionary(match => match.Groups["id"].Value, match => (match.Groups["code"].Value, match.Groups["phase"].Value));

    [GeneratedRegex(@"^\| (?<id>CART-[A-Z]{3}-[0-9]{3}) \| (?<code>[a-z.-]+) \| (?:(?<phase>open|access|verify)|(?<phase>verify) \(note\)) \|")]
    private static partial Regex Row();
}
