namespace Cartridge.Conformance.Mending;

/// <summary>A tree node, taken apart: where each of its fields and cells is.</summary>
internal sealed class NodeChart
{
    private const int LeafPrefix = 72;
    private const int InteriorPrefix = LeafPrefix + 48;

    public NodeChart(byte[] bytes, long page)
    {
        Page = page;
        Level = (int)this["level"].Number(bytes);
        int count = (int)this["cell count"].Number(bytes);
        Prefix = new Spot(page, IsLeaf ? LeafPrefix : InteriorPrefix, (int)this["prefix length"].Number(bytes), "tree node: prefix");
        int slots = Prefix.Offset + Prefix.Length;
        for (int i = 0; i < count; i++)
        {
            Cells.Add(new CellChart(bytes, this, i, new Spot(page, slots + (i * 2), 2, "tree node: slot")));
        }

        int gap = slots + (count * 2);
        Gap = new Spot(page, gap, (count == 0 ? Spot.PageSize : Cells[^1].Begin) - gap, "tree node: gap");
    }

    public long Page { get; }

    public int Level { get; }

    public bool IsLeaf => Level == 0;

    public Spot Prefix { get; }

    /// <summary>The unused bytes between slots and cells.</summary>
    public Spot Gap { get; }

    public List<CellChart> Cells { get; } = [];

    /// <summary>A field of the page header or of the node.</summary>
    public Spot this[string field] => Layouts.PageHeader.Fields.Any(known => known.Name == field)
        ? Spot.Of(Layouts.PageHeader, field, Page)
        : Spot.Of(Layouts.TreeNode, field, Page);

    /// <summary>The references to the children, in order.</summary>
    public IEnumerable<Spot> ChildReferences => IsLeaf
        ? []
        : [new Spot(Page, LeafPrefix, Layouts.PageReference.Length, "interior node: first child"), .. Cells.Select(cell => cell.Child)];
}

/// <summary>One cell of a node.</summary>
internal sealed class CellChart
{
    private readonly NodeChart _node;

    public CellChart(byte[] bytes, NodeChart node, int index, Spot slot)
    {
        _node = node;
        Index = index;
        Slot = slot;
        Begin = (int)slot.Number(bytes);
        Layout layout = node.IsLeaf ? Layouts.LeafCell : Layouts.InteriorCell;
        int suffix = (int)this["suffix length"].Number(bytes);
        Suffix = new Spot(node.Page, Begin + layout.Length, suffix, $"{layout.Name}: suffix");
        Key = [.. node.Prefix.In(bytes), .. Suffix.In(bytes)];
        int value = node.IsLeaf ? (int)this["value length"].Number(bytes) : Layouts.PageReference.Length;
        Value = new Spot(node.Page, Suffix.Offset + suffix, value, node.IsLeaf ? "leaf cell: value" : "interior cell: child");
    }

    public int Index { get; }

    public Spot Slot { get; }

    /// <summary>The cell's first byte in the page.</summary>
    public int Begin { get; }

    public Spot Suffix { get; }

    /// <summary>The whole key: the node's prefix and the suffix.</summary>
    public byte[] Key { get; }

    /// <summary>Of a leaf's cell: the value, or the blob reference that leads to it.</summary>
    public Spot Value { get; }

    /// <summary>Of an interior cell: the reference to the child on the right of the separator.</summary>
    public Spot Child => Value;

    public Spot this[string field] =>
        Spot.Of(_node.IsLeaf ? Layouts.LeafCell : Layouts.InteriorCell, field, _node.Page, Begin);
}
