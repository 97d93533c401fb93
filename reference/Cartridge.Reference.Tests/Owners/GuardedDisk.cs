using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>
/// A disk that knows for every block who still needs it: the states of both records as they are visible and as they were
/// synced last, and every state that somebody reads. It complains when a needed block is written or cut off, and when a
/// record counts other blocks free than those that nobody owns.
/// </summary>
internal sealed class GuardedDisk
{
    private readonly RecordingDisk _disk;
    private readonly Identity _identity;
    private readonly Dictionary<ulong, IReadOnlySet<ulong>> _owned = [];
    private readonly List<ulong> _pins = [];
    private List<ulong> _visible = [];
    private List<ulong> _durable = [];

    /// <summary>Guards a container.</summary>
    /// <param name="image">Its bytes.</param>
    public GuardedDisk(byte[] image)
    {
        _disk = new RecordingDisk(image);
        using var medium = _disk.Open(readOnly: true);
        _identity = Identity.Read(medium, new StrictChecker())!;
        LookAgain();
        _durable = _visible;
    }

    /// <summary>Commits that were looked at, by all disks.</summary>
    public static long Commits { get; private set; }

    /// <summary>Writes of blocks that were looked at, by all disks.</summary>
    public static long Writes { get; private set; }

    /// <summary>The first thing that was wrong; null if nothing was.</summary>
    public string? Complaint { get; private set; }

    /// <summary>The bytes.</summary>
    public byte[] ToArray() => _disk.ToArray();

    /// <summary>Opens the disk for a writer, who is guarded.</summary>
    public IMedium Open() => new Guard(this, _disk.Open());

    /// <summary>Opens the disk for a reader in another process.</summary>
    public IMedium OpenReadOnly() => _disk.Open(readOnly: true);

    /// <summary>Somebody begins to read the state of a generation.</summary>
    public void Pin(ulong generation) => _pins.Add(generation);

    /// <summary>Somebody has read the state of a generation to the end.</summary>
    public void Unpin(ulong generation) => _pins.Remove(generation);

    /// <summary>
    /// Leaves the newest record without a map, as another writer may have done. What was in the blob of one is free then.
    /// </summary>
    public void DropMap()
    {
        using var medium = _disk.Open();
        var (record, page) = Records(medium)[0];
        var blob = FreeMap.Read(record, _identity.ContentChecksum, new StrictChecker()).Blob;
        var bytes = new byte[Format.PageSize];
        var dropped = record with
        {
            FreeMapField = new FreeMapField(FreeMapKind.Absent, 0, ReadOnlyMemory<byte>.Empty),
            FreeBlocks = record.FreeBlocks + (ulong)(blob?.Runs.Sum(run => (int)run.Pages) ?? 0),
        };
        dropped.Write(_identity, bytes);
        medium.Write((long)page * Format.PageSize, bytes);
        medium.Sync();
        _owned.Remove(record.Generation);
        LookAgain();
        _durable = _visible;
    }

    /// <summary>The records that verify, the newest first.</summary>
    private List<(CommitRecord Record, int Page)> Records(IMedium medium)
    {
        var found = new List<(CommitRecord Record, int Page)>();
        for (var number = 1; number <= 2; number++)
        {
            var page = new byte[Format.PageSize];
            medium.Read((long)number * Format.PageSize, page);
            if (CommitRecord.Verifies(page, number, _identity, Severity.Warning, new StrictChecker()))
            {
                found.Add((CommitRecord.Read(page, number, _identity, medium.Length, new StrictChecker())!, number));
            }
        }

        return [.. found.OrderByDescending(record => record.Record.Generation)];
    }

    /// <summary>Takes in what the records say now. One that was being written when the disk refused says nothing.</summary>
    private void LookAgain()
    {
        using var medium = _disk.Open(readOnly: true);
        var records = Records(medium);
        foreach (var (record, _) in records.Where(record => !_owned.ContainsKey(record.Record.Generation)))
        {
            Commits++;
            var owned = OwnedBlocks.Of(record, _identity, medium);
            _owned.Add(record.Generation, owned);
            if (record.TotalBlocks - Format.FixedBlocks - (ulong)owned.Count != record.FreeBlocks)
            {
                Complain($"generation {record.Generation} counts {record.FreeBlocks} free blocks of {record.TotalBlocks}, but {owned.Count} are owned");
            }
        }

        _visible = records.ConvertAll(record => record.Record.Generation);
        foreach (var gone in _owned.Keys.Where(generation => !Needed().Contains(generation)).ToList())
        {
            _owned.Remove(gone);
        }
    }

    private IEnumerable<ulong> Needed() => _visible.Concat(_durable).Concat(_pins);

    private void Complain(string what) => Complaint ??= what;

    private void BeforeWrite(ulong first, ulong end)
    {
        Writes++;
        foreach (var generation in Needed().Distinct())
        {
            for (var block = Math.Max(first, Format.FixedBlocks); block < end; block++)
            {
                if (_owned.TryGetValue(generation, out var owned) && owned.Contains(block))
                {
                    Complain($"block {block} is written, which the state of generation {generation} owns ({(_pins.Contains(generation) ? "pinned" : "a record's")}; the newest is {_visible[0]})");
                }
            }
        }
    }

    private void BeforeCut(ulong end)
    {
        foreach (var generation in Needed().Distinct())
        {
            if (_owned.TryGetValue(generation, out var owned) && owned.Any(block => block >= end))
            {
                Complain($"the file is cut to {end} blocks, and the state of generation {generation} owns more");
            }
        }
    }

    private sealed class Guard(GuardedDisk disk, IMedium inner) : IMedium
    {
        public long Length => inner.Length;

        public bool IsReadOnly => inner.IsReadOnly;

        public ILocks Locks => inner.Locks;

        public int Read(long offset, Span<byte> destination) => inner.Read(offset, destination);

        public void Write(long offset, ReadOnlySpan<byte> source)
        {
            disk.BeforeWrite((ulong)offset / Format.PageSize, ((ulong)offset + (ulong)source.Length + Format.PageSize - 1) / Format.PageSize);
            inner.Write(offset, source);
            if (offset < Format.FixedBlocks * Format.PageSize)
            {
                disk.LookAgain();
            }
        }

        public void SetLength(long length)
        {
            disk.BeforeCut((ulong)length / Format.PageSize);
            inner.SetLength(length);
        }

        public void Sync()
        {
            inner.Sync();
            disk._durable = disk._visible;
        }

        public void Dispose() => inner.Dispose();
    }
}
