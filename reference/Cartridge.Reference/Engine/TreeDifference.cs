namespace Cartridge.Reference;

/// <summary>
/// The entries in which two trees differ. Level by level, from the higher root down, nodes that both have are left out
/// together with everything below them: what is read is what the two do not share, and of the leaves, what is found last
/// is read first to last, side by side. Between, one reference is kept in memory for each node that differs.
/// </summary>
internal static class TreeDifference
{
    /// <summary>Keys whose values differ, in byte order, with the value on either side; null where there is none.</summary>
    public static IEnumerable<(byte[] Key, TreeValue? Before, TreeValue? After)> Between(PublishedState before, Tree a, PublishedState after, Tree b)
    {
        List<Spot> left = a.IsEmpty ? [] : [new Spot(a.Root, KeyRange.All)];
        List<Spot> right = b.IsEmpty ? [] : [new Spot(b.Root, KeyRange.All)];
        for (var level = Math.Max(a.Level, b.Level); ; level--)
        {
            // A tree that is not so high joins in at its root.
            if (a.Level >= level && b.Level >= level)
            {
                DropShared(ref left, ref right);
            }

            if (level == 0)
            {
                return Merge(Entries(before, a.Type, left), Entries(after, b.Type, right));
            }

            left = a.Level >= level ? Below(before, a.Type, level, left) : left;
            right = b.Level >= level ? Below(after, b.Type, level, right) : right;
        }
    }

    private static void DropShared(ref List<Spot> left, ref List<Spot> right)
    {
        var shared = left.Select(spot => spot.Child.Reference).ToHashSet();
        shared.IntersectWith(right.Select(spot => spot.Child.Reference));
        left.RemoveAll(spot => shared.Contains(spot.Child.Reference));
        right.RemoveAll(spot => shared.Contains(spot.Child.Reference));
    }

    private static List<Spot> Below(PublishedState state, PageType type, byte level, List<Spot> spots)
    {
        var below = new List<Spot>();
        foreach (var (child, range) in spots)
        {
            var node = ((INodes)state).Load(child, type, level, range);
            for (var i = 0; i < node.Children.Length; i++)
            {
                below.Add(new Spot(node.Children[i], range.Narrow(node, i)));
            }
        }

        return below;
    }

    private static IEnumerable<KeyValuePair<byte[], TreeValue>> Entries(PublishedState state, PageType type, List<Spot> leaves)
    {
        foreach (var (child, range) in leaves)
        {
            var leaf = ((INodes)state).Load(child, type, 0, range);
            for (var i = 0; i < leaf.Keys.Length; i++)
            {
                yield return new(leaf.Keys[i], leaf.Values[i]);
            }
        }
    }

    private static IEnumerable<(byte[] Key, TreeValue? Before, TreeValue? After)> Merge(
        IEnumerable<KeyValuePair<byte[], TreeValue>> before, IEnumerable<KeyValuePair<byte[], TreeValue>> after)
    {
        using var left = before.GetEnumerator();
        using var right = after.GetEnumerator();
        var (hasLeft, hasRight) = (left.MoveNext(), right.MoveNext());
        while (hasLeft || hasRight)
        {
            var order = !hasRight ? -1 : !hasLeft ? 1 : left.Current.Key.AsSpan().SequenceCompareTo(right.Current.Key);
            var (key, value) = order <= 0 ? left.Current : right.Current;
            yield return (key, order <= 0 ? value : null, order >= 0 ? right.Current.Value : null);
            hasLeft = order <= 0 ? left.MoveNext() : hasLeft;
            hasRight = order >= 0 ? right.MoveNext() : hasRight;
        }
    }

    private readonly record struct Spot(Child Child, KeyRange Range);
}
