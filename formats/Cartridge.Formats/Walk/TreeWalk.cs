using Cartridge.Formats.Generated;
using static Cartridge.Formats.Walk.Check;

namespace Cartridge.Formats.Walk;

/// <summary>Goes through the leaves of a tree in the order of their keys and checks every node on the way.</summary>
/// <param name="reach">What the tree belongs to.</param>
/// <param name="tree">The reference to the tree.</param>
/// <param name="type">The type of its nodes.</param>
/// <param name="parent">
/// The same tree of the parent, where only what is younger is to be visited and the rest to be found there; null where all is.
/// </param>
internal sealed class TreeWalk(StateReach reach, Cartridge3.TreeReference tree, Cartridge3.PageType type, ParentTree? parent = null)
{
    private readonly TreeNodes _nodes = new(reach, type);
    private ulong _count;

    /// <summary>A node, and, once everything below it has been visited, how many records came before it.</summary>
    private readonly record struct Pending(Visit Visit, ulong? CountBefore);

    /// <summary>All records of the tree, or those in young nodes. The count of entries is checked behind the last one.</summary>
    internal IEnumerable<Leaf> Leaves()
    {
        if (tree.PageReference.Page == 0)
        {
            bool isZero = StateRecord.IsZeroReference(tree);
            Require(isZero, "CART-PAG-013", "page.out-of-range", reach.RootHolder.Page,
                $"the {type} reference to page 0 is not all zero");
            yield break;
        }

        Stack<Pending> pending = new([new Pending(Visit.Root(tree, reach.RootHolder), null)]);
        while (pending.TryPop(out Pending next))
        {
            Visit visit = next.Visit;
            if (next.CountBefore is { } before)
            {
                parent?.NoteCount(visit.Reference.Page, _count - before);
            }
            else if (!IsOfParent(visit))
            {
                reach.Claim(visit.Reference.Page, 1, PageOwner.Node(type, visit.Level));
                Cartridge3.Node node = _nodes.Read(visit);
                pending.Push(new Pending(visit, _count));
                foreach (Leaf leaf in Visited(node, visit, pending))
                {
                    _count = checked(_count + 1);
                    yield return leaf;
                }
            }
        }

        Require(_count == tree.EntryCount, "CART-TRE-013", "tree.count-mismatch", reach.RootHolder.Page,
            $"{tree.EntryCount} entries are stated, the leaves hold {_count}");
    }

    /// <summary>The records of a leaf; the children of another node are put before everything that is pending.</summary>
    private static List<Leaf> Visited(Cartridge3.Node node, Visit visit, Stack<Pending> pending)
    {
        if (node.Level == 0)
        {
            return TreeNodes.Records(node, visit);
        }

        // The stack gives back last what it was given first.
        foreach (Visit child in TreeNodes.Children(node, visit).AsEnumerable().Reverse())
        {
            pending.Push(new Pending(child, null));
        }

        return [];
    }

    /// <summary>Whether a node is older than the parent. Then it must be the parent's, and has been visited there.</summary>
    private bool IsOfParent(Visit visit)
    {
        _nodes.CheckReference(visit);
        if (parent is null || visit.Reference.Birth > parent.Generation)
        {
            return false;
        }

        parent.RequireNode(visit);
        _count = checked(_count + parent.CountBelow(visit.Reference.Page));
        return true;
    }
}
