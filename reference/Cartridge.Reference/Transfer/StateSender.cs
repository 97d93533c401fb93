namespace Cartridge.Reference;

/// <summary>Writes what a state holds, or what is different in it from an earlier one, as a stream.</summary>
internal sealed class StateSender : IDisposable
{
    private readonly byte[] _buffer = new byte[TransferFormat.SegmentLength];
    private readonly byte[] _older = new byte[TransferFormat.SegmentLength];
    private readonly TransferWriter _writer;
    private readonly ContentSum _sum;

    private StateSender(Stream destination, TransferKind kind, ContentSum start)
    {
        _sum = start.Copy();
        _writer = new TransferWriter(destination, new TransferHead(kind, start.HashOfLanes()));
    }

    /// <summary>All of a state, the same bytes for the same content (CART-TRF-101).</summary>
    public static TransferSummary Full(IState state, Stream destination)
    {
        using var sender = new StateSender(destination, TransferKind.Full, new ContentSum());
        ulong entries = 0;
        foreach (var (path, record) in state.CatalogFrom([]))
        {
            sender.Whole(state, path, record);
            entries++;
        }

        return sender.End(state, TransferKind.Full, entries, 0);
    }

    /// <summary>What makes one state into another. What both share is not read, apart from the first one's sum, where it is not known.</summary>
    public static TransferSummary Delta(PublishedState before, PublishedState after, ContentSum? known, Stream destination)
    {
        using var sender = new StateSender(destination, TransferKind.Delta, FileSegments.KnownOr(known, before));
        var (entries, removals) = (0UL, 0UL);
        var written = Written(before, after);
        foreach (var path in Paths(before, after))
        {
            var (old, present) = (before.Find(path), after.Find(path));
            if (present is null)
            {
                sender._writer.Removal(path);
                sender._sum.Whole(before, path, old!, sender._older, adds: false);
                removals++;
            }
            else if (old is not null && IsPatch(old, present))
            {
                entries += sender.Patch(before, after, path, (old, present), written.GetValueOrDefault(present.FileId, [])) ? 1UL : 0;
            }
            else
            {
                if (old is not null)
                {
                    sender._sum.Whole(before, path, old, sender._older, adds: false);
                }

                sender.Whole(after, path, present);
                entries++;
            }
        }

        return sender.End(after, TransferKind.Delta, entries, removals);
    }

    public void Dispose() => _writer.Dispose();

    /// <summary>Paths whose entries differ, in the order of their bytes.</summary>
    private static List<byte[]> Paths(PublishedState before, PublishedState after)
    {
        List<byte[]> paths = [.. StateDifference.Between(before, after).Select(difference => CatalogPath.Encode(difference.Path))];
        paths.Sort((a, b) => a.AsSpan().SequenceCompareTo(b));
        return paths;
    }

    /// <summary>Chunks that differ, for each file.</summary>
    private static Dictionary<ulong, List<ulong>> Written(PublishedState before, PublishedState after)
    {
        var written = new Dictionary<ulong, List<ulong>>();
        foreach (var (key, a, b) in TreeDifference.Between(before, before.Content, after, after.Content))
        {
            if (a is { } x && b is { } y && x.Bytes.Span.SequenceEqual(y.Bytes.Span))
            {
                continue;
            }

            var chunk = ChunkKey.Read(key);
            if (!written.TryGetValue(chunk.FileId, out var numbers))
            {
                written[chunk.FileId] = numbers = [];
            }

            numbers.Add(chunk.Number);
        }

        return written;
    }

    /// <summary>Whether the chunks that differ tell which segments do.</summary>
    private static bool IsPatch(CatalogRecord old, CatalogRecord present) =>
        old.Type == EntryType.File && present.Type == EntryType.File && old.FileId == present.FileId
        && old.ChunkShift == present.ChunkShift && old.Inline is null && present.Inline is null;

    private void Whole(IState state, byte[] path, CatalogRecord record)
    {
        if (record.Type == EntryType.SymbolicLink)
        {
            StateReceiver.CheckTarget(state, record, path, default, new StrictChecker { Subject = path });
        }

        var payload = TransferEntry.Write(path, record);
        _writer.Entry(payload);
        _sum.Entry(payload, adds: true);
        foreach (var number in state.SegmentsFrom(record, 0))
        {
            if (state.ReadSegment(record, number, _buffer, path) is { IsEmpty: false } bytes)
            {
                _writer.Segment(number, bytes);
                _sum.Segment(path, number, bytes, adds: true);
            }
        }
    }

    /// <summary>An entry of which only some segments differ, or none and only what is said of it.</summary>
    /// <returns>Whether anything does.</returns>
    private bool Patch(PublishedState before, PublishedState after, byte[] path, (CatalogRecord Old, CatalogRecord Present) entry, List<ulong> chunks)
    {
        var (old, present) = entry;
        var (was, now) = (TransferEntry.Write(path, old), TransferEntry.Write(path, present));
        var isTold = !was.AsSpan().SequenceEqual(now);
        if (isTold)
        {
            _sum.Entry(was, adds: false);
            _sum.Entry(now, adds: true);
            _writer.Entry(TransferEntry.Write(path, present, TransferAction.Patch));
        }

        var longer = old.Size > present.Size ? old : present;
        foreach (var number in new SortedSet<ulong>(chunks.SelectMany(chunk => FileSegments.SegmentsOf(chunk, longer))))
        {
            var a = before.ReadSegment(old, number, _older, path);
            var b = after.ReadSegment(present, number, _buffer, path);
            if (a.SequenceEqual(b))
            {
                continue;
            }

            _sum.Segment(path, number, a, adds: false);
            _sum.Segment(path, number, b, adds: true);
            if (!isTold)
            {
                _writer.Entry(TransferEntry.Write(path, present, TransferAction.Patch));
                isTold = true;
            }

            // What lies beyond the new size goes with the size.
            if (number << TransferFormat.SegmentShift < (ulong)present.Size)
            {
                _writer.Segment(number, b);
            }
        }

        return isTold;
    }

    private TransferSummary End(IState state, TransferKind kind, ulong entries, ulong removals)
    {
        _sum.State = FileSegments.StateOf(state);
        _writer.End(_sum.HashOfLanes());
        return new TransferSummary(kind == TransferKind.Full, entries, removals, _writer.Bytes, _sum);
    }
}
