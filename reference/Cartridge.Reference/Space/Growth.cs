namespace Cartridge.Reference;

/// <summary>How a container grows (spec/09-space.md, "Growth"): 3, 6, 12, ... blocks up to 1 GiB, then by an eighth (CART-SPC-107).</summary>
internal static class Growth
{
    private const ulong DoublingEnds = 1UL << 18; // 1 GiB in blocks

    /// <summary>The next size.</summary>
    /// <param name="total">The size now, in blocks.</param>
    /// <param name="cap">The largest size allowed; 0 is no limit.</param>
    /// <returns>A size larger than <paramref name="total"/>, or the same if the cap is reached (CART-SPC-108).</returns>
    public static ulong Next(ulong total, ulong cap)
    {
        var limit = cap == 0 ? (ulong)Format.MaxBlocks : cap;
        var next = total < DoublingEnds ? Math.Min(total * 2, DoublingEnds) : total + (total / 8);
        return Math.Max(total, Math.Min(next, limit));
    }

    /// <summary>Whether so little is free that a commit should grow the container ahead of need.</summary>
    public static bool IsDue(ulong free, ulong total, byte thresholdPercent) => (UInt128)free * 100 < (UInt128)total * thresholdPercent;
}
