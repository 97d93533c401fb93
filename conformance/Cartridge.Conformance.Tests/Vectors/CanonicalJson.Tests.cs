using System.Text.Json.Nodes;
using Cartridge.Conformance.Vectors;

namespace Cartridge.Conformance.Tests.Vectors;

public class CanonicalJsonTests
{
    [Fact]
    public void A_document_is_indented_by_two_and_ends_with_a_line_feed() => Assert.Equal(
        """
        {
          "a": [
            1,
            true,
            null
          ],
          "b": {},
          "c": []
        }

        """,
        CanonicalJson.Document(JsonNode.Parse("""{"a":[1,true,null],"b":{},"c":[]}""")));

    [Theory]
    [InlineData("plain")]
    [InlineData("quote \" backslash \\ slash /")]
    [InlineData("\b\f\n\r\t\u0001\u001f\u007f")]
    [InlineData("é 世界 \U0001F5C4 \u2028 <&>'+")]
    public void Strings_come_back(string text) =>
        Assert.Equal(text, JsonNode.Parse(CanonicalJson.Line(JsonValue.Create(text)))!.GetValue<string>());

    [Fact]
    public void Only_what_must_be_escaped_is() => Assert.Equal(
        "\"\\\"\\\\/\\n\\u0001é\U0001F5C4<&>'+\u2028\"",
        CanonicalJson.Line(JsonValue.Create("\"\\/\n\u0001é\U0001F5C4<&>'+\u2028")));

    [Fact]
    public void Sixty_four_bits_are_kept() =>
        Assert.Equal("[18446744073709551615,-9223372036854775808]", CanonicalJson.Line(new JsonArray(ulong.MaxValue, long.MinValue)));
}
