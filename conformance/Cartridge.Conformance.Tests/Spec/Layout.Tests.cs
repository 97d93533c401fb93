using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Cartridge.Conformance.Spec;
using Cartridge.Reference;
using Cartridge.Testing;

namespace Cartridge.Conformance.Tests.Spec;

/// <summary>
/// Each layout is written three times: in a table of the specification, in the structure description that other readers are generated
/// from, and as locations in the engine. The three are held against each other here, field by field.
/// </summary>
public class LayoutTests
{
    private static readonly IReadOnlyDictionary<string, Layout> Layouts = Specification.Load(RepositoryRoot.Find()).Layouts;

    /// <summary>A field with a fixed place: its name in capitals and small letters, as C# has it.</summary>
    private sealed record Field(string Name, int Offset, int? Length);

    [Theory]
    [InlineData("identity page", "identity_page")]
    [InlineData("page header", "page_header")]
    [InlineData("page reference", "page_reference")]
    [InlineData("tree reference", "tree_reference")]
    [InlineData("blob reference", "blob_reference")]
    [InlineData("run", "blob_run")]
    [InlineData("commit record", "commit_record")]
    [InlineData("tree node", "node")]
    [InlineData("leaf cell", "leaf_cell")]
    [InlineData("interior cell", "interior_cell")]
    [InlineData("catalog record", "catalog_record")]
    [InlineData("attribute", "attribute")]
    [InlineData("content key", "content_key")]
    [InlineData("extent", "extent")]
    public void The_structure_description_has_the_fields_of_the_table(string layout, string structure)
    {
        Field[] table = [.. OfTable(layout)];
        int end = table[^1].Offset + (table[^1].Length ?? 0);

        // Behind the last field with a fixed length the two may cut differently.
        Assert.Equal(table, OfStructure(structure, 0).Where(field => table.Any(known => known.Offset == field.Offset) || field.Offset < end));
    }

    [Theory]
    [InlineData("identity page", "IdentityField")]
    [InlineData("page header", "PageHeaderField")]
    [InlineData("commit record", "CommitField")]
    [InlineData("tree node", "NodeField")]
    [InlineData("catalog record", "CatalogRecordField")]
    public void The_engine_has_the_fields_of_the_table(string layout, string fields)
    {
        Field[] table = [.. OfTable(layout)];

        // A location without a length is not a field but where several fields end or begin; a node goes on differently by its kind.
        Assert.Equal(table, OfEngine(fields).Where(field => table.Any(known => known.Offset == field.Offset) && field.Name != "End"));
    }

    [Theory]
    [InlineData("page reference", "PageReference", "Length")]
    [InlineData("tree reference", "TreeReference", "Length")]
    [InlineData("run", "Run", "Length")]
    [InlineData("extent", "FreeExtent", "EncodedLength")]
    [InlineData("content key", "ChunkKey", "Length")]
    public void The_engine_has_the_lengths_of_small_structures(string layout, string type, string constant) =>
        Assert.Equal(Layouts[layout].Length, Constants(type)[constant]);

    [Fact]
    public void The_engine_begins_prefixes_and_runs_where_the_tables_do()
    {
        Assert.Equal(Layouts["leaf node"]["prefix"].Offset, Constants("NodeFieldLocations")["LeafPrefix"]);
        Assert.Equal(Layouts["interior node"]["first child"].Offset, Constants("NodeFieldLocations")["FirstChild"]);
        Assert.Equal(Layouts["interior node"]["prefix"].Offset, Constants("NodeFieldLocations")["InteriorPrefix"]);
        Assert.Equal(Layouts["blob reference"]["runs"].Offset, Constants("BlobReference")["FixedLength"]);
        Assert.Equal(Layouts["leaf cell"]["suffix"].Offset, Constants("NodeFieldLengths")["LeafCell"]);
        Assert.Equal(Layouts["attribute"]["name"].Offset, Constants("CatalogRecordFieldLengths")["Attribute"]);
    }

    private static IEnumerable<Field> OfTable(string layout)
    {
        string before = "";
        foreach (LayoutField field in Layouts[layout].Fields)
        {
            if (field.Offset is { } offset)
            {
                yield return new(field.Name == "reserved" ? ReservedAfter(before) : Pascal(field.Name), offset, field.FixedLength);
            }

            before = Pascal(field.Name);
        }
    }

    private static IEnumerable<Field> OfStructure(string structure, int start)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(
            RepositoryRoot.Combine("formats", "Cartridge.Formats", "Generated", "cartridge_3.fields.json")));
        return [.. Flatten(document.RootElement, structure, start)];
    }

    // Parts that exist for the sake of the description alone are taken apart.
    private static IEnumerable<Field> Flatten(JsonElement structures, string structure, int start)
    {
        string before = "";
        foreach (JsonElement field in structures.GetProperty(structure).EnumerateArray())
        {
            string name = field.GetProperty("name").GetString()!;
            if (field.GetProperty("offset") is not { ValueKind: JsonValueKind.Number } offset)
            {
                continue;
            }

            if (name is "mark" or "proof")
            {
                foreach (Field part in Flatten(structures, field.GetProperty("type").GetString()!, start + offset.GetInt32()))
                {
                    yield return part;
                }

                continue;
            }

            string pascal = name == "header" ? "PageHeader" : name.StartsWith("reserved", StringComparison.Ordinal) ? ReservedAfter(before) : Pascal(name);
            before = pascal;
            yield return new(pascal, start + offset.GetInt32(), field.GetProperty("length") is { ValueKind: JsonValueKind.Number } length ? length.GetInt32() : null);
        }
    }

    private static IEnumerable<Field> OfEngine(string fields)
    {
        Dictionary<string, int> lengths = Constants(fields + "Lengths");
        string before = "";
        foreach ((string name, int offset) in Constants(fields + "Locations"))
        {
            string full = name switch { "Reserved" => ReservedAfter(before), "FreeMap" => "FreeMapArea", _ => name };
            yield return new(full, offset, lengths.TryGetValue(name, out int length) ? length : null);
            before = name;
        }
    }

    private static Dictionary<string, int> Constants(string type) =>
        typeof(ErrorCode).Assembly.GetTypes().Single(candidate => candidate.Name == type && !candidate.IsNested)
            .GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(field => field is { IsLiteral: true } && field.FieldType == typeof(int))
            .ToDictionary(field => field.Name, field => (int)field.GetRawConstantValue()!);

    private static string ReservedAfter(string field) => $"ReservedAfter{field}";

    // "S3 ACL", "s3_acl" and "read-only-compatible features" as C# spells them.
    private static string Pascal(string name) => string.Concat(
        name.Split(' ', '_', '-').Select(word => char.ToUpper(word[0], CultureInfo.InvariantCulture) + word[1..].ToLowerInvariant()));
}
