namespace Cartridge.Reference.Tests.Layouts;

/// <summary>
/// A field of a layout, from whichever of the three places that write it down. Offset and length are null where they depend on the bytes
/// or where the source does not state them.
/// </summary>
internal sealed record Field(string Name, int? Offset, int? Length)
{
    /// <summary>The name in the form that all sources can be brought to: lower case, words apart, reserved bytes without number.</summary>
    /// <param name="words">The words of the name.</param>
    /// <param name="offset">The offset, if it is fixed.</param>
    /// <param name="length">The length, if it is fixed.</param>
    internal static Field Named(IEnumerable<string> words, int? offset, int? length)
    {
        string name = string.Join(' ', words).Replace('-', ' ').ToLowerInvariant();
        return new Field(name.StartsWith("reserved", StringComparison.Ordinal) ? "reserved" : name, offset, length);
    }

    public override string ToString() => $"{Offset?.ToString() ?? "then"} | {Length?.ToString() ?? "?"} | {Name}";
}
