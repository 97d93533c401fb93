using System.Reflection;
using System.Text.RegularExpressions;

namespace Cartridge.Reference.Tests.Layouts;

/// <summary>The locations of the engine, found as it declares them: an offset in one class, the length in its sibling.</summary>
internal static partial class EngineLayouts
{
    /// <summary>The constants of <c>XFieldLocations</c>, in the order of their values, each with its length if there is one.</summary>
    /// <param name="name">The <c>X</c>.</param>
    internal static IReadOnlyList<Field> Of(string name)
    {
        Dictionary<string, int> lengths = Constants($"{name}FieldLengths").ToDictionary();
        return
        [
            .. Constants($"{name}FieldLocations")
                .OrderBy(location => location.Value)
                .Select(location =>
                    Field.Named(Words(location.Key), location.Value, lengths.TryGetValue(location.Key, out int length) ? length : null)),
        ];
    }

    /// <summary>A constant of the engine.</summary>
    /// <param name="type">The type that declares it.</param>
    /// <param name="name">Its name.</param>
    internal static int Constant(Type type, string name) => Constants(type).Single(constant => constant.Key == name).Value;

    private static IEnumerable<KeyValuePair<string, int>> Constants(string type) =>
        Constants(typeof(Cartridge.Reference.CartridgeFile).Assembly.GetType($"Cartridge.Reference.{type}")
            ?? typeof(Cartridge.Format1.Format1File).Assembly.GetType($"Cartridge.Format1.{type}", throwOnError: true)!);

    private static IEnumerable<KeyValuePair<string, int>> Constants(Type type) =>
        type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(field => field.IsLiteral && field.FieldType == typeof(int))
            .Select(field => KeyValuePair.Create(field.Name, (int)field.GetRawConstantValue()!));

    private static IEnumerable<string> Words(string name) => Word().Matches(name).Select(match => match.Value);

    [GeneratedRegex("[A-Z][a-z0-9]*")]
    private static partial Regex Word();
}
