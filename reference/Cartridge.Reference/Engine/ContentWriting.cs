namespace Cartridge.Reference;

/// <summary>
/// Writes content: a file's bytes in chunks, or in its record while they are few. Every method takes the record as it is and
/// gives the record as it must be put into the catalog (spec/08-content.md).
/// </summary>
internal static class ContentWriting
{
    private static ReadOnlySpan<byte> SqliteMagic => "SQLite format 3\0"u8;

    /// <summary>The chunk size that suits content: a page for databases, which are rewritten page by page (CART-CON-102).</summary>
    public static byte ShiftFor(ReadOnlySpan<byte> head) =>
        head.StartsWith(SqliteMagic) ? (byte)Format.MinChunkShift : (byte)Format.DefaultChunkShift;

    /// <summary>
    /// Writes at an offset, lengthening the file if need be; a gap before the offset becomes a hole. The content hash goes
    /// (CART-CAT-105).
    /// </summary>
    public static CatalogRecord WriteContent(this Draft draft, CatalogRecord record, long offset, ReadOnlySpan<byte> source, object subject)
    {
        var size = Math.Max(record.Size, checked(offset + source.Length));
        if (source.IsEmpty)
        {
            return record;
        }

        if (size <= Format.MaxInlineContent && (record.Inline is not null || record.Size == 0))
        {
            var inline = new byte[size];
            draft.ReadInline(record, subject)?.CopyTo(inline, 0);
            source.CopyTo(inline.AsSpan((int)offset));
            return draft.WithInline(record, inline);
        }

        record = draft.Outline(record, subject) with { Size = size, ContentHash = null };
        while (!source.IsEmpty)
        {
            var chunkSize = 1 << record.ChunkShift;
            var within = (int)(offset & (chunkSize - 1));
            var part = source[..Math.Min(source.Length, chunkSize - within)];
            var number = ContentReading.ChunkOf(record, offset);
            if (part.Length == chunkSize)
            {
                draft.PutChunk(record, number, part, subject);
            }
            else
            {
                var old = draft.ReadChunk(record, number, subject);
                var chunk = new byte[Math.Max(old.Length, within + part.Length)];
                old.CopyTo(chunk, 0);
                part.CopyTo(chunk.AsSpan(within));
                draft.PutChunk(record, number, chunk, subject);
            }

            offset += part.Length;
            source = source[part.Length..];
        }

        return record;
    }

    /// <summary>
    /// Replaces all content by what comes, up to the last portion; the chunk size may change with it (CART-CON-103), and the
    /// content hash is the new one, if there is one.
    /// </summary>
    public static CatalogRecord ReplaceContent(this Draft draft, CatalogRecord record, IEnumerable<Portion> content, object subject)
    {
        var (oldSize, number, size) = (record.Size, 0UL, 0L);
        Hash256? hash = null;
        foreach (var portion in content)
        {
            var bytes = portion.Bytes;
            record = size == 0 ? draft.BeginContent(record, bytes, portion.Shift, subject) : record;
            if (record.Inline is null && !bytes.IsEmpty)
            {
                draft.PutChunk(record, number++, bytes, subject, portion: portion);
            }

            size += bytes.Length;
            hash = portion.ContentHash;
            portion.Release();
        }

        if (size < oldSize)
        {
            draft.DropChunks(record, number, subject);
        }

        return record with { Size = size, ContentHash = hash };
    }

    /// <summary>Replaces all content by bytes.</summary>
    public static CatalogRecord ReplaceContent(this Draft draft, CatalogRecord record, ReadOnlySpan<byte> content, byte? shift, object subject)
    {
        var oldSize = record.Size;
        record = draft.BeginContent(record, content, shift, subject);
        if (content.Length <= Format.MaxInlineContent)
        {
            return record;
        }

        var (number, size) = (0UL, content.Length);
        for (var chunkSize = 1 << record.ChunkShift; !content.IsEmpty; number++)
        {
            var chunk = content[..Math.Min(content.Length, chunkSize)];
            draft.PutChunk(record, number, chunk, subject);
            content = content[chunk.Length..];
        }

        if (size < oldSize)
        {
            draft.DropChunks(record, number, subject);
        }

        return record with { Size = size };
    }

