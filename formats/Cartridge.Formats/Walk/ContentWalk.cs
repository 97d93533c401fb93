using Cartridge.Formats.Generated;
using Kaitai;
using static Cartridge.Formats.Walk.Check;

namespace Cartridge.Formats.Walk;

/// <summary>
/// Reads the content tree of a state. Its keys bring the chunks of a file one after the other, so that one hash is open at a time and no
/// more than one chunk is held.
/// </summary>
internal sealed class ContentWalk(StateReach reach, CatalogWalk catalog, BlobReader blobs, ContentHash hash, ChunkDecoder? decoder)
{
    private const int KeyLength = 16;

    private readonly byte[] _plain = new byte[BlobReader.MaxLength];
    private readonly HashSet<CatalogEntry> _finished = [];
    private readonly byte[] _content = new byte[BlobReader.MaxLength];

    /// <summary>Completes all entries of the catalog.</summary>
    internal void Read()
    {
        CatalogEntry? current = null;
        TreeWalk tree = new(reach, reach.ContentTree, Cartridge3.PageType.ContentNode);
        foreach (Leaf leaf in tree.Leaves())
        {
            ulong page = leaf.Holder.Page;
            Cartridge3.ContentKey key = Key(leaf);
            CatalogEntry? entry = catalog.ByFileId.GetValueOrDefault(key.FileId);
            Require(entry is not null, "CART-CON-001", "content.orphan", page,
                $"no path has file id {key.FileId}");
            Require(entry.Inline is null, "CART-CON-002", "content.overlap", page,
                $"'{entry.Projection.Path}' has inline content and chunks");
            if (entry != current)
            {
                Finish(current);
                current = entry;
                hash.Begin(entry);
            }

            Append(leaf, key.ChunkNumber, entry);
        }

        Finish(current);
        FinishTheRest();
    }

    /// <summary>Whose chunk a record of the content tree is, and which.</summary>
    internal static Cartridge3.ContentKey Key(Leaf leaf)
    {
        Require(leaf.Key.Length == KeyLength, "CART-CON-004", "tree.bad-cell", leaf.Holder.Page,
            $"a key of the content tree has {leaf.Key.Length} bytes");
        return new(new KaitaiStream(leaf.Key));
    }

    /// <summary>The reference to a chunk.</summary>
    internal static Cartridge3.Chunk Chunk(Leaf leaf, string name, Identity identity)
    {
        ulong page = leaf.Holder.Page;
        bool isInline = leaf.Cell.ValueKind == Cartridge3.ValueKind.Inline;
        Require(isInline, "CART-TRE-014", "tree.bad-cell", page,
            $"{name} is a long value");
        Cartridge3.Chunk chunk = Parse(page, "CART-BLB-001", "tree.bad-cell", () => leaf.Cell.Value.Chunk);
        Require(chunk.Seal is not null == identity.IsEncrypted, "CART-BLB-001", "tree.bad-cell", page,
            $"the reference to {name} is not as long as it should be");
        return chunk;
    }

    private void Append(Leaf leaf, ulong number, CatalogEntry entry)
    {
        (ulong page, string path) = (leaf.Holder.Page, entry.Projection.Path);
        Cartridge3.Chunk chunk = Chunk(leaf, $"chunk {number} of '{path}'", reach.Identity);
        ReadOnlySpan<byte> bytes = blobs.Read(chunk.Blob, 1u << entry.ChunkShift, leaf.Holder, new PageOwner(PageUse.Chunk, number, path));

        // Compared in chunks first: the number of a chunk may be so great that its start is none.
        bool beginsInside = number <= entry.Size >> entry.ChunkShift;
        ulong start = beginsInside ? number << entry.ChunkShift : 0;
        bool isInside = beginsInside && chunk.Blob.LogicalLength <= entry.Size - start;
        Require(isInside, "CART-CON-003", "content.size-mismatch", page,
            $"chunk {number} of '{path}' goes beyond its {entry.Size} bytes");
        bool isSealed = chunk.Seal is not null;
        if (isSealed && reach.Keys is null)
        {
            hash.Withhold();
            return;
        }

        if (isSealed)
        {
            Span<byte> plain = _plain.AsSpan(0, bytes.Length);
            ContentPlace place = new(entry.FileId, number, chunk.Blob.Birth, chunk.Blob.LogicalLength, (byte)chunk.Blob.Codec);
            Require(reach.Keys!.TryDecrypt(chunk.Seal!, place, bytes, plain), "CART-ENC-011", "crypto.auth-failed", chunk.Blob.Runs[0].Page,
                $"chunk {number} of '{path}' is not what was encrypted for it");
            bytes = plain;
        }

        if (chunk.Blob.Codec == Cartridge3.Codec.None)
        {
            hash.Append(start, bytes);
            return;
        }

        // Decoding is no matter of a description: whoever walks may bring what decodes.
        Span<byte> content = _content.AsSpan(0, (int)chunk.Blob.LogicalLength);
        if (decoder?.Invoke((byte)chunk.Blob.Codec, bytes, content) is true)
        {
            hash.Append(start, content);
        }
        else
        {
            hash.Withhold();
        }
    }

    private void Finish(CatalogEntry? entry)
    {
        if (entry is not null)
        {
            hash.End();
            _finished.Add(entry);
        }
    }

    /// <summary>Content without chunks: inline, empty, or one hole.</summary>
    private void FinishTheRest()
    {
        foreach (CatalogEntry entry in catalog.ByFileId.Values.Where(entry => !_finished.Contains(entry)))
        {
            hash.Begin(entry);
            if (entry.Inline is not null && entry.PlainInline is null)
            {
                hash.Withhold();
            }
            else
            {
                hash.Append(0, entry.PlainInline ?? []);
            }

            hash.End();
        }
    }
}
