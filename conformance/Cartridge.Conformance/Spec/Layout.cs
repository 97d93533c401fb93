using System.Globalization;

namespace Cartridge.Conformance.Spec;

/// <summary>A layout table of the specification: the fields of a structure, in order.</summary>
/// <param name="Name">The structure, for example <c>page reference</c>.</param>
/// <param name="Chapter">The file name of its chapter.</param>
/// <param name="Line">The table's first line.</param>
/// <param name="Fields">Its rows.</param>
internal sealed record Layout(string Name, string Chapter, int Line, IReadOnlyList<LayoutField> Fields)
{
    /// <summary>The columns of a layout table.</summary>
    public static readonly IReadOnlyList<string> Columns = ["offset", "length", "field", "meaning"];

    /// <summary>How the heading over a layout table begins, behind its section number.</summary>
    public const string HeadingStart = "Layout: ";

    /// <summary>The structure's length in bytes, or null if it depends on its content.</summary>
    public int? Length => Fields[^1] is { Offset: { } offset, FixedLength: { } length } ? offset + length : null;

    /// <summary>The field of that name.</summary>
    public LayoutField this[string field] => Fields.First(candidate => candidate.Name == field);

    /// <summary>What is wrong with the table: gaps, overlaps, offsets that nothing fixes.</summary>
    public IEnumerable<string> Problems()
    {
        for (int index = 0; index < Fields.Count; index++)
        {
            LayoutField field = Fields[index];
            int? expected = index == 0 ? field.Offset : Fields[index - 1] is { Offset: { } offset, FixedLength: { } length } ? offset + length : null;
            if (field.Offset != expected)
            {
                yield return $"{Chapter}:{Line}: in the layout \"{Name}\" the field \"{field.Name}\" stands at {Show(field.Offset)}, not at {Show(expected)}";
            }
        }
    }

    private static string Show(int? offset) => offset?.ToString(CultureInfo.InvariantCulture) ?? "\"then\"";
}

/// <summary>A row of a layout table.</summary>
/// <param name="Offset">Bytes from the structure's beginning, or null for "then": directly after the field before.</param>
/// <param name="LengthText">The length as written: a number, the name of an earlier field, or a product of both.</param>
/// <param name="Name">The field.</param>
/// <param name="Meaning">What it holds.</param>
internal sealed record LayoutField(int? Offset, string LengthText, string Name, string Meaning)
{
    /// <summary>The length in bytes, if it is a number.</summary>
    public int? FixedLength => Number(LengthText);

    /// <summary>Reads a row's cells.</summary>
    public static LayoutField FromRow(IReadOnlyList<string> cells) => new(Number(cells[0]), cells[1], cells[2], cells[3]);

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
