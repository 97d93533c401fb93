namespace Cartridge.Conformance.Mending;

/// <summary>A catalog record, taken apart, wherever it stands: in a leaf or in the pages of a long value.</summary>
internal sealed class EntryChart
{
    private const int HasContentHash = 1;
    private const int HasInlineContent = 2;
    private const int IsSealed = 4;
    private const int HashLength = 32;

    private readonly Spot _record;
    private readonly List<Spot> _attributes = [];

    public EntryChart(byte[] bytes, CellChart cell, Spot record)
    {
        Cell = cell;
        _record = record;
        int at = Layouts.CatalogRecord.Length;
        int flags = (int)this["flags"].Number(bytes);
        Owner = Next(ref at, (int)this["owner length"].Number(bytes), "owner");
        ContentHash = Next(ref at, (flags & HasContentHash) != 0 ? HashLength : 0, "content hash");
        InlineLength = Next(ref at, (flags & HasInlineContent) != 0 ? sizeof(ushort) : 0, "inline length");
        InlineSeal = Next(ref at, InlineLength.Length > 0 && (flags & IsSealed) != 0 ? Layouts.Seal.Length : 0, "inline seal");
        Inline = Next(ref at, InlineLength.Length == 0 ? 0 : (int)InlineLength.Number(bytes), "inline content");
        AttributeCount = Next(ref at, sizeof(ushort), "attribute count");
        for (ulong i = 0; i < AttributeCount.Number(bytes); i++)
        {
            Spot attribute = Next(ref at, Layouts.Attribute.Length, "attribute");
            _attributes.Add(attribute);
            at += (int)attribute.Inner(Layouts.Attribute, "name length").Number(bytes)
                + (int)attribute.Inner(Layouts.Attribute, "value length").Number(bytes);
        }
    }

    /// <summary>The leaf's cell.</summary>
    public CellChart Cell { get; }

    /// <summary>The whole record.</summary>
    public Spot Record => _record;

    public Spot Owner { get; }

    /// <summary>Empty if the record has none; so are the three after it.</summary>
    public Spot ContentHash { get; }

    public Spot InlineLength { get; }

    public Spot InlineSeal { get; }

    public Spot Inline { get; }

    public Spot AttributeCount { get; }

    public Spot this[string field] => _record.Inner(Layouts.CatalogRecord, field);

    /// <summary>A field of an attribute.</summary>
    public Spot Attribute(int index, string field) => _attributes[index].Inner(Layouts.Attribute, field);

    /// <summary>An attribute's name, as long as the bytes say.</summary>
    public Spot AttributeName(byte[] bytes, int index)
    {
        Spot name = _attributes[index];
        return Spot.At(name.Position + name.Length, (int)Attribute(index, "name length").Number(bytes), "attribute: name");
    }

    /// <summary>An attribute's value, as long as the bytes say.</summary>
    public Spot AttributeValue(byte[] bytes, int index)
    {
        Spot name = AttributeName(bytes, index);
        return Spot.At(name.Position + name.Length, (int)Attribute(index, "value length").Number(bytes), "attribute: value");
    }

    private Spot Next(ref int at, int length, string field)
    {
        Spot spot = Spot.At(_record.Position + at, length, $"{Layouts.CatalogRecord.Name}: {field}");
        at += length;
        return spot;
    }
}