    /// <summary>
    /// The record of a file whose content is about to be replaced: with the new content itself, if that is short enough, and
    /// else with none yet. Chunks that the new content cannot use are dropped.
    /// </summary>
    /// <param name="draft">The state in the making.</param>
    /// <param name="record">The record as it was.</param>
    /// <param name="head">How the new content begins: more than the record can hold, or all there is.</param>
    /// <param name="shift">The chunk size that was asked for.</param>
    /// <param name="subject">What findings name.</param>
    private static CatalogRecord BeginContent(this Draft draft, CatalogRecord record, ReadOnlySpan<byte> head, byte? shift, object subject)
    {
        var wanted = shift ?? ShiftFor(head);
        var isShort = head.Length <= Format.MaxInlineContent;
        if (isShort || wanted != record.ChunkShift)
        {
            draft.DropContent(record, subject);
        }

        record = record with { ChunkShift = wanted, Inline = null, InlineSeal = null, Size = 0, ContentHash = null };
        return isShort ? draft.WithInline(record, head) : record;
    }

    /// <summary>Sets the length: what is cut off is gone, what is added reads as zero.</summary>
    public static CatalogRecord SetContentLength(this Draft draft, CatalogRecord record, long length, object subject)
    {
        if (length == record.Size)
        {
            return record;
        }

        if (draft.ReadInline(record, subject) is { } inline)
        {
            if (length <= Format.MaxInlineContent)
            {
                Array.Resize(ref inline, (int)length);
                return draft.WithInline(record, inline);
            }

            record = draft.Outline(record, subject);
        }

        if (length < record.Size)
        {
            var chunkSize = 1L << record.ChunkShift;
            draft.DropChunks(record, (ulong)((length + chunkSize - 1) >> record.ChunkShift), subject);
            var within = (int)(length & (chunkSize - 1));
            var last = within == 0 ? [] : draft.ReadChunk(record, ContentReading.ChunkOf(record, length), subject);
            if (last.Length > within)
            {
                // Bytes beyond the end must not come back when the file grows again (CART-CON-101).
                draft.PutChunk(record, ContentReading.ChunkOf(record, length), last.AsSpan(0, within), subject, purpose: Purpose.Deleting);
            }
        }

        return record with { Size = length, ContentHash = null };
    }

    /// <summary>Drops all content.</summary>
    public static void DropContent(this Draft draft, CatalogRecord record, object subject)
    {
        if (record is { HasContent: true, Inline: null })
        {
            draft.DropChunks(record, 0, subject);
        }
    }

    /// <summary>Moves inline content into the content tree (CART-CON-106).</summary>
    private static CatalogRecord Outline(this Draft draft, CatalogRecord record, object subject)
    {
        if (draft.ReadInline(record, subject) is not { } inline)
        {
            return record;
        }

        record = record with { Inline = null, InlineSeal = null };
        draft.PutChunk(record, 0, inline, subject);
        return record;
    }

    /// <summary>Copies the content of one file for another that has none yet.</summary>
    /// <returns>The other file's record.</returns>
    public static CatalogRecord CopyContent(this Draft draft, CatalogRecord from, CatalogRecord to, object subject)
    {
        if (draft.ReadInline(from, subject) is { } inline)
        {
            return draft.WithInline(to, inline) with { ContentHash = to.ContentHash };
        }

        if (!from.HasContent)
        {
            return to;
        }

        foreach (var number in draft.ChunksFrom(from, 0).Select(chunk => chunk.Number).ToList())
        {
            draft.PutChunk(to, number, draft.ReadChunk(from, number, subject), subject);
        }

        return to;
    }

