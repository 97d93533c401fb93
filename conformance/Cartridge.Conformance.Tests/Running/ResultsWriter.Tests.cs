using System.Text.Json.Nodes;
using Cartridge.Conformance.Protocol;
using Cartridge.Conformance.Running;
using Cartridge.Conformance.Tests.Schemas;

namespace Cartridge.Conformance.Tests.Running;

public class ResultsWriterTests
{
    private static readonly Hello Anybody = new("test", "1", [3], ["verify"], ["core"], "code");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_report_says_whether_it_is_partial(bool complete)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("cartridge-results-").FullName, "new", "results.jsonl");
        using (ResultsWriter report = new(path, Anybody))
        {
            report.Add(new VectorResult("a/passed", Outcome.Passed, 0, null, 3));
            report.Add(new VectorResult("a/failed", Outcome.Failed, 2, "a \"detail\"", 4));
            report.Add(new VectorResult("b/hangs", Outcome.TimedOut, 1, "nothing within 10 s", 10_000));
            if (complete)
            {
                report.Complete();
            }
        }

        List<JsonNode> lines = [.. File.ReadLines(path).Select(line => JsonNode.Parse(line)!)];
        Assert.All(lines, line => JsonSchemaTests.AssertValid("results", line));
        Assert.Equal(["run", "result", "result", "result", "end"], lines.Select(line => line["record"]!.GetValue<string>()));
        Assert.Equal(complete, lines[^1]["complete"]!.GetValue<bool>());
        Assert.Equal("""{"failed":1,"passed":1,"timed-out":1}""", lines[^1]["outcomes"]!.ToJsonString());
        Directory.Delete(Path.GetDirectoryName(Path.GetDirectoryName(path))!, recursive: true);
    }

    /// <summary>A run that is killed leaves its lines, and no closing one.</summary>
    [Fact]
    public void Lines_are_written_as_they_come()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("cartridge-results-").FullName, "results.jsonl");
        using (ResultsWriter report = new(path, Anybody))
        {
            report.Add(new VectorResult("a/passed", Outcome.Passed, 0, null, 3));
            using FileStream reading = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using StreamReader lines = new(reading);
            Assert.Equal(2, lines.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        }

        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }
}
