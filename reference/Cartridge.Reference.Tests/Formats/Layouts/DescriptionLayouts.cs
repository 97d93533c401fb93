using System.Text.Json;
using System.Text.Json.Nodes;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests.Layouts;

/// <summary>
/// The types of the .ksy description, with the offsets that were computed when it was compiled; another test holds the file against the
/// description.
/// </summary>
internal static class DescriptionLayouts
{
    /// <summary>Types that the description tells apart from their surroundings for its own reasons.</summary>
    private static readonly string[] Dissolved = ["format_mark", "commit_proof"];

    /// <summary>Fields that a layout has no row for: what is left of a page, of a cell or of an area.</summary>
    private static readonly string[] Leftovers = ["gap", "rest", "padding"];

    private static readonly JsonObject FormatThree = Read("cartridge_3");

    private static readonly JsonObject[] FormatOne = [Read("cartridge_1"), Read("cartridge_1_snapshot")];

    private static readonly JsonObject Streams = Read("cartridge_stream");

    internal static IReadOnlyList<Field> Of(string type) => [.. Fields(FormatThree, type, 0)];

    /// <summary>A type of the descriptions of format 1.</summary>
    /// <param name="type">Its name.</param>
    internal static IReadOnlyList<Field> OfFormatOne(string type) => [.. Fields(FormatOne.First(types => types.ContainsKey(type)), type, 0)];

    /// <summary>A type of the description of streams.</summary>
    /// <param name="type">Its name.</param>
    internal static IReadOnlyList<Field> OfStream(string type) => [.. Fields(Streams, type, 0)];

    private static JsonObject Read(string description) => JsonNode.Parse(
        File.ReadAllText(RepositoryRoot.Combine("formats", "Cartridge.Formats", "Generated", $"{description}.fields.json")))!.AsObject();

    private static IEnumerable<Field> Fields(JsonObject types, string type, int start)
    {
        foreach (JsonObject field in types[type]!.AsArray().Select(node => node!.AsObject()))
        {
            string name = field["name"].Deserialize<string>()!;
            string? fieldType = field["type"].Deserialize<string?>();
            int? offset = start + field["offset"].Deserialize<int?>();
            if (fieldType is not null && Dissolved.Contains(fieldType))
            {
                foreach (Field inner in Fields(types, fieldType, offset!.Value))
                {
                    yield return inner;
                }
            }
            else if (!Leftovers.Contains(name))
            {
                yield return Field.Named(name.Split('_'), offset, field["length"].Deserialize<int?>());
            }
        }
    }
}
