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

    /// <summary>Makes the node, or two where its page would overflow.</summary>
    private Siblings Fit(TreeNode node, bool appended)
    {
        var siblings = NodeSplit.Fit(node, appended);
        foreach (var child in siblings.Children)
        {
            nodes.Made(child.Fresh!);
        }

        return siblings;
    }

    private Child Keep(TreeNode node)
    {
        nodes.Made(node);
        return Child.Of(node);
    }
}
