using System.Text;

namespace Cartridge.Conformance.Mending;

/// <summary>A tree of a state: its reference in the record and its nodes, root first.</summary>
internal sealed class TreeChart
{
    private readonly byte[] _bytes;

    public TreeChart(byte[] bytes, Spot reference)
    {
        _bytes = bytes;
        Reference = reference;
        Spot root = this["page reference"];
        if (root.Inner(Layouts.PageReference, "page").Number(bytes) != 0)
        {
            Add(root);
        }
    }

    /// <summary>The tree reference in the record.</summary>
    public Spot Reference { get; }

    public List<NodeChart> Nodes { get; } = [];

    /// <summary>For each reference between the tree's pages, and from the record: where it is and which page it names.</summary>
    public List<(Spot Reference, long Page)> Links { get; } = [];

    public NodeChart Root => Nodes[0];

    public IEnumerable<CellChart> Leaves => Nodes.Where(node => node.IsLeaf).SelectMany(node => node.Cells);

    public Spot this[string field] => Reference.Inner(Layouts.TreeReference, field);

    /// <summary>The leaf that holds a cell.</summary>
    public NodeChart LeafOf(CellChart cell) => Nodes.Single(node => node.Cells.Contains(cell));

    /// <summary>The reference to a page of the tree.</summary>
    public Spot ReferenceTo(NodeChart node) => Links.Single(link => link.Page == node.Page).Reference;

    /// <summary>The leaf's cell with a path as its key.</summary>
    public CellChart Cell(string path) => Leaves.Single(cell => cell.Key.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(path)));

    /// <summary>Whether a cell's value stands in a blob.</summary>
    public bool IsLong(CellChart cell) => cell["value kind"].Number(_bytes) == 1;

    private void Add(Spot reference)
    {
        long page = (long)reference.Inner(Layouts.PageReference, "page").Number(_bytes);
        NodeChart node = new(_bytes, page);
        Nodes.Add(node);
        Links.Add((reference, page));
        foreach (Spot child in node.ChildReferences)
        {
            Add(child);
        }
    }
}
