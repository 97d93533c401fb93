namespace Cartridge.Reference;

/// <summary>Reads content: a file's bytes out of its chunks, or out of its record (spec/08-content.md).</summary>
internal static class ContentReading
{
    /// <summary>Reads at an offset; holes and what lies behind a short chunk read as zero (CART-CON-104).</summary>
    /// <returns>Bytes read: less than asked for only at the end of the file.</returns>
    public static int ReadContent(this IState state, CatalogRecord record, long offset, Span<byte> destination, object subject)
    {
        if (offset >= record.Size || destination.IsEmpty)
        {
            return 0;
        }

        destination = destination[..(int)Math.Min(destination.Length, record.Size - offset)];
        if (state.ReadInline(record, subject) is { } inline)
        {
            inline.AsSpan((int)offset, destination.Length).CopyTo(destination);
            return destination.Length;
        }

        var done = 0;
        while (done < destination.Length)
        {
            var position = offset + done;
            var within = (int)(position & ((1L << record.ChunkShift) - 1));
            var part = destination.Slice(done, Math.Min(destination.Length - done, (1 << record.ChunkShift) - within));
            var chunk = state.ReadChunk(record, ChunkOf(record, position), subject);
            CopyPart(chunk, within, part);
            done += part.Length;
        }

        return done;
    }

    /// <summary>Copies a part of a chunk; what lies behind its stored bytes reads as zero (CART-CON-104).</summary>
    public static void CopyPart(ReadOnlySpan<byte> chunk, int within, Span<byte> destination)
    {
        var available = chunk[Math.Min(within, chunk.Length)..];
        available = available[..Math.Min(available.Length, destination.Length)];
        available.CopyTo(destination);
        destination[available.Length..].Clear();
    }

    public static ulong ChunkOf(CatalogRecord record, long offset) => (ulong)(offset >> record.ChunkShift);

    /// <summary>The bytes of a chunk, none for a hole; shared, not to be written to.</summary>
    public static byte[] ReadChunk(this IState state, CatalogRecord record, ulong number, object subject)
    {
        var checker = new StrictChecker { Subject = subject };
        return state.FindChunk(record, number, checker) is { } chunk ? state.Pool.Chunk(chunk, new ChunkContext(record.FileId, number), checker) : [];
    }

    /// <summary>The reference to a chunk, null for a hole.</summary>
    public static BlobReference? FindChunk(this IState state, CatalogRecord record, ulong number, Checker checker)
    {
        var key = new ChunkKey(record.FileId, number);
        if (state.Content.Find(state, key.Write()) is not { } value)
        {
            return null;
        }

        var chunk = state.DecodeChunk(value, record.ChunkShift, checker);
        ContentCheck.WithinSize(key, record.ChunkShift, chunk, record.Size, default, checker);
        return chunk;
    }

    /// <summary>The chunks of a file from a number on, holes left out.</summary>
    public static IEnumerable<(ulong Number, TreeValue Value)> ChunksFrom(this IState state, CatalogRecord record, ulong from)
    {
        foreach (var (key, value) in state.Content.From(state, new ChunkKey(record.FileId, from).Write()))
        {
            if (key.Length != ChunkKey.Length || ChunkKey.Read(key) is var chunk && chunk.FileId != record.FileId)
            {
                yield break;
            }

            yield return (ChunkKey.Read(key).Number, value);
        }
    }

    /// <summary>The first offset from one on at which content is stored, null if there is only a hole.</summary>
    public static long? NextContent(this IState state, CatalogRecord record, long offset)
    {
        if (offset >= record.Size || record.Inline is not null)
        {
            return offset < record.Size ? offset : null;
        }

        foreach (var (number, _) in state.ChunksFrom(record, ChunkOf(record, offset)))
        {
            // A chunk beyond the end is judged by whoever reads it.
            return number > ChunkOf(record, record.Size - 1) ? null : Math.Max(offset, (long)number << record.ChunkShift);
        }

        return null;
    }

    public static BlobReference DecodeChunk(this IState state, in TreeValue value, byte shift, Checker checker)
    {
        var identity = state.Pool.Identity;
        var place = new BlobPlace(
            state.Bounds, 1 << shift, Math.Min(value.HolderBirth, state.Generation), identity.ContentChecksum, IsContent: true, identity.IsEncrypted);
        return BlobReference.Read(value.Bytes.Span, place, default, checker)!;
    }
}
