using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Cartridge.Conformance.Spec;

/// <summary>A stretch of a page with the name of the field that it is.</summary>
/// <param name="Offset">Where it begins in the page.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Label">Field and value.</param>
internal readonly record struct Annotation(int Offset, int Length, string Label);

/// <summary>
/// Names the fields of a page. All it knows of the fields, it has from the layout tables of the specification: it walks a table,
/// steps into the layouts that the table mentions, and takes lengths from the page where the table says so. Only what stands
/// in no table is written here: which layout a page has, where cells begin, and what the free map area holds.
/// </summary>
internal sealed partial class PageAnnotator
{
    private const byte CatalogNode = 2;
    private const byte SystemNode = 4;
    private const byte LongValue = 1;
    private const string Times = " x ";

    private readonly IReadOnlyDictionary<string, Layout> _layouts;
    private readonly byte[] _page;
    private readonly List<Annotation> _annotations = [];

    // The values of the numbers read so far, by field: later fields take their lengths and their presence from them.
    private readonly Dictionary<string, long> _values = new(StringComparer.Ordinal);

    private PageAnnotator(IReadOnlyDictionary<string, Layout> layouts, byte[] page)
    {
        _layouts = layouts;
        _page = page;
    }

    /// <summary>Names the fields of a page that is not a blob's.</summary>
    /// <param name="layouts">The layouts of the specification.</param>
    /// <param name="number">The page's number.</param>
    /// <param name="page">Its bytes.</param>
    /// <returns>Annotations without gaps from the first byte to the last.</returns>
    public static IReadOnlyList<Annotation> Annotate(IReadOnlyDictionary<string, Layout> layouts, long number, byte[] page)
    {
        PageAnnotator annotator = new(layouts, page);
        switch (number)
        {
            case 0:
                annotator.Walk("identity page", 0, "");
                break;
            case 1 or 2:
                annotator.Walk("commit record", 0, "");
                break;
            default:
                annotator.WalkNode();
                break;
        }

        return [.. annotator._annotations.OrderBy(annotation => annotation.Offset)];
    }

    private int Walk(string layout, int start, string owner)
    {
        int at = start;
        foreach (LayoutField field in _layouts[layout].Fields)
        {
            at = field.Offset is { } offset && layout is not ("leaf node" or "interior node") ? start + offset : at;
            if (Condition().Match(field.Meaning) is { Success: true } condition
                && (_values["flags"] >> int.Parse(condition.Groups["bit"].ValueSpan, CultureInfo.InvariantCulture) & 1) == 0)
            {
                continue;
            }

            at = WalkField(field, at, owner);
        }

        return at;
    }

    private int WalkField(LayoutField field, int at, string owner)
    {
        string mentioned = field.Meaning.Split(',')[0];
        if (field.Name == "free map area")
        {
            return WalkFreeMap(at, field.FixedLength!.Value);
        }

        if (field.Name.EndsWith('s') && _layouts.ContainsKey(field.Name[..^1]))
        {
            return WalkSome(field, field.Name[..^1], at, owner);
        }

        int length = LengthOf(field);
        string? nested = _layouts.ContainsKey(field.Name) ? field.Name : _layouts.ContainsKey(mentioned) ? mentioned : null;
        if (nested is not null && !IsZero(at, length))
        {
            return Walk(nested, at, $"{owner}{field.Name}: ");
        }

        _annotations.Add(new(at, length, owner + Describe(field, at, length)));
        return at + length;
    }

    /// <summary>As many structures as were counted, or as the field has room for.</summary>
    private int WalkSome(LayoutField field, string layout, int at, string owner)
    {
        if (field.FixedLength is not { } length)
        {
            return WalkMany(layout, _values[$"{layout} count"], at, owner);
        }

        if (!IsZero(at, length))
        {
            return WalkMany(layout, length / (int)_layouts[layout].Length!, at, owner);
        }

        _annotations.Add(new(at, length, owner + Describe(field, at, length)));
        return at + length;
    }

