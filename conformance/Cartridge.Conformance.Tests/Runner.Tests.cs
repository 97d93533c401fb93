using System.Text.Json.Nodes;
using Cartridge.Conformance.Adapters;
using Cartridge.Conformance.Tests.Schemas;
using Cartridge.Testing;

namespace Cartridge.Conformance.Tests;

/// <summary>The runner as its users meet it: a process that starts processes.</summary>
public class RunnerTests
{
    private const int Passed = 0;
    private const int Failed = 1;
    private const int Usage = 2;
    private const int NothingRun = 3;

    private static readonly string Runner = Path.Combine(AppContext.BaseDirectory, "Cartridge.Conformance.dll");

    // Enough to tell each mutant, and few enough to be quick.
    private static readonly string[] Few = ["--only", "catalog/entries", "--only", "page/node-page-number", "--only", "snapshot/parent-lacks-node"];

    public static TheoryData<string, string> Mutants => new()
    {
        { "accept-all", "failed" },
        { "reject-all", "failed" },
        { "unsupported-all", "failed" },
        { "crash", "crashed" },
        { "garbage", "crashed" },
        { "hang", "timed-out" },
        { "eat-memory", "memory" },
        { "flip-bit", "failed" },
        { "forget-entry", "failed" },
        { "forget-snapshots", "failed" },
        { "change-input", "changed-input" },
    };

    [ToolFact("dotnet")]
    public void The_reference_passes_the_whole_suite()
    {
        (ChildProcessResult result, List<JsonObject> lines) = Run();
        Assert.True(result.ExitCode == Passed, result.Output);
        int removed = Vectors.Suite.Cases.Count(vector => vector.Status != "active");
        Assert.EndsWith($" passed, 0 failed, {removed} skipped\n", result.Output, StringComparison.Ordinal);
        Assert.True(lines[^1]["complete"]!.GetValue<bool>());
        Assert.Equal(lines.Count - 2, lines[^1]["vectors"]!.GetValue<int>());
        Assert.Equal(Vectors.Suite.Cases.Select(vector => vector.Id), lines[1..^1].Select(line => line["id"]!.GetValue<string>()));
    }

    [ToolFact("dotnet")]
    public void The_walker_passes_as_a_foreign_program()
    {
        (ChildProcessResult result, List<JsonObject> lines) =
            Run("--adapter", $"dotnet \"{Runner}\" adapter-walker", "--only", "tree/", "--quiet");
        Assert.True(result.ExitCode == Passed, result.Output);
        Assert.Equal("Cartridge.Formats walker", lines[0]["implementation"]!.GetValue<string>());
    }

    [ToolTheory("dotnet")]
    [MemberData(nameof(Mutants))]
    public void A_mutant_fails(string kind, string outcome)
    {
        string[] limit = kind == "hang" ? ["--seconds", "1"] : [];
        (ChildProcessResult result, List<JsonObject> lines) =
            Run(["--adapter", $"dotnet \"{Runner}\" adapter-mutant {kind}", .. Few, .. limit]);
        Assert.True(result.ExitCode == Failed, result.Output);
        Assert.Contains(lines, line => line["outcome"]?.GetValue<string>() == outcome);
    }

    [Fact]
    public void Every_mutant_is_tried() => Assert.Equal(
        MutantAdapter.Kinds.Order(StringComparer.Ordinal),
        Mutants.Select(row => (string)row[0]).Order(StringComparer.Ordinal));

    [ToolFact("dotnet")]
    public void Help_names_the_commands()
    {
        ChildProcessResult result = ChildProcess.Run("dotnet", [Runner, "--help"]);
        Assert.Equal(Passed, result.ExitCode);
        foreach (string command in (string[])["run", "vectors", "spec", "adapter", "adapter-walker"])
        {
            Assert.Contains($"\n  {command} ", result.Output, StringComparison.Ordinal);
        }
    }

    [ToolTheory("dotnet")]
    [InlineData(Usage, "a command is missing")]
    [InlineData(Usage, "there is no command 'no-such-command'", "no-such-command")]
    [InlineData(Usage, "'--fast' is no option here", "run", "--fast")]
    [InlineData(Usage, "--adapter needs a value", "run", "--adapter")]
    [InlineData(Usage, "--seconds needs a number above zero", "run", "--seconds", "soon")]
    [InlineData(Usage, "does not introduce itself", "run", "--adapter", "no-such-program-anywhere")]
    [InlineData(NothingRun, "no vector is chosen", "run", "--only", "no/such-vector")]
    [InlineData(Usage, "'vectors' is followed by", "vectors")]
    public void Wrong_usage_is_explained(int exitCode, string message, params string[] args)
    {
        ChildProcessResult result = ChildProcess.Run("dotnet", [Runner, .. args]);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    private static (ChildProcessResult Result, List<JsonObject> Lines) Run(params string[] options)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("cartridge-runner-");
        try
        {
            string results = Path.Combine(folder.FullName, "results.jsonl");
            string[] arguments = [Runner, "run", "--vectors", Vectors.Suite.Folder, "--results", results, .. options];
            ChildProcessOptions patient = ChildProcessOptions.Default with { Timeout = TimeSpan.FromMinutes(5) };
            ChildProcessResult result = ChildProcess.Run("dotnet", arguments, patient);
            List<JsonObject> lines = [.. File.ReadLines(results).Select(line => JsonNode.Parse(line)!.AsObject())];
            Assert.All(lines, line => JsonSchemaTests.AssertValid("results", line));
            return (result, lines);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
