using System.Diagnostics.CodeAnalysis;
using Cartridge.Testing;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Cartridge.Reference.Tests;

public class ToolFactTests
{
    private const string NoSuchTool = "no-such-tool-of-cartridge";

    [ToolFact("dotnet")]
    public void A_fact_whose_tool_is_there_runs() => Assert.NotNull(ToolRequirement.Locate("dotnet"));

    [ToolTheory("dotnet")]
    [InlineData(1)]
    [InlineData(2)]
    public void A_theory_whose_tool_is_there_runs_its_rows(int row) => Assert.InRange(row, 1, 2);

    [Fact]
    public void A_missing_tool_skips_by_name()
    {
        Assert.Equal($"needs {NoSuchTool}, which is not on PATH", ToolRequirement.Skip(["dotnet", NoSuchTool], strict: false));
        Assert.Null(ToolRequirement.Failure([NoSuchTool], strict: false));
    }

    [Fact]
    public void A_missing_tool_fails_a_strict_run()
    {
        Assert.Null(ToolRequirement.Skip([NoSuchTool], strict: true));
        Assert.Equal(
            $"CARTRIDGE_REQUIRE_TOOLS=1, but this test needs {NoSuchTool}, which is not on PATH",
            ToolRequirement.Failure(["dotnet", NoSuchTool], strict: true));
    }

    [Fact]
    public void A_tool_that_is_there_neither_skips_nor_fails()
    {
        Assert.Null(ToolRequirement.Skip(["dotnet"], strict: false));
        Assert.Null(ToolRequirement.Failure(["dotnet"], strict: true));
    }

    [Theory]
    [InlineData(nameof(Samples.Fact))]
    [InlineData(nameof(Samples.Theory))]
    public void The_discoverers_put_a_failure_or_a_skip_in_the_place_of_the_test(string name)
    {
        IXunitTestCase testCase = Assert.Single(Discover(name));

        if (ToolRequirement.IsStrict)
        {
            Assert.Contains(NoSuchTool, Assert.IsType<ExecutionErrorTestCase>(testCase).ErrorMessage, StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains(NoSuchTool, testCase.SkipReason, StringComparison.Ordinal);
        }
    }

    private static List<IXunitTestCase> Discover(string name)
    {
        TestAssembly assembly = new(Reflector.Wrap(typeof(Samples).Assembly));
        TestCollection collection = new(assembly, null, "samples");
        TestMethod method = new(new TestClass(collection, Reflector.Wrap(typeof(Samples))), Reflector.Wrap(typeof(Samples).GetMethod(name)!));
        IAttributeInfo attribute = method.Method.GetCustomAttributes(typeof(FactAttribute)).Single();
        NullMessageSink sink = new();
        IXunitTestCaseDiscoverer discoverer =
            name == nameof(Samples.Fact) ? new ToolFactDiscoverer(sink) : new ToolTheoryDiscoverer(sink);
        return [.. discoverer.Discover(new NoOptions(), method, attribute)];
    }

    private sealed class NoOptions : ITestFrameworkDiscoveryOptions
    {
        public TValue GetValue<TValue>(string name) => default!;

        public void SetValue<TValue>(string name, TValue value)
        {
        }
    }

    [SuppressMessage("Usage", "xUnit1000", Justification = "Internal, so that only the tests above find them.")]
    internal sealed class Samples
    {
        [ToolFact(NoSuchTool)]
        public void Fact()
        {
        }

        [ToolTheory(NoSuchTool)]
        [InlineData(1)]
        [InlineData(2)]
        public void Theory(int row) => _ = row;
    }
}
