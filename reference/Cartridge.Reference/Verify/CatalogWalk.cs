namespace Cartridge.Reference;

/// <summary>Walks the catalog: judges paths and records, and notes what the content has to match.</summary>
internal sealed class CatalogWalk(JudgedState state, VerifyStatistics statistics)
    : TreeWalk(state, PageType.CatalogNode, "catalog tree")
{
    public FileTable Files { get; } = new(state);

    protected override void OnEntry(in LeafEntry entry)
    {
        C.Subject = entry.Key;
        CatalogPath.Check(entry.Key, entry.KeyPlace, C);
        statistics.Entries++;
        var at = entry.ValuePlace;
        if (Value(entry, ref at) is not { } bytes || CatalogRecord.Read(bytes.Span, State.Record.NextFileId, at, C, State.Identity.IsEncrypted) is not { } record)
        {
            Lose();
            return;
        }

        if (!record.HasContent)
        {
            statistics.Directories++;
            return;
        }

        if (record.Type == EntryType.SymbolicLink)
        {
            statistics.SymbolicLinks++;
        }
        else
        {
            statistics.Files++;
        }

        Note(entry, record, at);
    }

    /// <summary>The record's bytes, from the leaf or from the blob that the leaf refers to.</summary>
    private ReadOnlyMemory<byte>? Value(in LeafEntry entry, ref Place at)
    {
        if (!entry.Value.IsLong)
        {
            return entry.Value.Bytes;
        }

        if (State.ReadReference(entry, Format.MaxLongValue, isContent: false) is not { } blob
            || !State.Owners.Claim(blob, new ValueOwner(entry.Key), C))
        {
            return null;
        }

        at = blob.PlaceOf(0);
        return BlobReader.Read(State.Medium, blob, ContentChecksum.Sha256, C) is { } bytes ? bytes.AsMemory() : default(ReadOnlyMemory<byte>?);
    }

    private void Note(in LeafEntry entry, CatalogRecord record, Place at)
    {
        var isLink = record.Type == EntryType.SymbolicLink;
        var facts = (record.Inline is null ? FileFacts.None : FileFacts.Inline)
            | (record.ContentHash is null ? FileFacts.None : FileFacts.ContentHash)
            | (isLink ? FileFacts.Link : FileFacts.None);
        if (isLink && !LinkTarget.CheckLength(record.Size, at, C))
        {
            facts |= FileFacts.Done;
        }

        if (isLink && State.IsOpaque)
        {
            facts |= FileFacts.Done; // Its target cannot be seen.
        }

        if (record.Inline is { } stored)
        {
            statistics.ContentBytes += stored.Length;
            facts |= FileFacts.Done;
            JudgeInline(record, stored, at);
        }

        // Where the check is switched off any shift may stand here; chunks are then looked at as if it were the nearest allowed.
        var shift = Math.Clamp(record.ChunkShift, (byte)Format.MinChunkShift, (byte)Format.MaxChunkShift);
        Files.Add(new FileSummary(record.FileId, record.Size, entry.Leaf, Files.Count, (ushort)entry.CellOffset, shift, facts));
    }

    private void JudgeInline(CatalogRecord record, byte[] stored, Place at)
    {
        if (State.IsOpaque || (record.InlineSeal is not null && State.Coder.Keys is null))
        {
            return; // A seal without encryption is another check's matter.
        }

        var content = record.InlineSeal is { } seal ? State.Coder.DecryptInline(record.FileId, stored, seal, at, C) : stored;
        if (content is null)
        {
            return;
        }

        if (record.Type == EntryType.SymbolicLink)
        {
            LinkTarget.Check(content, at, C);
        }

        // "The content hash MUST be that of the content."
        _ = C.Skips(CatalogRule.ContentHash) || record.ContentHash is not { } hash || hash.Equals(Hash256.Of(content))
            || C.Fault(CatalogRule.ContentHash, at, "the content does not have the recorded hash");
    }

    private sealed class ValueOwner(byte[] path)
    {
        public override string ToString() => $"value:{Text.Decode(path)}";
    }
}
