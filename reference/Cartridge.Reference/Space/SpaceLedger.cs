namespace Cartridge.Reference;

/// <summary>
/// Which blocks a writer may use. It keeps the blocks that are reusable now apart from those that wait: a block freed in d
/// may be reused once a generation after d is durable and no reader is pinned to one before d (spec/05-lifetimes.md,
/// CART-LIF-101). Every movement is written into a journal, so that a failed operation can be taken back exactly.
/// </summary>
internal sealed class SpaceLedger(IMedium medium, ulong total, ulong cap)
{
    /// <summary>256 KiB: from here on one run is worth looking for.</summary>
    private const int LargeRequest = 256 * 1024 / Format.PageSize;

    private readonly ExtentSet _ready = new();
    private readonly SortedDictionary<ulong, ExtentSet> _waiting = [];

    // Born and dropped within one publish. No state reaches them, yet what they hold is needed again if the operation that
    // dropped them is taken back: so they are not written to before it is over.
    private readonly ExtentSet _resting = new();
    private readonly List<Entry> _journal = [];

    // Reusable, but kept back: compaction wants nothing to be put there.
    private readonly ExtentSet _withheld = new();
    private bool _mayGrow = true;

    private enum Move
    {
        Taken,    // from the reusable ones
        Rested,   // born and dropped within one publish
        Returned, // to the reusable ones, after a rest
        Freed,    // dropped by the state in the making
        Grown,    // new at the end
        Cut,      // given up at the end
    }

    /// <summary>Pages that the state in the making counts on.</summary>
    public ulong Total { get; private set; } = total;

    /// <summary>Blocks that are reusable now.</summary>
    public ulong Ready => _ready.Count;

    /// <summary>Blocks that the state in the making does not reach.</summary>
    public ulong Free => _ready.Count + _resting.Count + _withheld.Count + _waiting.Values.Aggregate(0UL, (sum, set) => sum + set.Count);

    /// <summary>Extents that a free map would list.</summary>
    public int ExtentCount => _ready.ExtentCount + _resting.ExtentCount + _withheld.ExtentCount + _waiting.Values.Sum(set => set.ExtentCount);

    /// <summary>Where the journal stands; <see cref="Undo"/> goes back to here.</summary>
    public int Mark => _journal.Count;

    /// <summary>Takes the extents of a free map over.</summary>
    public void Load(IEnumerable<FreeExtent> extents)
    {
        foreach (var extent in extents)
        {
            (extent.FreedIn == 0 ? _ready : WaitingSince(extent.FreedIn)).Add(extent.Start, extent.Length);
        }
    }

    /// <summary>Lets blocks mature: those freed before the newest durable generation that no pinned state reaches.</summary>
    public void Mature(ulong newestDurable, ulong? oldestPin)
    {
        foreach (var freedIn in _waiting.Keys.TakeWhile(d => d < newestDurable && d <= (oldestPin ?? ulong.MaxValue)).ToList())
        {
            _waiting[freedIn].MoveTo(_ready);
            _waiting.Remove(freedIn);
        }
    }

    /// <summary>Makes sure that so many blocks are reusable, by growing as far as the cap if need be (CART-SPC-109).</summary>
    /// <exception cref="CartridgeException"><c>limit.exceeded</c>: the container is full.</exception>
    /// <exception cref="IOException">The system refused to lengthen the file.</exception>
    public void Ensure(ulong blocks)
    {
        while (_ready.Count < blocks)
        {
            if (!Grow())
            {
                throw new CartridgeException(
                    ErrorCode.LimitExceeded, $"The container is full: {blocks} blocks are needed, {_ready.Count} of its {Total} can be used, and it may not grow beyond {(cap == 0 ? (ulong)Format.MaxBlocks : cap)}.");
            }
        }
    }

    /// <summary>Grows by one step.</summary>
    /// <returns>False if the cap is reached.</returns>
    public bool Grow()
    {
        var next = Growth.Next(Total, cap);
        if (next == Total || !_mayGrow)
        {
            return false;
        }

        // The sync before the record makes the length durable too (CART-LIF-112).
        if (medium.Length < Pages.OffsetOf(next))
        {
            medium.SetLength(Pages.OffsetOf(next));
        }

        _ready.Add(Total, next - Total);
        _journal.Add(new Entry(Move.Grown, Total, next - Total, 0));
        Total = next;
        return true;
    }

    /// <summary>
    /// Takes blocks: small requests get the lowest, so that the container stays compact; large ones one run, the tightest
    /// that holds them, so that they are read in one go; where there is none, the lowest again (CART-SPC-106).
    /// </summary>
    /// <param name="blocks">How many, 1 or more.</param>
    /// <param name="inOneRun">Whether one run is preferred however small the request: what is written together.</param>
    public List<Run> Allocate(int blocks, bool inOneRun = false)
    {
        Ensure((ulong)blocks);
        var count = (ulong)blocks;
        var parts = RunFor(count, inOneRun) is { } start ? [(start, count)] : _ready.Lowest(count);
        var runs = new List<Run>(parts.Count);
        foreach (var (first, length) in parts)
        {
            _ready.Remove(first, length);
            _journal.Add(new Entry(Move.Taken, first, length, 0));
            for (ulong done = 0; done < length; done += ushort.MaxValue)
            {
                runs.Add(new Run(first + done, (ushort)Math.Min(length - done, ushort.MaxValue)));
            }
        }

        return runs;
    }

    /// <summary>
    /// Where a request may have one run. The last extent reaches to the end of the container, which the file system has mostly
    /// given no room yet: a small request does not go there for neatness, since a sync would have to wait for that room.
    /// </summary>
    private ulong? RunFor(ulong blocks, bool inOneRun)
    {
        var isLarge = blocks >= LargeRequest;
        return (isLarge || inOneRun) && _ready.BestFit(blocks) is { } start && (isLarge || start != _ready.Last?.Start) ? start : null;
    }

