namespace Cartridge.Reference;

/// <summary>Where the nodes of a tree come from, and who is told when an edit replaces some (CART-TRE-103).</summary>
internal interface INodes
{
    /// <summary>Fetches a node and proves it.</summary>
    TreeNode Load(in Child child, PageType type, byte level, in KeyRange range);

    /// <summary>An edit has made a node, which will need a page.</summary>
    void Made(TreeNode node);

    /// <summary>An edit has dropped a node of a tree: the state in the making does not reach it any more, snapshots apart.</summary>
    void Dropped(in Child child, PageType type);
}

/// <summary>
/// A B+tree as a value: an edit gives another tree, and whoever holds the old one still reads the old one. That is how an
/// operation that fails leaves nothing behind.
/// </summary>
/// <param name="Type">The page type of its nodes.</param>
/// <param name="Root">The root; page 0 and no fresh node when the tree is empty.</param>
/// <param name="Entries">Records in all leaves.</param>
/// <param name="Level">The root's level.</param>
internal sealed partial record Tree(PageType Type, Child Root, ulong Entries, byte Level)
{
    /// <summary>Its levels; 0 when it is empty.</summary>
    public int Height => IsEmpty ? 0 : Level + 1;

    public bool IsEmpty => Root.Fresh is null && Root.Reference.Page == 0;

    /// <summary>Checks the level of a root, before anybody follows it.</summary>
    /// <param name="reference">The reference in the record.</param>
    /// <param name="at">Where it stands.</param>
    /// <param name="c">Where faults go.</param>
    /// <returns>Whether the tree can be followed.</returns>
    public static bool CheckLevel(in TreeReference reference, Place at, Checker c) =>
        c.Skips(TreeRule.RootLevel) || reference.Level <= Format.MaxLevel
        || c.Fault(TreeRule.RootLevel, at, $"a root on level {reference.Level}; the highest is {Format.MaxLevel}");

    /// <summary>The tree that a commit record refers to.</summary>
    public static Tree From(PageType type, in TreeReference reference) =>
        new(type, new Child(reference.Root), reference.Entries, reference.Level);

    /// <summary>The reference by which a commit record names the tree, once its root has a page.</summary>
    public TreeReference ToReference() => IsEmpty ? default : new TreeReference(Root.Reference, Entries, Level);

    /// <summary>Looks a key up, one node a level.</summary>
    public TreeValue? Find(INodes nodes, ReadOnlySpan<byte> key)
    {
        if (IsEmpty)
        {
            return null;
        }

        var (child, range) = (Root, KeyRange.All);
        for (var level = Level; ; level--)
        {
            var node = nodes.Load(child, Type, level, range);
            if (level == 0)
            {
                var found = node.Find(key);
                return found >= 0 ? node.Values[found] : null;
            }

            var at = node.ChildFor(key);
            (child, range) = (node.Children[at], range.Narrow(node, at));
        }
    }

    /// <summary>Whether the way to a key leads over a node, given by its reference and level.</summary>
    public bool Reaches(INodes nodes, in PageReference reference, byte level, ReadOnlySpan<byte> key)
    {
        var (child, range) = (Root, KeyRange.All);
        for (var at = Level; !IsEmpty && at >= level; at--)
        {
            if (at == level)
            {
                return child == new Child(reference);
            }

            var node = nodes.Load(child, Type, at, range);
            var next = node.ChildFor(key);
            (child, range) = (node.Children[next], range.Narrow(node, next));
        }

        return false;
    }

    /// <summary>How many nodes there are; leaves are counted and not read.</summary>
    public ulong CountNodes(INodes nodes) => IsEmpty ? 0 : CountNodes(nodes, Root, Level, KeyRange.All);

    private ulong CountNodes(INodes nodes, in Child child, byte level, in KeyRange range)
    {
        if (level == 0)
        {
            return 1;
        }

        var (node, count) = (nodes.Load(child, Type, level, range), 1UL);
        for (var i = 0; i < node.Children.Length; i++)
        {
            count += CountNodes(nodes, node.Children[i], (byte)(level - 1), range.Narrow(node, i));
        }

        return count;
    }

    /// <summary>All entries from a key on, in byte order; nodes are fetched as the caller goes.</summary>
    public IEnumerable<KeyValuePair<byte[], TreeValue>> From(INodes nodes, byte[] key)
    {
        if (IsEmpty)
        {
            yield break;
        }

        // The path from the root: at each level the node, the keys allowed below it, and which of its children comes next.
        var path = new Stack<(TreeNode Node, KeyRange Range, int Next)>();
        var leaf = Descend(nodes, path, Root, Level, KeyRange.All, key);
        var start = leaf.Find(key);
        start = start >= 0 ? start : ~start;
        while (true)
        {
            for (var i = start; i < leaf.Keys.Length; i++)
            {
                yield return new(leaf.Keys[i], leaf.Values[i]);
            }

            while (path.Count > 0 && path.Peek().Next >= path.Peek().Node.Children.Length)
            {
                path.Pop();
            }

            if (path.Count == 0)
            {
                yield break;
            }

            var (parent, range, next) = path.Pop();
            path.Push((parent, range, next + 1));
            leaf = Descend(nodes, path, parent.Children[next], (byte)(parent.Level - 1), range.Narrow(parent, next), []);
            start = 0;
        }
    }

    /// <summary>Goes down to the leaf where a key belongs, and notes the way.</summary>
    private TreeNode Descend(INodes nodes, Stack<(TreeNode Node, KeyRange Range, int Next)> path, Child child, byte level, KeyRange range, byte[] key)
    {
        while (true)
        {
            var node = nodes.Load(child, Type, level, range);
            if (level == 0)
            {
                return node;
            }

            var at = node.ChildFor(key);
            path.Push((node, range, at + 1));
            (child, range) = (node.Children[at], range.Narrow(node, at));
            level--;
        }
    }
}
