namespace Cartridge.Reference;

/// <summary>Content in segments of 2^16 bytes, whatever the chunks are in which a container keeps it.</summary>
internal static class FileSegments
{
    /// <summary>The numbers of the segments, from one on, in which something is stored; it may be zeros.</summary>
    public static IEnumerable<ulong> SegmentsFrom(this IState state, CatalogRecord record, ulong from)
    {
        if (!record.HasContent || record.Size == 0)
        {
            yield break;
        }

        if (record.Inline is not null)
        {
            if (from == 0)
            {
                yield return 0;
            }

            yield break;
        }

        ulong? last = null;
        var firstChunk = from <= LastOf(record) ? ContentReading.ChunkOf(record, (long)from << TransferFormat.SegmentShift) : ulong.MaxValue;
        foreach (var (chunk, _) in state.ChunksFrom(record, firstChunk))
        {
            foreach (var number in SegmentsOf(chunk, record).Where(number => number >= from && (last is null || number > last)))
            {
                yield return number;
                last = number;
            }
        }
    }

    /// <summary>The segments within the file that a chunk has a part in; none for one that lies beyond the file's end.</summary>
    public static IEnumerable<ulong> SegmentsOf(ulong chunk, CatalogRecord record)
    {
        if (record.Size == 0 || chunk > ContentReading.ChunkOf(record, record.Size - 1))
        {
            yield break;
        }

        var start = chunk << record.ChunkShift;
        var end = Math.Min(start + (1UL << record.ChunkShift), (ulong)record.Size);
        for (var number = start >> TransferFormat.SegmentShift; number << TransferFormat.SegmentShift < end; number++)
        {
            yield return number;
        }
    }

    /// <summary>The bytes of a segment without the zeros at its end.</summary>
    /// <param name="state">The state.</param>
    /// <param name="record">The file or link.</param>
    /// <param name="number">Which.</param>
    /// <param name="buffer">Room for a whole segment.</param>
    /// <param name="path">What findings name.</param>
    public static ReadOnlySpan<byte> ReadSegment(this IState state, CatalogRecord record, ulong number, byte[] buffer, byte[] path)
    {
        if (record.Size == 0 || number > LastOf(record))
        {
            return [];
        }

        var read = state.ReadContent(record, (long)number << TransferFormat.SegmentShift, buffer.AsSpan(0, TransferFormat.SegmentLength), path);
        return buffer.AsSpan(0, buffer.AsSpan(0, read).LastIndexOfAnyExcept((byte)0) + 1);
    }

    /// <summary>Adds an entry with all of its content to a sum, or subtracts it.</summary>
    public static void Whole(this ContentSum sum, IState state, byte[] path, CatalogRecord record, byte[] buffer, bool adds)
    {
        sum.Entry(TransferEntry.Write(path, record), adds);
        foreach (var number in state.SegmentsFrom(record, 0))
        {
            sum.Segment(path, number, state.ReadSegment(record, number, buffer, path), adds);
        }
    }

    /// <summary>Computes the sum of a state: this reads all of it.</summary>
    public static ContentSum SumOf(IState state)
    {
        var sum = new ContentSum();
        var buffer = new byte[TransferFormat.SegmentLength];
        foreach (var (path, record) in state.CatalogFrom([]))
        {
            sum.Whole(state, path, record, buffer, adds: true);
        }

        sum.State = StateOf(state);
        return sum;
    }

    /// <summary>What tells a published content from every other: the roots that it hangs from. Null for one in the making.</summary>
    public static Hash256? StateOf(IState state)
    {
        if (state.Catalog.Root.Fresh is not null || state.Content.Root.Fresh is not null)
        {
            return null;
        }

        var bytes = new byte[ContainerId.Length + TreeReference.Length + TreeReference.Length];
        var fields = new FieldWriter(bytes);
        state.Pool.Identity.Id.CopyTo(bytes);
        fields.Skip(ContainerId.Length);
        state.Catalog.ToReference().Write(ref fields);
        state.Content.ToReference().Write(ref fields);
        return Hash256.Of(bytes);
    }

    /// <summary>A sum that was kept, if it is that of the state; else it is computed.</summary>
    public static ContentSum KnownOr(ContentSum? known, IState state) =>
        state.Catalog.IsEmpty ? new ContentSum { State = StateOf(state) }
        : known?.State is { } told && StateOf(state) is { } actual && told.Equals(actual) ? known
        : SumOf(state);

    private static ulong LastOf(CatalogRecord record) => (ulong)(record.Size - 1) >> TransferFormat.SegmentShift;
}
