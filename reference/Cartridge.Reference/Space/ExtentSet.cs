namespace Cartridge.Reference;

/// <summary>
/// A set of blocks, kept as extents: by their start, to merge neighbours and to find the lowest; and by their length, to
/// find the smallest that is large enough. Every operation costs the logarithm of the number of extents.
/// </summary>
internal sealed class ExtentSet
{
    private readonly SortedSet<(ulong Start, ulong Length)> _byStart = [];
    private readonly SortedSet<(ulong Length, ulong Start)> _byLength = [];

    /// <summary>Blocks in the set.</summary>
    public ulong Count { get; private set; }

    /// <summary>Extents in the set; no two of them touch (CART-SPC-101).</summary>
    public int ExtentCount => _byStart.Count;

    /// <summary>The extents in ascending order.</summary>
    public IEnumerable<(ulong Start, ulong Length)> Extents => _byStart;

    /// <summary>The highest extent.</summary>
    public (ulong Start, ulong Length)? Last => _byStart.Count == 0 ? null : _byStart.Max;

    /// <summary>Adds blocks, none of which is in the set.</summary>
    public void Add(ulong start, ulong length)
    {
        Count += length;
        if (Before(start) is { } left && left.Start + left.Length == start)
        {
            Drop(left);
            (start, length) = (left.Start, left.Length + length);
        }

        if (Find(start + length) is { } right)
        {
            Drop(right);
            length += right.Length;
        }

        Keep((start, length));
    }

    /// <summary>Removes blocks, all of which are in one extent of the set.</summary>
    public void Remove(ulong start, ulong length)
    {
        var extent = Find(start) ?? Before(start) ?? throw new InvalidOperationException($"Block {start} is not in the set.");
        if (start + length > extent.Start + extent.Length)
        {
            throw new InvalidOperationException($"Blocks {start} to {start + length - 1} are not all in the set.");
        }

        Count -= length;
        Drop(extent);
        if (extent.Start < start)
        {
            Keep((extent.Start, start - extent.Start));
        }

        var end = start + length;
        if (end < extent.Start + extent.Length)
        {
            Keep((end, extent.Start + extent.Length - end));
        }
    }

    /// <summary>The lowest blocks, as runs; the set holds at least so many.</summary>
    public List<(ulong Start, ulong Length)> Lowest(ulong blocks)
    {
        var runs = new List<(ulong, ulong)>();
        foreach (var (start, length) in _byStart)
        {
            if (blocks == 0)
            {
                break;
            }

            var taken = Math.Min(length, blocks);
            runs.Add((start, taken));
            blocks -= taken;
        }

        return runs;
    }

    /// <summary>The start of the smallest extent that holds so many blocks in one run, the lowest of equals.</summary>
    public ulong? BestFit(ulong blocks)
    {
        using var fitting = _byLength.GetViewBetween((blocks, 0), (ulong.MaxValue, ulong.MaxValue)).GetEnumerator();
        return fitting.MoveNext() ? fitting.Current.Start : null;
    }

    /// <summary>Moves all blocks into another set.</summary>
    public void MoveTo(ExtentSet other)
    {
        foreach (var (start, length) in _byStart)
        {
            other.Add(start, length);
        }

        _byStart.Clear();
        _byLength.Clear();
        Count = 0;
    }

    private (ulong Start, ulong Length)? Find(ulong start)
    {
        using var found = _byStart.GetViewBetween((start, 0), (start, ulong.MaxValue)).GetEnumerator();
        return found.MoveNext() ? found.Current : null;
    }

    private (ulong Start, ulong Length)? Before(ulong start)
    {
        if (start == 0)
        {
            return null;
        }

        using var below = _byStart.GetViewBetween((0, 0), (start - 1, ulong.MaxValue)).Reverse().GetEnumerator();
        return below.MoveNext() ? below.Current : null;
    }

    private void Keep((ulong Start, ulong Length) extent)
    {
        _byStart.Add(extent);
        _byLength.Add((extent.Length, extent.Start));
    }

    private void Drop((ulong Start, ulong Length) extent)
    {
        _byStart.Remove(extent);
        _byLength.Remove((extent.Length, extent.Start));
    }
}
