using Xunit.Abstractions;
using Xunit.Sdk;

namespace Cartridge.Testing;

/// <summary>Makes the test cases of a <see cref="ToolTheoryAttribute"/>: the theory's, or the failure that stands in for them.</summary>
/// <param name="diagnostics">Where xunit wants its diagnostic messages.</param>
public sealed class ToolTheoryDiscoverer(IMessageSink diagnostics) : TheoryDiscoverer(diagnostics)
{
    /// <inheritdoc/>
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute) =>
        ToolFailure.TestCase(DiagnosticMessageSink, discoveryOptions, testMethod, theoryAttribute) is { } failure
            ? [failure]
            : base.Discover(discoveryOptions, testMethod, theoryAttribute);
}
