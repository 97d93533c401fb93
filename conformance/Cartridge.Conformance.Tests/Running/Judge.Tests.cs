using System.Text.Json.Nodes;
using Cartridge.Conformance.Protocol;
using Cartridge.Conformance.Running;
using Cartridge.Conformance.Vectors;

namespace Cartridge.Conformance.Tests.Running;

/// <summary>How an answer is held against an expectation, at every detail that an implementation may declare.</summary>
public class JudgeTests
{
    private static readonly CaseStep Verify = new("verify");

    [Theory]
    [InlineData("code", "page", "bad-type", true)]
    [InlineData("code", "page", "checksum-mismatch", false)]
    [InlineData("code", "tree", "bad-type", false)]
    [InlineData("code", null, null, false)]
    [InlineData("class", "page", "checksum-mismatch", true)]
    [InlineData("class", "page", null, true)]
    [InlineData("class", "tree", null, false)]
    [InlineData("none", null, null, true)]
    public void A_refusal_is_compared_at_the_declared_detail(string detail, string? errorClass, string? code, bool right)
    {
        VectorCase vector = Vector(new Expectation("reject") { When = "open", Codes = ["page.bad-type"] });
        string? fault = JudgeOf(detail).Fault(vector, Verify, new Answer.Reject(errorClass, code, null), null, "");
        Assert.Equal(right, fault is null);
    }

    [Fact]
    public void Only_a_refusal_is_a_refusal()
    {
        VectorCase vector = Vector(new Expectation("reject") { When = "open", Codes = ["page.bad-type"] });
        foreach (Answer answer in (Answer[])[new Answer.Ok([]), new Answer.Error("page.bad-type"), new Answer.Unsupported("page.bad-type")])
        {
            Assert.NotNull(JudgeOf("none").Fault(vector, Verify, answer, null, ""));
        }
    }

    [Fact]
    public void Any_outcome_of_a_choice_is_right()
    {
        VectorCase vector = Vector(new Expectation("choice")
        {
            Outcomes =
            [
                new Expectation("accept") { Projection = "expected.json", May = "it may" },
                new Expectation("reject") { When = "open", Codes = ["page.bad-type"], May = "it may" },
            ],
        });
        JsonObject projection = new() { ["generation"] = 3, ["stateHash"] = "ab", ["entries"] = new JsonArray() };
        Answer.Ok right = new(new JsonObject { ["generation"] = 3, ["stateHash"] = "ab" });
        Answer.Ok wrong = new(new JsonObject { ["generation"] = 4, ["stateHash"] = "ab" });

        Assert.Null(JudgeOf("code").Fault(vector, Verify, right, projection, ""));
        Assert.Null(JudgeOf("code").Fault(vector, Verify, new Answer.Reject("page", "bad-type", 3), projection, ""));
        Assert.NotNull(JudgeOf("code").Fault(vector, Verify, wrong, projection, ""));
        Assert.NotNull(JudgeOf("code").Fault(vector, Verify, new Answer.Reject("tree", "bad-cell", 3), projection, ""));
    }

    [Theory]
    [InlineData("code", "page.bad-type", true)]
    [InlineData("code", "page.checksum-mismatch", false)]
    [InlineData("code", "", false)]
    [InlineData("class", "page.checksum-mismatch", true)]
    [InlineData("none", "tree.bad-cell", true)]
    public void Warnings_are_compared_at_the_declared_detail(string detail, string warning, bool right)
    {
        VectorCase vector = Vector(new Expectation("accept") { Projection = "expected.json", Warnings = ["page.bad-type"] });
        JsonObject projection = new() { ["generation"] = 3, ["stateHash"] = "ab", ["entries"] = new JsonArray() };
        Answer.Ok answer = new(new JsonObject
        {
            ["generation"] = 3,
            ["stateHash"] = "ab",
            ["warnings"] = warning.Length == 0 ? [] : new JsonArray(warning, warning),
            ["notes"] = new JsonArray(),
        });
        Assert.Equal(right, JudgeOf(detail).Fault(vector, Verify, answer, projection, "") is null);
    }

    [Fact]
    public void A_difference_is_told_by_its_pointer()
    {
        JsonNode? expected = JsonNode.Parse("""{"a":[1,{"b":2}],"c":3}""");
        Assert.Null(Differences.First(expected, JsonNode.Parse("""{"c":3,"a":[1,{"b":2}]}""")));
        Assert.Equal("/a/1/b should be 2 and is 5", Differences.First(expected, JsonNode.Parse("""{"a":[1,{"b":5}],"c":3}""")));
        Assert.Equal("/c is missing", Differences.First(expected, JsonNode.Parse("""{"a":[1,{"b":2}]}""")));
        Assert.Equal("/d should not be there", Differences.First(expected, JsonNode.Parse("""{"a":[1,{"b":2}],"c":3,"d":4}""")));
        Assert.Equal("/a should have 2 items and has 1", Differences.First(expected, JsonNode.Parse("""{"a":[1],"c":3}""")));
    }

    private static Judge JudgeOf(string detail) => new(new Hello("test", "1", [3], [], [], detail));

    private static VectorCase Vector(Expectation expect) => new()
    {
        Id = "area/slug",
        Title = "title",
        Why = "why",
        Requirements = ["CART-HDR-001"],
        Features = ["core"],
        Since = "0.1.0",
        Input = new CaseInput("input.carthex", "", 0),
        Steps = [Verify],
        Expect = expect,
        Provenance = "a test",
    };
}
