namespace Cartridge.Reference;

/// <summary>
/// An adaptive replacement cache (Megiddo and Modha, FAST 2003), bounded in bytes. Entries seen once (T1) and more than once
/// (T2) share the room; the ghosts of evicted ones (B1, B2: keys without values) tell which of the two deserves more of it.
/// So a scan passes through without washing out what is used again and again. Every operation takes constant time. With
/// entries of size 1 this is the published algorithm to the letter, and a test holds it against that.
/// </summary>
/// <param name="capacity">What the sizes of resident entries may add up to.</param>
internal sealed class ArcCache<TKey, TValue>(long capacity)
    where TKey : notnull
    where TValue : class
{
    private readonly Dictionary<TKey, Entry> _entries = [];
    private readonly Queue _recent = new();        // T1
    private readonly Queue _frequent = new();      // T2
    private readonly Queue _recentGhosts = new();  // B1
    private readonly Queue _frequentGhosts = new(); // B2

    /// <summary>How much of the room entries seen once should have: the algorithm's p.</summary>
    private long _target;

    /// <summary>Look-ups that found their value.</summary>
    public long Hits { get; private set; }

    /// <summary>Look-ups that did not.</summary>
    public long Misses { get; private set; }

    /// <summary>Sizes of the resident entries together.</summary>
    public long Size => _recent.Size + _frequent.Size;

    /// <summary>Looks a key up; a hit makes its entry the most recently used of those seen more than once.</summary>
    public TValue? Get(TKey key)
    {
        if (_entries.TryGetValue(key, out var entry) && entry.Value is { } value)
        {
            Hits++;
            Move(entry, _frequent);
            return value;
        }

        Misses++;
        return null;
    }

    /// <summary>Keeps a value, usually after a miss. What is larger than the whole cache is not kept.</summary>
    public void Put(TKey key, TValue value, long size)
    {
        if (size > capacity)
        {
            return;
        }

        if (!_entries.TryGetValue(key, out var entry))
        {
            AddNew(key, value, size);
            return;
        }

        var fromFrequentGhosts = entry.Queue == _frequentGhosts;
        if (entry.Queue == _recentGhosts)
        {
            // Had there been more room for what is seen once, this would have been a hit.
            var step = Math.Max(1, _frequentGhosts.Size / Math.Max(1, _recentGhosts.Size));
            _target = Math.Min(capacity, _target + (step * size));
        }
        else if (fromFrequentGhosts)
        {
            var step = Math.Max(1, _recentGhosts.Size / Math.Max(1, _frequentGhosts.Size));
            _target = Math.Max(0, _target - (step * size));
        }

        entry.Queue!.Remove(entry);
        MakeRoom(size, fromFrequentGhosts);
        entry.Value = value;
        entry.Size = size;
        _frequent.AddFirst(entry);
    }

    /// <summary>Drops an entry that nobody will ask for again, so that it takes no room from others.</summary>
    public void Remove(TKey key)
    {
        if (_entries.Remove(key, out var entry))
        {
            entry.Queue!.Remove(entry);
        }
    }

    private void AddNew(TKey key, TValue value, long size)
    {
        // Case IV of the paper: first the history is kept to its length, then room is made.
        while (_recent.Size + _recentGhosts.Size + size > capacity)
        {
            if (!Forget(_recentGhosts) && !Forget(_recent))
            {
                break;
            }
        }

        while (_recent.Size + _frequent.Size + _recentGhosts.Size + _frequentGhosts.Size + size > 2 * capacity && Forget(_frequentGhosts))
        {
            // Each turn forgets one ghost.
        }

        MakeRoom(size, fromFrequentGhosts: false);
        var entry = new Entry(key) { Value = value, Size = size };
        _entries.Add(key, entry);
        _recent.AddFirst(entry);
    }

    /// <summary>REPLACE of the paper, as often as the size wants it.</summary>
    private void MakeRoom(long size, bool fromFrequentGhosts)
    {
        while (Size + size > capacity)
        {
            var takeRecent = _recent.Last is not null
                && (_recent.Size > _target || (fromFrequentGhosts && _recent.Size == _target) || _frequent.Last is null);
            var victim = takeRecent ? _recent.Last! : _frequent.Last!;
            Move(victim, takeRecent ? _recentGhosts : _frequentGhosts);
            victim.Value = null;
        }
    }

    private bool Forget(Queue queue)
    {
        if (queue.Last is not { } last)
        {
            return false;
        }

        queue.Remove(last);
        _entries.Remove(last.Key);
        return true;
    }

    private static void Move(Entry entry, Queue to)
    {
        entry.Queue!.Remove(entry);
        to.AddFirst(entry);
    }

    private sealed class Entry(TKey key)
    {
        public TKey Key { get; } = key;

        public TValue? Value { get; set; }

        public long Size { get; set; }

        public Queue? Queue { get; set; }

        public Entry? Before { get; set; }

        public Entry? After { get; set; }
    }

    /// <summary>A list from the most to the least recently used, linked through its entries.</summary>
    private sealed class Queue
    {
        private Entry? _first;

        public Entry? Last { get; private set; }

        public long Size { get; private set; }

        public void AddFirst(Entry entry)
        {
            entry.Queue = this;
            entry.Before = null;
            entry.After = _first;
            if (_first is null)
            {
                Last = entry;
            }
            else
            {
                _first.Before = entry;
            }

            _first = entry;
            Size += entry.Size;
        }

        public void Remove(Entry entry)
        {
            if (entry.Before is null)
            {
                _first = entry.After;
            }
            else
            {
                entry.Before.After = entry.After;
            }

            if (entry.After is null)
            {
                Last = entry.Before;
            }
            else
            {
                entry.After.Before = entry.Before;
            }

            Size -= entry.Size;
        }
    }
}
