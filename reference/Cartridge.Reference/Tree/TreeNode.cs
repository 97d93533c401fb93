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
    private TreeNode(byte level, byte[][] keys, TreeValue[] values, Child[] children, int[] offsets)
    {
        Level = level;
        Keys = keys;
        Values = values;
        Children = children;
        Offsets = offsets;
    }

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

    /// <summary>Bytes that the node needs of its page.</summary>
    public int EncodedSize => IsLeaf ? LeafSize(0, Keys.Length) : InteriorSize(0, Children.Length);

    public static TreeNode Leaf(byte[][] keys, TreeValue[] values) => new(0, keys, values, [], []);

    public static TreeNode Interior(byte level, byte[][] separators, Child[] children) => new(level, separators, [], children, []);

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

    /// <summary>Bytes that the cells from one to another would need as a leaf of their own.</summary>
    public int LeafSize(int from, int to)
    {
        var prefix = CommonPrefix(from, to);
        var size = NodeFieldLocations.LeafPrefix + prefix;
        for (var i = from; i < to; i++)
        {
            size += NodeFieldLengths.Slot + NodeFieldLengths.LeafCell + Keys[i].Length - prefix + Values[i].Bytes.Length;
        }

        return size;
    }

    /// <summary>Bytes that the children from one to another would need as an interior node of their own.</summary>
    public int InteriorSize(int from, int to)
    {
        var prefix = CommonPrefix(from, to - 1);
        var size = NodeFieldLocations.InteriorPrefix + prefix;
        for (var i = from; i < to - 1; i++)
        {
            size += NodeFieldLengths.Slot + NodeFieldLengths.InteriorCell + Keys[i].Length - prefix;
        }

        return size;
    }

    /// <summary>The shortest separator of two neighbours: what the right one needs to be told from the left.</summary>
    public static byte[] Separator(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        right[..(left.CommonPrefixLength(right) + 1)].ToArray();

    /// <summary>Keys are sorted, so what the first and the last have in common is common to all.</summary>
    private int CommonPrefix(int from, int to) =>
        to <= from ? 0 : ((ReadOnlySpan<byte>)Keys[from]).CommonPrefixLength(Keys[to - 1]);
}
