namespace Cartridge.Reference;

/// <summary>The keys that may stand below a place in a tree, as the separators of all ancestors say.</summary>
/// <param name="Low">The smallest key allowed; null is no bound.</param>
/// <param name="High">The smallest key that is too large; null is no bound.</param>
internal readonly record struct KeyRange(byte[]? Low, byte[]? High)
{
    public static readonly KeyRange All;

    /// <summary>The range of one of a node's children.</summary>
    public KeyRange Narrow(TreeNode node, int child) => new(
        child == 0 ? Low : node.Keys[child - 1],
        child == node.Keys.Length ? High : node.Keys[child]);

    /// <summary>Checks a node's keys or separators against the range.</summary>
    public bool Check(TreeNode node, ulong page, Checker c)
    {
        // "not below a separator it is right of, and below a separator it is left of". Keys ascend: the outermost two answer for all.
        var last = node.Keys.Length - 1;
        var at = last < 0 || IsWithin(node.Keys[0]) ? last : 0;
        return c.Skips(TreeRule.Separated) || last < 0 || IsWithin(node.Keys[at])
            || c.Fault(TreeRule.Separated, Place.Of(page, node.Offsets.Length > 0 ? node.Offsets[at] : null), $"the key of cell {at} does not belong below this node's ancestors");
    }

    private bool IsWithin(byte[] key) =>
        (Low is null || key.AsSpan().SequenceCompareTo(Low) >= 0) && (High is null || key.AsSpan().SequenceCompareTo(High) < 0);
}
