namespace Cartridge.Reference;

/// <summary>A leaf's value: its bytes, or the blob reference that leads to them.</summary>
/// <param name="Bytes">The value, or the encoded blob reference of a long one.</param>
/// <param name="IsLong">Whether the bytes are a blob reference.</param>
/// <param name="HolderBirth">The birth of the leaf that it was read from: nothing that it refers to may be younger.</param>
internal readonly record struct TreeValue(ReadOnlyMemory<byte> Bytes, bool IsLong = false, ulong HolderBirth = ulong.MaxValue);

/// <summary>
/// A child: a page in the container, or a node that a pending change has made and that has no page yet. Publishing gives
/// it one.
/// </summary>
/// <param name="Reference">The page, for a child in the container.</param>
/// <param name="Fresh">The node, for a child without a page.</param>
internal readonly record struct Child(PageReference Reference, TreeNode? Fresh = null)
{
    public static Child Of(TreeNode fresh) => new(default, fresh);
}

/// <summary>
/// A node of a B+tree, taken apart: keys in byte order, and for each key a value (leaf) or between and around them the
/// children (interior). Nodes never change; an edit makes new ones along its path, so every reader keeps what it sees.
/// </summary>
internal sealed partial class TreeNode
{
    private Bounded? _within;

    private TreeNode(byte level, byte[][] keys, TreeValue[] values, Child[] children, int[] offsets, ulong? keptBirth = null)
    {
        KeptBirth = keptBirth;
        Level = level;
        Keys = keys;
        Values = values;
        Children = children;
        Offsets = offsets;
    }

    /// <summary>The birth that a node keeps which was rewritten only because something was moved (CART-LIF-130); null: born when it is written.</summary>
    public ulong? KeptBirth { get; }

    /// <summary>0 for a leaf.</summary>
    public byte Level { get; }

    public bool IsLeaf => Level == 0;

    /// <summary>A leaf's keys, or the separators of an interior node.</summary>
    public byte[][] Keys { get; }

    /// <summary>A leaf's values, one for each key.</summary>
    public TreeValue[] Values { get; }

    /// <summary>An interior node's children, one more than separators.</summary>
    public Child[] Children { get; }

    /// <summary>Where each cell begins on the page that the node was read from, for findings; none in a node without a page.</summary>
    public int[] Offsets { get; }

    /// <summary>
    /// Checks the keys against what the ancestors allow. Most nodes are reached again and again from the same parent, whose
    /// separators are the very same arrays: the range that was found right last is remembered.
    /// </summary>
    public void CheckWithin(in KeyRange range, ulong page, Checker c)
    {
        if (_within is { } known && ReferenceEquals(known.Low, range.Low) && ReferenceEquals(known.High, range.High))
        {
            return;
        }

        if (range.Check(this, page, c))
        {
            _within = new Bounded(range.Low, range.High);
        }
    }

    /// <summary>Bytes that the node needs of its page.</summary>
    public int EncodedSize
    {
        get
        {
            var cells = 0;
            for (var i = 0; i < Keys.Length; i++)
            {
                cells += CellSize(i);
            }

            return (IsLeaf ? NodeFieldLocations.LeafPrefix : NodeFieldLocations.InteriorPrefix) + Packed(0, Keys.Length, cells);
        }
    }

    public static TreeNode Leaf(byte[][] keys, TreeValue[] values, ulong? keptBirth = null) => new(0, keys, values, [], [], keptBirth);

    public static TreeNode Interior(byte level, byte[][] separators, Child[] children, ulong? keptBirth = null) =>
        new(level, separators, [], children, [], keptBirth);

    /// <summary>The position of a key in a leaf, or the complement of where it would be.</summary>
    public int Find(ReadOnlySpan<byte> key)
    {
        var (low, high) = (0, Keys.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = key.SequenceCompareTo(Keys[middle]);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (low, middle - 1) : (middle + 1, high);
        }

        return ~low;
    }

    /// <summary>The child under which a key belongs: left of a separator is smaller, right of it is not.</summary>
    public int ChildFor(ReadOnlySpan<byte> key)
    {
        var at = Find(key);
        return at >= 0 ? at + 1 : ~at;
    }

    /// <summary>For each cell, the bytes that the ones before it need with their slots and full keys; last, those of all.</summary>
    public int[] CellSums()
    {
        var sums = new int[Keys.Length + 1];
        for (var i = 0; i < Keys.Length; i++)
        {
            sums[i + 1] = sums[i] + CellSize(i);
        }

        return sums;
    }

    /// <summary>Bytes that some of the cells would need as a leaf of their own.</summary>
    /// <param name="from">The first cell.</param>
    /// <param name="to">The one after the last.</param>
    /// <param name="sums">What <see cref="CellSums"/> gave.</param>
    public int LeafSize(int from, int to, int[] sums) =>
        NodeFieldLocations.LeafPrefix + Packed(from, to, sums[to] - sums[from]);

    /// <summary>Bytes that some of the children would need as an interior node of their own.</summary>
    /// <param name="from">The first child.</param>
    /// <param name="to">The one after the last.</param>
    /// <param name="sums">What <see cref="CellSums"/> gave.</param>
    public int InteriorSize(int from, int to, int[] sums) =>
        NodeFieldLocations.InteriorPrefix + Packed(from, to - 1, sums[to - 1] - sums[from]);

    /// <summary>The shortest separator of two neighbours: what the right one needs to be told from the left.</summary>
    public static byte[] Separator(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        right[..(left.CommonPrefixLength(right) + 1)].ToArray();

    private int CellSize(int i) =>
        NodeFieldLengths.Slot + Keys[i].Length + (IsLeaf ? NodeFieldLengths.LeafCell + Values[i].Bytes.Length : NodeFieldLengths.InteriorCell);

    /// <summary>Bytes of cells that keep their common prefix once.</summary>
    private int Packed(int from, int to, int cells) => cells - ((Math.Max(to - from, 0) - 1) * CommonPrefix(from, to));

    /// <summary>Keys are sorted, so what the first and the last have in common is common to all.</summary>
    private int CommonPrefix(int from, int to) =>
        to <= from ? 0 : ((ReadOnlySpan<byte>)Keys[from]).CommonPrefixLength(Keys[to - 1]);

    /// <summary>A range that the keys were found to lie in.</summary>
    private sealed record Bounded(byte[]? Low, byte[]? High);
}
