namespace Cartridge.Reference;

/// <summary>
/// Content: a file's bytes in chunks, or in its record while they are few. Every method takes the record as it is and gives
/// the record as it must be put into the catalog (spec/08-content.md).
/// </summary>
internal static class ContentStore
{
    private static ReadOnlySpan<byte> SqliteMagic => "SQLite format 3\0"u8;

    /// <summary>The chunk size that suits content: a page for databases, which are rewritten page by page (CART-CON-102).</summary>
    public static byte ShiftFor(ReadOnlySpan<byte> head) =>
        head.StartsWith(SqliteMagic) ? (byte)Format.MinChunkShift : (byte)Format.DefaultChunkShift;

    /// <summary>Reads at an offset; holes and what lies behind a short chunk read as zero (CART-CON-104).</summary>
    /// <returns>Bytes read: less than asked for only at the end of the file.</returns>
    public static int ReadContent(this Draft draft, CatalogRecord record, long offset, Span<byte> destination, object subject)
    {
        if (offset >= record.Size || destination.IsEmpty)
        {
            return 0;
        }

        destination = destination[..(int)Math.Min(destination.Length, record.Size - offset)];
        if (record.Inline is { } inline)
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
            part.Clear();
            var chunk = draft.ReadChunk(record, ChunkOf(record, position), subject);
            if (within < chunk.Length)
            {
                var available = chunk.AsSpan(within, Math.Min(part.Length, chunk.Length - within));
                available.CopyTo(part);
            }

            done += part.Length;
        }

        return done;
    }

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
            record.Inline?.CopyTo(inline, 0);
            source.CopyTo(inline.AsSpan((int)offset));
            return record with { Inline = inline, Size = size, ContentHash = null };
        }

        record = draft.Outline(record) with { Size = size, ContentHash = null };
        while (!source.IsEmpty)
        {
            var chunkSize = 1 << record.ChunkShift;
            var within = (int)(offset & (chunkSize - 1));
            var part = source[..Math.Min(source.Length, chunkSize - within)];
            var number = ChunkOf(record, offset);
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

    /// <summary>Replaces all content by what a stream gives, read to its end; the chunk size may change with it (CART-CON-103).</summary>
    public static CatalogRecord ReplaceContent(this Draft draft, CatalogRecord record, Stream source, byte? shift, object subject)
    {
        var head = new byte[Format.MaxInlineContent + 1];
        var headLength = source.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var wanted = shift ?? ShiftFor(head.AsSpan(0, headLength));
        if (headLength <= Format.MaxInlineContent || wanted != record.ChunkShift)
        {
            draft.DropContent(record, subject);
        }

        record = record with { ChunkShift = wanted, Inline = null, Size = 0, ContentHash = null };
        return headLength <= Format.MaxInlineContent
            ? record with { Inline = headLength == 0 ? null : head[..headLength], Size = headLength }
            : draft.ReplaceChunks(record, head.AsSpan(0, headLength), source, subject);
    }

    private static CatalogRecord ReplaceChunks(this Draft draft, CatalogRecord record, ReadOnlySpan<byte> head, Stream rest, object subject)
    {
        var chunk = new byte[1 << record.ChunkShift];
        head.CopyTo(chunk);
        var filled = head.Length + rest.ReadAtLeast(chunk.AsSpan(head.Length), chunk.Length - head.Length, throwOnEndOfStream: false);
        var size = 0L;
        for (var number = 0UL; ; number++)
        {
            if (filled > 0)
            {
                draft.PutChunk(record, number, chunk.AsSpan(0, filled), subject);
                size += filled;
            }

            if (filled < chunk.Length)
            {
                draft.DropChunks(record, filled > 0 ? number + 1 : number, subject);
                return record with { Size = size };
            }

            filled = rest.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false);
        }
    }

    /// <summary>Sets the length: what is cut off is gone, what is added reads as zero.</summary>
    public static CatalogRecord SetContentLength(this Draft draft, CatalogRecord record, long length, object subject)
    {
        if (length == record.Size)
        {
            return record;
        }

        if (record.Inline is { } inline)
        {
            if (length <= Format.MaxInlineContent)
            {
                Array.Resize(ref inline, (int)length);
                return record with { Inline = length == 0 ? null : inline, Size = length, ContentHash = null };
            }

            record = draft.Outline(record);
        }

        if (length < record.Size)
        {
            var chunkSize = 1L << record.ChunkShift;
            draft.DropChunks(record, (ulong)((length + chunkSize - 1) >> record.ChunkShift), subject);
            var within = (int)(length & (chunkSize - 1));
            var last = within == 0 ? [] : draft.ReadChunk(record, ChunkOf(record, length), subject);
            if (last.Length > within)
            {
                // Bytes beyond the end must not come back when the file grows again (CART-CON-101).
                draft.PutChunk(record, ChunkOf(record, length), last.AsSpan(0, within), subject, deletes: true);
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
    private static CatalogRecord Outline(this Draft draft, CatalogRecord record)
    {
        if (record.Inline is not { } inline)
        {
            return record;
        }

        record = record with { Inline = null };
        draft.PutChunk(record, 0, inline, "inline content");
        return record;
    }

    private static ulong ChunkOf(CatalogRecord record, long offset) => (ulong)(offset >> record.ChunkShift);

    private static byte[] ReadChunk(this Draft draft, CatalogRecord record, ulong number, object subject)
    {
        var key = new ChunkKey(record.FileId, number);
        if (draft.Content.Find(draft, key.Write()) is not { } value)
        {
            return [];
        }

        var checker = new StrictChecker { Subject = subject };
        var chunk = draft.Decode(value, record.ChunkShift, checker);
        ContentCheck.WithinSize(key, record.ChunkShift, chunk, record.Size, default, checker);
        return BlobReader.Read(draft.Medium, chunk, draft.Identity.ContentChecksum, checker)!;
    }

    private static void PutChunk(this Draft draft, CatalogRecord record, ulong number, ReadOnlySpan<byte> bytes, object subject, bool deletes = false)
    {
        var key = new ChunkKey(record.FileId, number).Write();
        var old = draft.Content.Find(draft, key);
        var chunk = draft.StoreBlob(bytes, draft.Identity.ContentChecksum, deletes);
        draft.Content = draft.Content.Put(draft, key, new TreeValue(chunk.Write()));
        draft.ReleaseChunk(old, record.ChunkShift, subject);
    }

    /// <summary>Drops all chunks from a number on.</summary>
    private static void DropChunks(this Draft draft, CatalogRecord record, ulong from, object subject)
    {
        while (draft.Content.From(draft, new ChunkKey(record.FileId, from).Write()).FirstOrDefault() is { Key: { } key } entry
            && key.Length == ChunkKey.Length && ChunkKey.Read(key).FileId == record.FileId)
        {
            draft.Content = draft.Content.Remove(draft, key);
            draft.ReleaseChunk(entry.Value, record.ChunkShift, subject);
        }
    }

    private static void ReleaseChunk(this Draft draft, in TreeValue? value, byte shift, object subject)
    {
        if (value is { } old)
        {
            draft.Release(draft.Decode(old, shift, new StrictChecker { Subject = subject }));
        }
    }

    private static BlobReference Decode(this Draft draft, in TreeValue value, byte shift, Checker checker)
    {
        var place = new BlobPlace(draft.Bounds, 1 << shift, Math.Min(value.HolderBirth, draft.Generation), draft.Identity.ContentChecksum);
        return BlobReference.Read(value.Bytes.Span, place, default, checker)!;
    }
}
