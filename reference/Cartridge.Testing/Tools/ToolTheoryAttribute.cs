using Xunit;
using Xunit.Sdk;

namespace Cartridge.Testing;

/// <summary>A theory that needs programs from outside the SDK; as <see cref="ToolFactAttribute"/> is for facts.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Cartridge.Testing.ToolTheoryDiscoverer", "Cartridge.Testing")]
public sealed class ToolTheoryAttribute : TheoryAttribute
{
    /// <summary>Names the programs.</summary>
    /// <param name="tools">Their bare names, as a shell would find them on <c>PATH</c>.</param>
    public ToolTheoryAttribute(params string[] tools)
    {
        Tools = tools;
        Skip = ToolRequirement.Skip(tools, ToolRequirement.IsStrict);
    }

    /// <summary>The bare names of the programs that the test needs.</summary>
    public IReadOnlyList<string> Tools { get; }
}