    /// <summary>Makes a part of a file read as zero, and drops the chunks that lie in it whole.</summary>
    public static CatalogRecord ClearContent(this Draft draft, CatalogRecord record, long offset, long length, object subject)
    {
        if (length == 0)
        {
            return record;
        }

        if (draft.ReadInline(record, subject) is { } inline)
        {
            var cleared = inline.ToArray();
            cleared.AsSpan((int)offset, (int)length).Clear();
            return draft.WithInline(record, cleared);
        }

        var (end, chunkSize) = (offset + length, 1L << record.ChunkShift);
        var first = ContentReading.ChunkOf(record, offset);
        foreach (var number in draft.ChunksFrom(record, first).Select(chunk => chunk.Number).TakeWhile(n => (long)n * chunkSize < end).ToList())
        {
            var start = (long)number * chunkSize;
            var chunk = draft.ReadChunk(record, number, subject).ToArray();
            var from = (int)Math.Clamp(offset - start, 0, chunk.Length);
            var to = (int)Math.Clamp(end - start, 0, chunk.Length);
            chunk.AsSpan(from, to - from).Clear();
            draft.PutChunk(record, number, chunk, subject);
        }

        return record with { ContentHash = null };
    }

    /// <summary>Sets a chunk; one that is all zeros becomes a hole.</summary>
    private static void PutChunk(
        this Draft draft, CatalogRecord record, ulong number, ReadOnlySpan<byte> bytes, object subject, Purpose purpose = Purpose.Adding, Portion? portion = null)
    {
        var key = new ChunkKey(record.FileId, number).Write();
        TreeValue? old;
        if (bytes.IndexOfAnyExcept((byte)0) < 0)
        {
            draft.Content = draft.Content.Remove(draft, key, out old);
        }
        else
        {
            var chunk = draft.Store(record, number, bytes, purpose, portion);
            draft.Content = draft.Content.Put(draft, key, new TreeValue(chunk.Write()), out old);
        }

        draft.ReleaseChunk(old, record.ChunkShift, subject);
    }

    /// <summary>Encodes and stores a chunk, unless its portion was encoded ahead in just that way.</summary>
    private static BlobReference Store(
        this Draft draft, CatalogRecord record, ulong number, ReadOnlySpan<byte> bytes, Purpose purpose, Portion? portion)
    {
        var context = new ChunkContext(record.FileId, number);
        var choice = draft.Pool.Coder.Choose(record.Codec, draft.DefaultCodec);
        if (portion is not null && portion.Choice == choice)
        {
            if (portion.Seal is null)
            {
                return draft.StoreChunk(bytes, portion.Encoded, portion.Checksum, context, purpose);
            }

            // What was encrypted for another place would not decrypt in this one.
            if (portion.Place == new AssociatedData(context.FileId, number, draft.Generation, (uint)bytes.Length, portion.Encoded.Codec))
            {
                return draft.StoreSealed(bytes, portion, purpose);
            }
        }

        var encoded = draft.Pool.Coder.Encode(bytes, choice);
        try
        {
            return draft.StoreChunk(bytes, encoded, checksum: null, context, purpose);
        }
        finally
        {
            encoded.Release();
        }
    }

    /// <summary>Drops all chunks from a number on.</summary>
    private static void DropChunks(this Draft draft, CatalogRecord record, ulong from, object subject)
    {
        while (draft.ChunksFrom(record, from).FirstOrDefault() is { Value.Bytes.IsEmpty: false } chunk)
        {
            draft.Content = draft.Content.Remove(draft, new ChunkKey(record.FileId, chunk.Number).Write(), out _);
            draft.ReleaseChunk(chunk.Value, record.ChunkShift, subject);
        }
    }

    private static void ReleaseChunk(this Draft draft, in TreeValue? value, byte shift, object subject)
    {
        if (value is { } old)
        {
            draft.Release(draft.DecodeChunk(old, shift, new StrictChecker { Subject = subject }));
        }
    }
}
