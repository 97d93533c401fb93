using Xunit;
using Xunit.Sdk;

namespace Cartridge.Testing;

/// <summary>
/// A fact that needs programs from outside the SDK: <c>[ToolFact("node")]</c>. Without them it is skipped, and the skip names them;
/// under <c>CARTRIDGE_REQUIRE_TOOLS=1</c> it fails instead (<see cref="ToolRequirement"/>).
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Cartridge.Testing.ToolFactDiscoverer", "Cartridge.Testing")]
public sealed class ToolFactAttribute : FactAttribute
{
    /// <summary>Names the programs.</summary>
    /// <param name="tools">Their bare names, as a shell would find them on <c>PATH</c>.</param>
    public ToolFactAttribute(params string[] tools)
    {
        Tools = tools;
        Skip = ToolRequirement.Skip(tools, ToolRequirement.IsStrict);
    }

    /// <summary>The bare names of the programs that the test needs.</summary>
    public IReadOnlyList<string> Tools { get; }
}
