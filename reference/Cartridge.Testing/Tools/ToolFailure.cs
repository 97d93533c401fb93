using Xunit.Abstractions;
using Xunit.Sdk;

namespace Cartridge.Testing;

/// <summary>The test case that stands in, in a strict run, for one whose tools are missing.</summary>
internal static class ToolFailure
{
    internal static IXunitTestCase? TestCase(
        IMessageSink diagnostics, ITestFrameworkDiscoveryOptions options, ITestMethod testMethod, IAttributeInfo attribute)
    {
        IEnumerable<string> tools = attribute.GetNamedArgument<IReadOnlyList<string>>(nameof(ToolFactAttribute.Tools));
        return ToolRequirement.Failure(tools, ToolRequirement.IsStrict) is { } message
            ? new ExecutionErrorTestCase(
                diagnostics, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), testMethod, message)
            : null;
    }
}
