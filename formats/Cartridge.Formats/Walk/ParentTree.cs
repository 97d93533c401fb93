using Cartridge.Formats.Generated;
using static Cartridge.Formats.Walk.Check;

namespace Cartridge.Formats.Walk;

/// <summary>
/// A tree of the snapshot that another one, or the current state, descends from: what the descendant has that is not younger than its
/// parent must be found here, at the same key. Keys are looked up in ascending order, so the way down to the last one is kept.
/// </summary>
/// <param name="reach">What reads the nodes. They were visited with the parent.</param>
/// <param name="tree">The tree; null where there is no parent.</param>
/// <param name="type">The type of its nodes.</param>
/// <param name="generation">The parent's generation; 0 where there is none.</param>
/// <param name="counts">How many records stand below each node that was visited.</param>
internal sealed class ParentTree(
    StateReach reach, Cartridge3.TreeReference? tree, Cartridge3.PageType type, ulong generation, Dictionary<ulong, ulong> counts)
{
    private readonly TreeNodes _nodes = new(reach, type);

    /// <summary>From the root down, each node with what is below it as soon as that was needed.</summary>
    private readonly List<Place> _path = [];

    /// <summary>A node on the way.</summary>
    private sealed record Place(Visit Visit)
    {
        internal List<Visit>? Children { get; set; }

        internal List<Leaf>? Records { get; set; }
    }

    internal ulong Generation => generation;

    /// <summary>Notes how many records stand below a node.</summary>
    internal void NoteCount(ulong page, ulong count) => counts[page] = count;

    /// <summary>How many records stand below a node that the parent reaches.</summary>
    internal ulong CountBelow(ulong page) => counts.GetValueOrDefault(page);

    /// <summary>Goes on only if the parent reaches a node as well, at the same keys.</summary>
    internal void RequireNode(Visit visit)
    {
        // The separators around a node may have changed beside it; then a key of its own leads to it.
        bool isShared = Reaches(visit, visit.Low ?? []) || (KeyIn(visit) is { } key && Reaches(visit, key));
        Require(isShared, "CART-SNP-015", "snapshot.not-shared", visit.Reference.Page,
            $"the node, born in {visit.Reference.Birth}, is none of the parent's, which is of generation {generation}");
        RequireBounds(visit, last: false);
        RequireBounds(visit, last: true);
    }

    /// <summary>Goes on only if the parent has the same value at the same key.</summary>
    internal void RequireValue(Leaf leaf, ulong birth)
    {
        Leaf? found = Find(leaf.Key);
        bool isShared = found is { } other && other.Cell.ValueKind == leaf.Cell.ValueKind
            && other.Cell.Value.Bytes.AsSpan().SequenceEqual(leaf.Cell.Value.Bytes);
        Require(isShared, "CART-SNP-015", "snapshot.not-shared", leaf.Holder.Page,
            $"a blob, born in {birth}, is none of the parent's, which is of generation {generation}");
    }

    private bool Reaches(Visit visit, byte[] key) => Lead(key, visit.Level) is { } place && AreEqual(place.Visit.Reference, visit.Reference);

    private Leaf? Find(byte[] key) =>
        Lead(key, 0) is { } place ? Records(place).Where(leaf => leaf.Key.AsSpan().SequenceEqual(key)).Cast<Leaf?>().FirstOrDefault() : null;

    /// <summary>The node of a level on the way to a key; null where the tree is not as high.</summary>
    private Place? Lead(byte[] key, int level)
    {
        if (tree is null || tree.PageReference.Page == 0 || level > tree.Level)
        {
            return null;
        }

        while (_path.Count > 0 && !_path[^1].Visit.Spans(key))
        {
            _path.RemoveAt(_path.Count - 1);
        }

        if (_path.Count == 0)
        {
            _path.Add(new Place(Visit.Root(tree, reach.RootHolder)));
        }

        while (_path[^1].Visit.Level > level)
        {
            Place above = _path[^1];
            above.Children ??= TreeNodes.Children(_nodes.Read(above.Visit), above.Visit);
            _path.Add(new Place(above.Children.First(child => child.Spans(key))));
        }

        return _path[tree.Level - level];
    }

    private List<Leaf> Records(Place place) => place.Records ??= TreeNodes.Records(_nodes.Read(place.Visit), place.Visit);

    /// <summary>Any key of a node; null where the node is not what the reference says, so that it is nobody's.</summary>
    private byte[]? KeyIn(Visit visit)
    {
        Visit unbounded = visit with { Low = null, High = null };
        try
        {
            Cartridge3.Node node = _nodes.Read(unbounded);
            return node.Level == 0 ? TreeNodes.Records(node, unbounded)[0].Key : TreeNodes.Children(node, unbounded)[0].High;
        }
        catch (WalkException)
        {
            return null;
        }
    }

    /// <summary>
    /// The separators above a node need not be those of the parent's tree. Whether all keys are between them, the nodes at one edge say.
    /// </summary>
    private void RequireBounds(Visit visit, bool last)
    {
        Cartridge3.Node node = _nodes.Read(visit);
        if (node.Level == 0)
        {
            _ = TreeNodes.Records(node, visit);
            return;
        }

        List<Visit> children = TreeNodes.Children(node, visit);
        RequireBounds(last ? children[^1] : children[0], last);
    }

    private static bool AreEqual(Cartridge3.PageReference left, Cartridge3.PageReference right) =>
        left.Page == right.Page && left.Birth == right.Birth && left.Hash.AsSpan().SequenceEqual(right.Hash);
}