    /// <summary>Blocks from a page on that the state in the making reaches.</summary>
    public ulong UsedFrom(ulong page)
    {
        var free = 0UL;
        foreach (var extent in ToExtents())
        {
            free += extent.End <= page ? 0 : extent.End - Math.Max(page, extent.Start);
        }

        return Total - Math.Min(page, Total) - free;
    }

    /// <summary>The lowest page, but none below another, from which on no more than so many blocks are used.</summary>
    public ulong PageBefore(ulong used, ulong least)
    {
        var (page, rest) = (Total, used);
        foreach (var extent in ToExtents().AsEnumerable().Reverse())
        {
            var above = page - extent.End;
            if (above > rest)
            {
                break;
            }

            rest -= above;
            page = extent.Start;
        }

        return Math.Max(least, page - Math.Min(page, rest));
    }

    /// <summary>Keeps reusable blocks from a page on from being given out, and the container from growing, until <see cref="GiveBack"/>.</summary>
    public void Withhold(ulong from)
    {
        _mayGrow = false;
        foreach (var (start, length) in _ready.Extents.ToList())
        {
            var first = Math.Max(start, from);
            if (first < start + length)
            {
                _ready.Remove(first, start + length - first);
                _withheld.Add(first, start + length - first);
            }
        }
    }

    /// <summary>Ends what <see cref="Withhold"/> began.</summary>
    public void GiveBack()
    {
        _withheld.MoveTo(_ready);
        _mayGrow = true;
    }

    /// <summary>Gives reusable blocks at the end up (CART-LIF-113).</summary>
    /// <param name="least">What the total is not to fall below.</param>
    /// <returns>Whether there was anything to give up.</returns>
    public bool Cut(ulong least)
    {
        if (_ready.Last is not { } last || last.Start + last.Length != Total || Math.Max(last.Start, least) is var end && end >= Total)
        {
            return false;
        }

        _ready.Remove(end, Total - end);
        _journal.Add(new Entry(Move.Cut, end, Total - end, 0));
        Total = end;
        return true;
    }

    /// <summary>Gives up a block that the state in the making does not reach any more.</summary>
    /// <param name="start">The first block.</param>
    /// <param name="length">How many.</param>
    /// <param name="birth">Their birth.</param>
    /// <param name="generation">The generation in the making.</param>
    public void Release(ulong start, ulong length, ulong birth, ulong generation)
    {
        if (birth == generation)
        {
            // No published state has ever reached it: it gets its previous stamp back (CART-LIF-110).
            _resting.Add(start, length);
            _journal.Add(new Entry(Move.Rested, start, length, 0));
            return;
        }

        // The generation in the making is the first that does not reach it (CART-LIF-109).
        WaitingSince(generation).Add(start, length);
        _journal.Add(new Entry(Move.Freed, start, length, generation));
    }

    /// <summary>Makes what was born and dropped reusable: the operation that dropped it stays.</summary>
    public void EndOperation()
    {
        foreach (var (start, length) in _resting.Extents)
        {
            _journal.Add(new Entry(Move.Returned, start, length, 0));
        }

        _resting.MoveTo(_ready);
    }

    /// <summary>Takes back everything since a mark, the last first.</summary>
    public void Undo(int mark)
    {
        for (var i = _journal.Count - 1; i >= mark; i--)
        {
            var (move, start, length, generation) = _journal[i];
            switch (move)
            {
                case Move.Taken:
                    _ready.Add(start, length);
                    break;
                case Move.Rested:
                    _resting.Remove(start, length);
                    break;
                case Move.Returned:
                    _ready.Remove(start, length);
                    _resting.Add(start, length);
                    break;
                case Move.Freed:
                    WaitingSince(generation).Remove(start, length);
                    break;
                case Move.Cut:
                    _ready.Add(start, length);
                    Total = start + length;
                    break;
                case Move.Grown:
                    // The file stays longer than the state counts on, which is valid.
                    _ready.Remove(start, length);
                    Total = start;
                    break;
            }
        }

        _journal.RemoveRange(mark, _journal.Count - mark);
    }

    /// <summary>Forgets the journal: what it says will not be taken back.</summary>
    public void Settle()
    {
        _resting.MoveTo(_ready);
        _journal.Clear();
    }

    /// <summary>The free map as a record would hold it: reusable blocks with stamp 0 (CART-LIF-108), the others with theirs (CART-LIF-107).</summary>
    public List<FreeExtent> ToExtents()
    {
        var extents = new List<FreeExtent>(ExtentCount);
        Append(_ready, 0);
        Append(_resting, 0);
        Append(_withheld, 0);
        foreach (var (freedIn, set) in _waiting)
        {
            Append(set, freedIn);
        }

        extents.Sort((a, b) => a.Start.CompareTo(b.Start));
        return extents;

        void Append(ExtentSet set, ulong freedIn)
        {
            foreach (var (start, length) in set.Extents)
            {
                for (ulong done = 0; done < length; done += uint.MaxValue)
                {
                    extents.Add(new FreeExtent(start + done, (uint)Math.Min(length - done, uint.MaxValue), freedIn));
                }
            }
        }
    }

    private ExtentSet WaitingSince(ulong generation)
    {
        if (!_waiting.TryGetValue(generation, out var set))
        {
            _waiting.Add(generation, set = new ExtentSet());
        }

        return set;
    }

    private readonly record struct Entry(Move Move, ulong Start, ulong Length, ulong Generation);
}
