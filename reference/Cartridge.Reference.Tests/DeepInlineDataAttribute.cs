using System.Reflection;
using Xunit.Sdk;

namespace Cartridge.Reference.Tests;

/// <summary>Data for the long campaigns: used only when <c>CARTRIDGE_DEEP=1</c>.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class DeepInlineDataAttribute(params object[] data) : DataAttribute
{
    /// <summary>Whether long campaigns are wanted.</summary>
    public static bool IsWanted => Environment.GetEnvironmentVariable("CARTRIDGE_DEEP") == "1";

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => IsWanted ? [data] : [];
}
