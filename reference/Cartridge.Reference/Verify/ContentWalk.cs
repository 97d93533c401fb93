namespace Cartridge.Reference;

/// <summary>
/// Walks the content tree, whose order is that of the file ids, beside the table of files: proves every chunk, and of each
/// file with a content hash, and of each link, the whole content.
/// </summary>
internal sealed class ContentWalk(State state, CatalogWalk catalog, VerifyStatistics statistics, long maxZeros)
    : TreeWalk(state, PageType.ContentNode, "content tree")
{
    private readonly FileTable _files = catalog.Files;
    private readonly ContentProof _proof = new(catalog.Files, state.Collector, maxZeros);
    private ulong? _currentId;
    private int _current = -1;

    protected override void OnEntry(in LeafEntry entry)
    {
        var at = entry.KeyPlace;

        // "The key of a content record MUST be 16 bytes long."
        C.Subject = "content tree";
        _ = C.Skips(ContentRule.KeyLength) || entry.Key.Length == ChunkKey.Length
            || C.Fault(ContentRule.KeyLength, at, $"a key of {entry.Key.Length} bytes; a content record's has {ChunkKey.Length}");
        if (entry.Key.Length != ChunkKey.Length)
        {
            Gap();
            return;
        }

        var key = ChunkKey.Read(entry.Key);
        TurnTo(key.FileId);
        C.Subject = _current >= 0 ? new FileName(_files, _current) : $"file {key.FileId}";

        // "In the content tree, whose values are blob references themselves, the value kind MUST be 0."
        _ = C.Skips(TreeRule.ContentInline) || !entry.Value.IsLong
            || C.Fault(TreeRule.ContentInline, at, "a long value in the content tree");

        // "The file id of a content record MUST be that of a file or symbolic link in the catalog of the same state."
        _ = C.Skips(ContentRule.Orphan) || _current >= 0 || !catalog.IsWhole
            || C.Fault(ContentRule.Orphan, at, $"chunk {key.Number} belongs to file {key.FileId}, which is not in the catalog");
        FileSummary? file = _current >= 0 ? _files[_current] : null;

        // "A file or symbolic link whose content is inline MUST have no content records."
        _ = C.Skips(ContentRule.InlineOnly) || file?.Has(FileFacts.Inline) is not true
            || C.Fault(ContentRule.InlineOnly, at, $"chunk {key.Number} of a file whose content is inline");

        ReadChunk(entry, key, file);
    }

    protected override void OnGap() => _proof.Spoil(nextToo: true);

    /// <summary>Judges the last file with chunks, and then those that have none.</summary>
    public void Finish()
    {
        _proof.End();
        for (var i = 0; i < _files.Count && !HasGap; i++)
        {
            _proof.Begin(i);
            _proof.End();
        }
    }

    private void TurnTo(ulong fileId)
    {
        if (_currentId == fileId)
        {
            return;
        }

        _proof.End();
        _currentId = fileId;
        _current = _files.IndexOf(fileId);
        if (_current >= 0)
        {
            _proof.Begin(_current);
        }
    }

    private void ReadChunk(in LeafEntry entry, ChunkKey key, FileSummary? file)
    {
        var shift = file?.ChunkShift ?? Format.MaxChunkShift;
        if (State.ReadReference(entry, 1 << shift, State.Identity.ContentChecksum) is not { } blob)
        {
            Lose();
            _proof.Spoil();
            return;
        }

        // "The beginning of a chunk plus its logical length MUST be at most the size of the file."
        var start = (UInt128)key.Number << shift;
        _ = C.Skips(ContentRule.WithinSize) || file is null || start + blob.LogicalLength <= (UInt128)file.Value.Size
            || C.Fault(ContentRule.WithinSize, entry.KeyPlace, $"chunk {key.Number} ends at byte {start + blob.LogicalLength} of a file of {file?.Size}");

        if (!State.Owners.Claim(blob, new ChunkOwner(this, key), C))
        {
            Lose();
            _proof.Spoil();
            return;
        }

        if (BlobReader.Read(State.Medium, blob, State.Identity.ContentChecksum, C) is not { } bytes)
        {
            _proof.Spoil();
            return;
        }

        statistics.ContentBytes += bytes.Length;
        _proof.Append(start, bytes);
    }

    private sealed class ChunkOwner(ContentWalk walk, ChunkKey key)
    {
        public override string ToString() =>
            $"chunk:{(walk._current >= 0 ? Text.Decode(walk._files.PathOf(walk._current)) : "?")}#{key.Number}";
    }
}
