using Cartridge.Conformance.Spec;

namespace Cartridge.Conformance.Tests.Spec;

public class SpecDocumentTests
{
    private const string Checks = "## Checks\n\n| id | code | phase | check |\n|---|---|---|---|\n| CART-ABC-001 | page.bad-type | open | type |\n";

    [Fact]
    public void A_sentence_begins_after_the_one_before_it_and_ends_at_its_id()
    {
        SpecDocument document = Parse("Why so? The `a. B` MUST be 3.0, i.e. not\nfour. [CART-ABC-101] It MAY rest. [CART-ABC-102]\n\n- A list\n  item MUST stand alone. [CART-ABC-103]\n");

        Assert.Equal(
            ["The `a. B` MUST be 3.0, i.e. not\nfour.", "It MAY rest.", "A list\nitem MUST stand alone."],
            document.Requirements.Select(requirement => requirement.Text));
        Assert.Equal([2, 2, 5], document.Requirements.Select(requirement => requirement.Line));
        Assert.Empty(document.Problems);
    }

    [Fact]
    public void The_hash_ignores_marks_links_and_line_breaks()
    {
        Requirement plain = Parse("The field MUST be zero, see there. [CART-ABC-101]").Requirements.Single();
        Requirement marked = Parse("The `field` *MUST*\nbe zero,   see [there](x.md#y). [CART-ABC-101]").Requirements.Single();

        Assert.Equal("The field MUST be zero, see there.", marked.Normalised);
        Assert.Equal(plain.Sha256, marked.Sha256);
    }

    [Theory]
    [InlineData("The field MUST be zero.", "has no id")]
    [InlineData("It SHOULD be so. It MAY. [CART-ABC-101]", "has no id")]
    [InlineData("The field is zero. [CART-ABC-101]", "neither MUST, SHOULD nor MAY")]
    [InlineData("The field MUST be zero. [CART-ABC-001]", "needs one row")]
    [InlineData("| a | b |\n|---|---|\n| it MUST be | 1 |", "not here")]
    [InlineData("## It MAY be", "not here")]
    [InlineData(Checks, "no sentence of the chapter")]
    [InlineData("| offset | length | field | meaning |\n|---|---|---|---|\n| 0 | 1 | a | x |", "Layout: name")]
    [InlineData("## 1.1 Layout: thing\n\n| offset | length | field | meaning |\n|---|---|---|---|\n| 0 | 2 | a | x |\n| 3 | 1 | b | y |", "stands at 3, not at 2")]
    [InlineData("## Layout: thing\n\n| offset | length | field | meaning |\n|---|---|---|---|\n| 0 | a | b | x |\n| 3 | 1 | c | y |", "stands at 3, not at \"then\"")]
    public void What_breaks_the_rules_is_reported_with_its_place(string text, string problem)
    {
        string reported = Assert.Single(Parse(text).Problems);
        Assert.Contains(problem, reported);
        Assert.StartsWith("x.md:", reported);
    }

    [Fact]
    public void Code_is_no_prose() =>
        Assert.Empty(Parse("It says `MUST` and `[CART-ABC-101]`.\n\n```\nThis MUST not count. [CART-ABC-101]\n```\n").Problems);

    [Fact]
    public void An_id_belongs_to_one_sentence()
    {
        SpecDocument document = Parse("It MAY be. [CART-ABC-101] It MUST be. [CART-ABC-101]");
        Assert.Contains("CART-ABC-101 is given to more than one sentence: x.md:1, x.md:1", Specification.Of(document).Problems());
    }

    [Fact]
    public void Layouts_know_offsets_lengths_and_names()
    {
        SpecDocument document = Parse(
            "## 3.1 Layout: thing\n\n| offset | length | field | meaning |\n|---|---|---|---|\n| 0 | 2 | count | x |\n| 2 | 10 x count | items | y |\n| then | 4 | end | z |\n");

        Layout layout = Assert.Single(document.Layouts);
        Assert.Equal("thing", layout.Name);
        Assert.Equal(new LayoutField(2, "10 x count", "items", "y"), layout["items"]);
        Assert.Null(layout["end"].Offset);
        Assert.Null(layout.Length);
    }

    private static SpecDocument Parse(string text) => SpecDocument.Parse("x.md", text);
}
