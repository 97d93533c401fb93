using Cartridge.Conformance.Tests.Vectors;
using Cartridge.Format1;
using Cartridge.Reference;

namespace Cartridge.Conformance.Tests;

/// <summary>
/// <c>dotnet test</c> as a gate: with <c>CART_GATE</c> set to a file or a folder, every <c>.cart</c> there is verified, with a test
/// result for each. Without it the gate stands over the suite's own accepted containers.
/// </summary>
public class GateTests
{
    private const string Variable = "CART_GATE";
    private const int Shown = 20;

    /// <summary>A relative path counts from where <c>dotnet test</c> was called: the shell's folder, not the one the tests run in.</summary>
    private static readonly string? Gate = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path
        ? Path.GetFullPath(path, Environment.GetEnvironmentVariable("PWD") ?? Environment.CurrentDirectory)
        : null;

    public static TheoryData<string> Containers => Gate is null ? Suite.Accepted : [.. FilesAt(Gate)];

    [Theory]
    [MemberData(nameof(Containers))]
    public void The_container_is_valid(string container)
    {
        IReadOnlyList<Finding> findings = Gate is null ? Suite.Findings(container) : Verify(container);
        Assert.True(findings.All(finding => finding.Severity != Severity.Error), Describe(container, findings));
    }

    [Fact]
    public void The_gate_tells_code_page_and_offset()
    {
        IReadOnlyList<Finding> findings = Suite.Findings("page/node-birth");
        Assert.Matches(@"page\.out-of-range page \d+ offset 56", Describe("page/node-birth", findings));
    }

    [Fact]
    public void A_gate_without_containers_does_not_open()
    {
        string empty = Directory.CreateTempSubdirectory("cartridge-gate-").FullName;
        Assert.Throws<FileNotFoundException>(() => Verify(FilesAt(empty).Single()));
        Assert.Throws<FileNotFoundException>(() => Verify(FilesAt(Path.Combine(empty, "missing.cart")).Single()));
        Directory.Delete(empty);
    }

    /// <summary>The containers at a path. If there is none, the path itself, so that a test says so instead of none running.</summary>
    private static string[] FilesAt(string path)
    {
        string[] files = Directory.Exists(path)
            ? [.. Directory.EnumerateFiles(path, "*.cart", SearchOption.AllDirectories).Order(StringComparer.Ordinal)]
            : [path];
        return files.Length > 0 ? files : [path];
    }

    private static IReadOnlyList<Finding> Verify(string file) => File.Exists(file)
        ? Format1File.IsFormat1(file) ? Format1Verifier.Verify(file).Findings : Verifier.Verify(file).Findings
        : throw new FileNotFoundException($"{Variable} names '{file}', where there is no container.", file);

    private static string Describe(string container, IReadOnlyList<Finding> findings)
    {
        List<Finding> errors = [.. findings.Where(finding => finding.Severity == Severity.Error)];
        string more = errors.Count > Shown ? $"\nand {errors.Count - Shown} more" : "";
        return $"{container}: {errors.Count} errors\n{Suite.Describe(errors.Take(Shown))}{more}";
    }
}
