namespace Cartridge.Reference;

/// <summary>Makes two nodes of one that its page cannot hold (spec/06-trees.md, "Writing").</summary>
internal static class NodeSplit
{
    /// <summary>
    /// The node, or two where its page would overflow. Two always suffice: no cell exceeds 2,000 bytes with its full key, so
    /// wherever the left half stops being able to take one more, the rest fits into the right.
    /// </summary>
    /// <param name="node">The node.</param>
    /// <param name="appended">Whether it grew at its end.</param>
    public static Siblings Fit(TreeNode node, bool appended)
    {
        if (node.EncodedSize <= Format.PageSize)
        {
            return Siblings.One(Child.Of(node));
        }

        // Keys that arrive in order fill the left node well: it will not be visited again (CART-TRE-104).
        var target = appended ? Format.PageSize * 3 / 4 : Format.PageSize / 2;
        return node.IsLeaf ? SplitLeaf(node, target) : SplitInterior(node, target);
    }

    private static Siblings SplitLeaf(TreeNode node, int target)
    {
        var count = node.Keys.Length;
        var sums = node.CellSums();
        var at = BestSplit(1, count - 1, target, i => node.LeafSize(0, i, sums), i => node.LeafSize(i, count, sums));
        var left = TreeNode.Leaf(node.Keys[..at], node.Values[..at], node.KeptBirth);
        var right = TreeNode.Leaf(node.Keys[at..], node.Values[at..], node.KeptBirth);
        return new Siblings([TreeNode.Separator(node.Keys[at - 1], node.Keys[at])], [Child.Of(left), Child.Of(right)]);
    }

    private static Siblings SplitInterior(TreeNode node, int target)
    {
        var count = node.Children.Length;
        var sums = node.CellSums();
        var at = BestSplit(2, count - 2, target, i => node.InteriorSize(0, i, sums), i => node.InteriorSize(i, count, sums));
        var left = TreeNode.Interior(node.Level, node.Keys[..(at - 1)], node.Children[..at], node.KeptBirth);
        var right = TreeNode.Interior(node.Level, node.Keys[at..], node.Children[at..], node.KeptBirth);
        return new Siblings([node.Keys[at - 1]], [Child.Of(left), Child.Of(right)]);
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
}
