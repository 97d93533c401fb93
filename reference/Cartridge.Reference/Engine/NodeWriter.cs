namespace Cartridge.Reference;

/// <summary>
/// Writes the fresh nodes of trees, children before parents, since a parent holds its children's hashes. Pages that follow
/// each other go out in one write.
/// </summary>
internal sealed class NodeWriter(IMedium medium, PagePool pool, ContainerId container, ulong generation, Queue<ulong> pages)
{
    private const int PagesPerWrite = 64;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(Math.Min(pages.Count, PagesPerWrite) * Format.PageSize);
    private readonly Dictionary<TreeNode, PageReference> _moved = new(ReferenceEqualityComparer.Instance);
    private ulong _first;
    private int _count;

    /// <summary>Writes a tree's fresh nodes.</summary>
    /// <returns>The reference to the tree as it is on the medium.</returns>
    public TreeReference Write(Tree tree) => tree.IsEmpty
        ? default
        : new TreeReference(Write(tree.Root, tree.Type), tree.Entries, tree.Level);

    /// <summary>Sends out what has gathered.</summary>
    public void Flush()
    {
        if (_count > 0)
        {
            medium.Write(Pages.OffsetOf(_first), _buffer.AsSpan(0, _count * Format.PageSize));
            _count = 0;
        }
    }

    private PageReference Write(in Child child, PageType type)
    {
        if (child.Fresh is not { } fresh)
        {
            return child.Reference;
        }

        // Several trees share a node that was moved.
        if (fresh.KeptBirth is not null && _moved.TryGetValue(fresh, out var moved))
        {
            return moved;
        }

        var node = fresh.IsLeaf ? fresh : TreeNode.Interior(fresh.Level, fresh.Keys, WrittenChildren(fresh, type), fresh.KeptBirth);
        var number = pages.Dequeue();
        var reference = node.Write(PageFor(number), type, container, number, fresh.KeptBirth ?? generation);
        pool.Remember(type, reference, node);
        if (fresh.KeptBirth is not null)
        {
            _moved.Add(fresh, reference);
        }

        return reference;
    }

    /// <summary>A node's children, those without a page written.</summary>
    private Child[] WrittenChildren(TreeNode node, PageType type)
    {
        var children = node.Children.AsSpan().ToArray();
        foreach (ref var child in children.AsSpan())
        {
            child = child.Fresh is null ? child : new Child(Write(child, type));
        }

        return children;
    }

    private Span<byte> PageFor(ulong number)
    {
        if (_count == PagesPerWrite || (_count > 0 && number != _first + (ulong)_count))
        {
            Flush();
        }

        if (_count == 0)
        {
            _first = number;
        }

        var page = _buffer.AsSpan(_count++ * Format.PageSize, Format.PageSize);
        page.Clear();
        return page;
    }
}
