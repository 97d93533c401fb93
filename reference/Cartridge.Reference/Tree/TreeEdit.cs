namespace Cartridge.Reference;

/// <summary>
/// One change to one key, on its way down a tree and back up. Each level is replaced by one node, by two if it overflowed,
/// or by none if it emptied; a node that runs low is joined with a neighbour (spec/06-trees.md, "Writing").
/// </summary>
internal sealed class TreeEdit(INodes nodes, PageType type, byte[] key, TreeValue? value)
{
    /// <summary>A node emptier than this is joined with a neighbour.</summary>
    private const int Underfull = Format.PageSize / 4;

    /// <summary>1 after an insertion, -1 after a removal, else 0.</summary>
    public int EntriesAdded { get; private set; }

    /// <summary>The value that the key had.</summary>
    public TreeValue? Old { get; private set; }

    /// <summary>The first leaf of a tree.</summary>
    public Child Plant() => Keep(TreeNode.Leaf([key], [value!.Value]));

    /// <summary>Carries the change out below a child.</summary>
    /// <returns>What stands in the child's place now; null if nothing changed.</returns>
    public Siblings? Apply(in Child child, byte level, in KeyRange range)
    {
        var node = nodes.Load(child, type, level, range);
        if (level == 0)
        {
            return ApplyToLeaf(child, node);
        }

        var at = node.ChildFor(key);
        if (Apply(node.Children[at], (byte)(level - 1), range.Narrow(node, at)) is not { } changed)
        {
            return null;
        }

        nodes.Dropped(child, type);
        var siblings = new Siblings(node.Keys, node.Children).Replace(at, changed);
        if (changed.Children.Length == 1 && siblings.Children.Length > 1 && IsUnderfull(changed.Children[0].Fresh!))
        {
            siblings = Join(siblings, Math.Max(at - 1, 0), (byte)(level - 1), range);
        }

        return siblings.Children.Length == 0
            ? Siblings.None
            : Fit(TreeNode.Interior(level, siblings.Separators, siblings.Children), appended: at == node.Keys.Length);
    }

    /// <summary>Puts roots over several siblings until there is one, or takes away roots that have but one child.</summary>
    public (Child Root, byte Level) RootOf(Siblings siblings, byte level)
    {
        if (siblings.Children.Length == 0)
        {
            return (default, 0);
        }

        while (siblings.Children.Length > 1)
        {
            level++;
            siblings = Fit(TreeNode.Interior(level, siblings.Separators, siblings.Children), appended: false);
        }

        var root = siblings.Children[0];
        while (root.Fresh is { IsLeaf: false, Children.Length: 1 } lonely)
        {
            nodes.Dropped(root, type);
            root = lonely.Children[0];
            level--;
        }

        return (root, level);
    }

    private Siblings? ApplyToLeaf(in Child child, TreeNode leaf)
    {
        var at = leaf.Find(key);
        var found = at >= 0;
        at = found ? at : ~at;
        if (value is null && !found)
        {
            return null;
        }

        nodes.Dropped(child, type);
        Old = found ? leaf.Values[at] : null;
        var after = found ? at + 1 : at;
        byte[][] inserted = value is null ? [] : [key];
        TreeValue[] values = value is { } kept ? [kept] : [];
        EntriesAdded = inserted.Length - (found ? 1 : 0);
        var changed = TreeNode.Leaf(
            [.. leaf.Keys.AsSpan(0, at), .. inserted, .. leaf.Keys.AsSpan(after)],
            [.. leaf.Values.AsSpan(0, at), .. values, .. leaf.Values.AsSpan(after)]);
        return changed.Keys.Length == 0 ? Siblings.None : Fit(changed, appended: at == leaf.Keys.Length);
    }

    private static bool IsUnderfull(TreeNode node) => node.EncodedSize < Underfull || (!node.IsLeaf && node.Children.Length < 2);

    /// <summary>Joins two neighbours into one node, or shares their cells evenly where one node cannot hold them.</summary>
    private Siblings Join(Siblings siblings, int at, byte level, in KeyRange range)
    {
        var (leftChild, rightChild) = (siblings.Children[at], siblings.Children[at + 1]);
        var left = nodes.Load(leftChild, type, level, siblings.RangeOf(at, range));
        var right = nodes.Load(rightChild, type, level, siblings.RangeOf(at + 1, range));
        nodes.Dropped(leftChild, type);
        nodes.Dropped(rightChild, type);
        var joined = level == 0
            ? TreeNode.Leaf([.. left.Keys, .. right.Keys], [.. left.Values, .. right.Values])
            : TreeNode.Interior(level, [.. left.Keys, siblings.Separators[at], .. right.Keys], [.. left.Children, .. right.Children]);
        return siblings.ReplacePair(at, Fit(joined, appended: false));
    }

    /// <summary>
    /// Makes the node, or two where its page would overflow. Two always suffice: no cell exceeds 2,000 bytes with its full
    /// key, so wherever the left half stops being able to take one more, the rest fits into the right.
    /// </summary>
    private Siblings Fit(TreeNode node, bool appended)
    {
        if (node.EncodedSize <= Format.PageSize)
        {
            return Siblings.One(Keep(node));
        }

        // Keys that arrive in order fill the left node well: it will not be visited again (CART-TRE-104).
        var target = appended ? Format.PageSize * 3 / 4 : Format.PageSize / 2;
        return node.IsLeaf ? SplitLeaf(node, target) : SplitInterior(node, target);
    }

    private Siblings SplitLeaf(TreeNode node, int target)
    {
        var count = node.Keys.Length;
        var sums = node.CellSums();
        var at = BestSplit(1, count - 1, target, i => node.LeafSize(0, i, sums), i => node.LeafSize(i, count, sums));
        var left = TreeNode.Leaf(node.Keys[..at], node.Values[..at]);
        var right = TreeNode.Leaf(node.Keys[at..], node.Values[at..]);
        return new Siblings([TreeNode.Separator(node.Keys[at - 1], node.Keys[at])], [Keep(left), Keep(right)]);
    }

    private Siblings SplitInterior(TreeNode node, int target)
    {
        var count = node.Children.Length;
        var sums = node.CellSums();
        var at = BestSplit(2, count - 2, target, i => node.InteriorSize(0, i, sums), i => node.InteriorSize(i, count, sums));
        var left = TreeNode.Interior(node.Level, node.Keys[..(at - 1)], node.Children[..at]);
        var right = TreeNode.Interior(node.Level, node.Keys[at..], node.Children[at..]);
        return new Siblings([node.Keys[at - 1]], [Keep(left), Keep(right)]);
    }

    /// <summary>The split nearest to the wanted size of the left node, among those where both nodes fit.</summary>
    private static int BestSplit(int first, int last, int target, Func<int, int> leftSize, Func<int, int> rightSize)
    {
        var best = -1;
        var bestDistance = int.MaxValue;
        for (var at = first; at <= last; at++)
        {
            var left = leftSize(at);
            var distance = Math.Abs(left - target);
            if (distance < bestDistance && left <= Format.PageSize && rightSize(at) <= Format.PageSize)
            {
                (best, bestDistance) = (at, distance);
            }
        }

        return best >= 0 ? best : throw new InvalidOperationException("A node cannot be split in two: a cell is larger than allowed.");
    }

    private Child Keep(TreeNode node)
    {
        nodes.Made(node);
        return Child.Of(node);
    }
}
