namespace Cartridge.Conformance.Mending;

/// <summary>A field of a structure: its name in the specification's layout table, and its place in the structure.</summary>
internal readonly record struct Field(string Name, int Offset, int Length);

/// <summary>
/// A layout table of the specification, as far as its offsets are fixed. The suite writes them down for itself: a mutation that
/// asked the engine where a field is could not show that the engine looks in the wrong place.
/// </summary>
internal sealed class Layout
{
    private readonly Dictionary<string, Field> _fields = new(StringComparer.Ordinal);

    /// <param name="name">As in the heading "Layout: name".</param>
    /// <param name="fields">In order, without gaps. Of several reserved fields each is called after the one before it.</param>
    public Layout(string name, params IReadOnlyList<(string Name, int Length)> fields)
    {
        Name = name;
        int offset = 0;
        foreach ((string field, int length) in fields)
        {
            _fields.Add(field, new Field(field, offset, length));
            offset += length;
        }

        Length = offset;
    }

    public string Name { get; }

    /// <summary>The length of all fixed fields together.</summary>
    public int Length { get; }

    public IEnumerable<Field> Fields => _fields.Values;

    public Field this[string field] => _fields.TryGetValue(field, out Field found)
        ? found
        : throw new ArgumentException($"{Name} has no field '{field}'", nameof(field));
}
