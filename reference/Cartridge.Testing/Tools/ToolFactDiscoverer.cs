using Xunit.Abstractions;
using Xunit.Sdk;

namespace Cartridge.Testing;

/// <summary>Makes the test case of a <see cref="ToolFactAttribute"/>: the fact, or the failure that stands in for it.</summary>
/// <param name="diagnostics">Where xunit wants its diagnostic messages.</param>
public sealed class ToolFactDiscoverer(IMessageSink diagnostics) : FactDiscoverer(diagnostics)
{
    /// <inheritdoc/>
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        ToolFailure.TestCase(DiagnosticMessageSink, discoveryOptions, testMethod, factAttribute) is { } failure
            ? [failure]
            : base.Discover(discoveryOptions, testMethod, factAttribute);
}
