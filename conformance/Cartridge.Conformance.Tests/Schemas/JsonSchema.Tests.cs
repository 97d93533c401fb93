using System.Text.Json;
using System.Text.Json.Nodes;
using Cartridge.Conformance.Schemas;
using Cartridge.Conformance.Tests.Vectors;
using Cartridge.Conformance.Vectors;
using Cartridge.Testing;

namespace Cartridge.Conformance.Tests.Schemas;

public class JsonSchemaTests
{
    private const string AnyCase = "catalog/one-folder";

    public static TheoryData<string> Vectors => Suite.Ids(_ => true);

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Every_file_of_the_suite_is_valid(string id)
    {
        AssertValid("case", JsonNode.Parse(Suite.Vectors.Text(id, VectorFolder.CaseFile)));
        if (Suite.IsAccepted(Suite.Vectors.Case(id)))
        {
            AssertValid(Suite.IsFormatOne(id) ? "expected-1" : "expected", Suite.Projection(id));
        }
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_case_is_written_as_it_was_read(string id)
    {
        string text = Suite.Vectors.Text(id, VectorFolder.CaseFile);
        Assert.Equal(text, VectorCase.FromJson(text).ToJson());
    }

    [Theory]
    [InlineData("id", "\"Upper/case\"", "/id")]
    [InlineData("id", "\"no-area\"", "/id")]
    [InlineData("title", "\"\"", "/title")]
    [InlineData("why", "null", "/why")]
    [InlineData("requirements", "[]", "/requirements")]
    [InlineData("requirements", "[\"CART-HDR-001\",\"CART-HDR-001\"]", "/requirements")]
    [InlineData("requirements", "[\"HDR-001\"]", "/requirements/0")]
    [InlineData("since", "\"1\"", "/since")]
    [InlineData("status", "\"draft\"", "/status")]
    [InlineData("input", "{\"file\":\"input.carthex\",\"sha256\":\"00\",\"length\":1}", "/input/sha256")]
    [InlineData("input", "{\"file\":\"input.carthex\",\"length\":1}", "/input")]
    [InlineData("limits", "{\"seconds\":0,\"megabytes\":512}", "/limits/seconds")]
    [InlineData("limits", "{\"seconds\":1.5,\"megabytes\":512}", "/limits/seconds")]
    [InlineData("steps", "[]", "/steps")]
    [InlineData("steps", "[{\"op\":\"delete\"}]", "/steps/0/op")]
    [InlineData("steps", "[{\"op\":\"read\"}]", "/steps/0")]
    [InlineData("steps", "[{\"op\":\"list\",\"args\":{}}]", "/steps/0/args")]
    [InlineData("expect", "{\"kind\":\"accept\"}", "/expect")]
    [InlineData("expect", "{\"kind\":\"reject\",\"when\":\"open\",\"codes\":[\"page.bad-type\"]}", "/expect/kind")] // without a fault
    [InlineData("expect", "{\"kind\":\"choice\",\"outcomes\":[]}", "/expect")]
    [InlineData("surprise", "1", "/surprise")]
    public void A_case_that_is_wrong_in_one_member_is_refused_there(string member, string value, string pointer)
    {
        JsonObject broken = JsonNode.Parse(Suite.Vectors.Text(AnyCase, VectorFolder.CaseFile))!.AsObject();
        broken[member] = JsonNode.Parse(value);
        Assert.Contains(Schema("case").Validate(broken), fault => fault.StartsWith($"{pointer}:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/format", "2")]
    [InlineData("/containerId", "\"c0\"")]
    [InlineData("/generation", "-1")]
    [InlineData("/generation", "18446744073709551616")]
    [InlineData("/created", "9223372036854775808")]
    [InlineData("/entries/0/mode", "\"755\"")]
    [InlineData("/entries/0/type", "\"device\"")]
    [InlineData("/entries/0/size", "1")] // of a folder
    [InlineData("/entries/0/sha256", "\"00\"")] // of a folder
    public void A_projection_that_is_wrong_in_one_member_is_refused_there(string pointer, string value)
    {
        JsonNode broken = Suite.Projection(AnyCase);
        string[] steps = pointer.Split('/')[1..];
        JsonNode parent = steps[..^1].Aggregate(broken, (node, step) => node is JsonArray items ? items[int.Parse(step)]! : node[step]!);
        parent.AsObject()[steps[^1]] = JsonNode.Parse(value);
        Assert.Contains(Schema("expected").Validate(broken), fault => fault.StartsWith($"{pointer}:", StringComparison.Ordinal));
    }

    [Fact]
    public void A_choice_says_which_sentence_permits_each_outcome()
    {
        JsonObject choice = JsonNode.Parse(Suite.Vectors.Text("page/node-birth", VectorFolder.CaseFile))!.AsObject();
        choice["expect"] = JsonNode.Parse(
            """
            {"kind":"choice","outcomes":[
              {"kind":"accept","projection":"expected.json","may":"CART-CNV-101 permits it"},
              {"kind":"reject","when":"open","codes":["page.out-of-range"],"may":"CART-CNV-102 permits it"}]}
            """);
        AssertValid("case", choice);
        choice["expect"]!["outcomes"]![0]!.AsObject().Remove("may");
        Assert.NotEmpty(Schema("case").Validate(choice));
    }

    [Fact]
    public void A_keyword_outside_the_subset_is_an_error_of_the_schema() =>
        Assert.Throws<JsonException>(() => JsonSchema.Parse("""{"multipleOf":2}""").Validate(JsonNode.Parse("4")));

    internal static void AssertValid(string schema, JsonNode? document) => Assert.Empty(Schema(schema).Validate(document));

    private static JsonSchema Schema(string name) =>
        JsonSchema.Parse(File.ReadAllText(RepositoryRoot.Combine("conformance", "schema", $"{name}.schema.json")));
}