    private int WalkMany(string layout, long count, int at, string owner)
    {
        for (int index = 0; index < count; index++)
        {
            at = Walk(layout, at, $"{owner}{layout} {index}: ");
        }

        return at;
    }

    private int WalkFreeMap(int at, int length)
    {
        int end = _values["free map kind"] switch
        {
            1 => WalkMany("extent", _values["extent count"], at, ""),
            2 => Walk("blob reference", at, ""),
            _ => at,
        };
        _annotations.Add(new(end, at + length - end, "free map area, rest"));
        return at + length;
    }

    private void WalkNode()
    {
        Walk("tree node", 0, "");
        bool leaf = _values["level"] == 0;
        int slots = Walk(leaf ? "leaf node" : "interior node", (int)_layouts["tree node"].Length!, "");
        int count = (int)_values["cell count"];
        int[] cells = [.. Enumerable.Range(0, count).Select(cell => ReadNumber(slots - (2 * (count - cell)), 2, bigEndian: false)).Select(value => (int)value)];
        _annotations.Add(new(slots, cells[^1] - slots, "gap"));
        for (int cell = 0; cell < count; cell++)
        {
            WalkCell(leaf, cells[cell], $"cell {cell}: ");
        }
    }

    private void WalkCell(bool leaf, int at, string owner)
    {
        if (!leaf)
        {
            Walk("interior cell", at, owner);
            return;
        }

        IReadOnlyList<LayoutField> fields = _layouts["leaf cell"].Fields;
        foreach (LayoutField field in fields.SkipLast(1))
        {
            at = WalkField(field, at, owner);
        }

        string value = _values["value kind"] == LongValue ? "blob reference"
            : _page[0] switch { CatalogNode => "catalog record", SystemNode => "snapshot record", _ => "blob reference" };
        Walk(value, at, owner);
    }

    private int LengthOf(LayoutField field)
    {
        if (field.FixedLength is { } length)
        {
            return length;
        }

        string[] factors = field.LengthText.Split(Times);
        return (int)factors.Select(factor => long.TryParse(factor, CultureInfo.InvariantCulture, out long number) ? number : _values[factor])
            .Aggregate(1L, (product, factor) => product * factor);
    }

    private string Describe(LayoutField field, int at, int length)
    {
        if (field.Name == "reserved" || (length > 0 && IsZero(at, length) && length > 8))
        {
            return field.Name;
        }

        if (field.FixedLength is 1 or 2 or 4 or 8 && !field.Meaning.StartsWith("raw ", StringComparison.Ordinal))
        {
            long value = ReadNumber(at, length, field.Meaning.Contains("big-endian", StringComparison.Ordinal));
            _values[field.Name] = value;
            return $"{field.Name} = {(field.Meaning.Contains("i64", StringComparison.Ordinal) ? value.ToString(CultureInfo.InvariantCulture) : ((ulong)value).ToString(CultureInfo.InvariantCulture))}";
        }

        if (field.Name == "slots")
        {
            return "slots = " + string.Join(", ", Enumerable.Range(0, length / 2).Select(slot => ReadNumber(at + (2 * slot), 2, bigEndian: false)));
        }

        ReadOnlySpan<byte> text = _page.AsSpan(at, length).TrimEnd((byte)0);
        bool named = field.FixedLength is null || field.Name is "slug" or "title";
        return named && text.Length > 0 && text.IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0
            ? $"{field.Name} = \"{System.Text.Encoding.ASCII.GetString(text)}\""
            : field.Name;
    }

    private long ReadNumber(int at, int length, bool bigEndian)
    {
        Span<byte> bytes = stackalloc byte[8];
        bytes.Clear();
        _page.AsSpan(at, length).CopyTo(bigEndian ? bytes[^length..] : bytes);
        return bigEndian ? BinaryPrimitives.ReadInt64BigEndian(bytes) : BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }

    private bool IsZero(int at, int length) => _page.AsSpan(at, length).IndexOfAnyExcept((byte)0) < 0;

    [GeneratedRegex(@"^if bit (?<bit>\d) of the flags is set", RegexOptions.CultureInvariant)]
    private static partial Regex Condition();
}
