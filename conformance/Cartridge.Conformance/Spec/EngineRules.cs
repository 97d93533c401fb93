using System.Reflection;
using Cartridge.Reference;

namespace Cartridge.Conformance.Spec;

/// <summary>One check of the engine, as its rule class declares it.</summary>
/// <param name="Member">Class and field, for example <c>HeaderRule.Magic</c>: how the engine's code names it.</param>
/// <param name="Id">The requirement that it says it enforces.</param>
/// <param name="Code">The error code under which it reports.</param>
internal sealed record EngineRule(string Member, string Id, string Code);

/// <summary>
/// The checks of the engine, read from its rule classes: the static fields of type <c>Rule</c> in classes named <c>...Rule</c>.
/// They are read by reflection because they are nobody's interface: only the specification is compared with them.
/// </summary>
internal static class EngineRules
{
    private const string RuleType = "Rule";
    private const BindingFlags StaticFields = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
    private const BindingFlags InstanceProperties = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>The rules of the engine, and of the reader of format 1, that this program is built with, in the order of their ids.</summary>
    public static IReadOnlyList<EngineRule> All { get; } = [.. Of(typeof(ErrorCode).Assembly).Concat(Of(typeof(Format1.Format1File).Assembly)).OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    private static IEnumerable<EngineRule> Of(Assembly engine) =>
        from type in engine.GetTypes()
        where type.Name.EndsWith(RuleType, StringComparison.Ordinal) && type is { IsAbstract: true, IsSealed: true }
        from field in type.GetFields(StaticFields)
        where field.FieldType.Name == RuleType
        let rule = field.GetValue(null)
        select new EngineRule($"{type.Name}.{field.Name}", Property(rule, "Id"), Property(rule, "Code"));

    private static string Property(object rule, string name) =>
        rule.GetType().GetProperty(name, InstanceProperties)?.GetValue(rule)?.ToString()
        ?? throw new InvalidOperationException($"{rule.GetType()} has no {name}.");
}
