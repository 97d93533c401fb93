namespace Cartridge.Reference;

/// <summary>A stretch of a tree's keys.</summary>
/// <param name="Low">The first key; the empty one comes before all.</param>
/// <param name="High">The first key behind it; null is no end.</param>
/// <param name="Birth">Of a gap: nothing younger can belong here. Of a leaf: its birth.</param>
/// <param name="Leaf">The leaf that has the keys; default for a gap.</param>
/// <param name="IsProven">Whether hashes lead from a commit record to the leaf.</param>
/// <param name="AsOf">The birth of the topmost node that leads to the leaf: as of then it answered for these keys.</param>
internal sealed record KeyPiece(byte[] Low, byte[]? High, ulong Birth, PageReference Leaf = default, bool IsProven = false, ulong AsOf = 0);

/// <summary>
/// Which leaf answers for which keys of a tree, and for which there is none: gaps. At first all is one gap; leaves only ever
/// fill gaps, so whoever comes first, the proven ones and then the youngest, decides what was there, and also what was not.
/// </summary>
internal sealed class KeyCover
{
    private static readonly KeyPiece All = new([], null, ulong.MaxValue);

    private readonly SortedSet<KeyPiece> _gaps = new(ByLow.Instance) { All };
    private readonly SortedSet<KeyPiece> _leaves = new(ByLow.Instance);

    /// <summary>The stretches that have a leaf, in order.</summary>
    public IReadOnlyCollection<KeyPiece> Leaves => _leaves;

    /// <summary>The stretches that have none, in order.</summary>
    public IReadOnlyCollection<KeyPiece> Gaps => _gaps;

    /// <summary>How many pieces were looked at: what the work is measured by.</summary>
    public long Steps { get; private set; }

    /// <summary>Says that there are no keys at all.</summary>
    public void Clear() => _gaps.Clear();

    /// <summary>Lets a leaf answer for a stretch, as far as that is a gap into which something of its birth fits.</summary>
    public void Fill(byte[] low, byte[]? high, in PageReference leaf, bool isProven, ulong asOf = 0)
    {
        foreach (var gap in In(_gaps, low, high))
        {
            if (leaf.Birth > gap.Birth)
            {
                continue;
            }

            var (from, end) = Cut(gap, low, high);
            _leaves.Add(new KeyPiece(from, end, leaf.Birth, leaf, isProven, asOf));
        }
    }

    /// <summary>Learns that nothing younger belongs into a stretch, from a node that is itself young enough to belong there.</summary>
    public void Narrow(byte[] low, byte[]? high, ulong holderBirth, ulong birth)
    {
        foreach (var gap in In(_gaps, low, high))
        {
            if (holderBirth <= gap.Birth && birth < gap.Birth)
            {
                var (from, end) = Cut(gap, low, high);
                _gaps.Add(new KeyPiece(from, end, birth));
            }
        }
    }

    /// <summary>The leaves that answer for a stretch.</summary>
    public IReadOnlyList<KeyPiece> LeavesIn(byte[] low, byte[]? high) => In(_leaves, low, high);

    /// <summary>The gaps in a stretch.</summary>
    public IReadOnlyList<KeyPiece> GapsIn(byte[] low, byte[]? high) => In(_gaps, low, high);

    /// <summary>Takes a stretch out of a gap.</summary>
    /// <returns>The part of the stretch that was in the gap.</returns>
    private (byte[] From, byte[]? End) Cut(KeyPiece gap, byte[] low, byte[]? high)
    {
        var from = Compare(low, gap.Low) > 0 ? low : gap.Low;
        var end = IsBefore(high, gap.High) ? high : gap.High;
        _gaps.Remove(gap);
        if (Compare(gap.Low, from) < 0)
        {
            _gaps.Add(gap with { High = from });
        }

        if (IsBefore(end, gap.High))
        {
            _gaps.Add(gap with { Low = end! });
        }

        return (from, end);
    }

    private List<KeyPiece> In(SortedSet<KeyPiece> pieces, byte[] low, byte[]? high)
    {
        List<KeyPiece> found = [];
        if (pieces.Count == 0)
        {
            return found;
        }

        // The last piece that begins at or before the stretch may reach into it.
        var before = pieces.GetViewBetween(All, All with { Low = low }).Max;
        var start = before is not null && (before.High is null || Compare(before.High, low) > 0) ? before : All with { Low = low };
        if (Compare(start.Low, pieces.Max!.Low) > 0)
        {
            return found;
        }

        foreach (var piece in pieces.GetViewBetween(start, pieces.Max))
        {
            Steps++;
            if (high is not null && Compare(piece.Low, high) >= 0)
            {
                break;
            }

            if (piece.High is null || Compare(piece.High, low) > 0)
            {
                found.Add(piece);
            }
        }

        return found;
    }

    private static bool IsBefore(byte[]? left, byte[]? right) => left is not null && (right is null || Compare(left, right) < 0);

    private static int Compare(byte[] left, byte[] right) => left.AsSpan().SequenceCompareTo(right);

    private sealed class ByLow : IComparer<KeyPiece>
    {
        public static readonly ByLow Instance = new();

        public int Compare(KeyPiece? x, KeyPiece? y) => x!.Low.AsSpan().SequenceCompareTo(y!.Low);
    }
}
