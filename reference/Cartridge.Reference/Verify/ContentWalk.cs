namespace Cartridge.Reference;

/// <summary>
/// Walks the content tree, whose order is that of the file ids, beside the table of files: proves every chunk, and of each
/// file with a content hash, and of each link, the whole content.
/// </summary>
internal sealed class ContentWalk(JudgedState state, CatalogWalk catalog, VerifyStatistics statistics, VerifyOptions options)
    : TreeWalk(state, PageType.ContentNode, "content tree")
{
    private readonly FileTable _files = catalog.Files;
    private readonly ContentProof _proof = new(catalog.Files, state.Collector, options.MaxHashedZeros);
    private readonly byte[] _room = new byte[BlobReader.MaxLength];
    private byte[]? _plain;
    private readonly byte[] _content = new byte[BlobReader.MaxLength];
    private readonly long[] _notDecoded = new long[BlobReference.MaxCodec + 1];
    private ulong? _currentId;
    private int _current = -1;

    protected override void OnEntry(in LeafEntry entry)
    {
        var at = entry.KeyPlace;

        C.Subject = "content tree";
        ContentCheck.Key(entry.Key, at, C);
        if (entry.Key.Length != ChunkKey.Length)
        {
            Gap();
            return;
        }

        var key = ChunkKey.Read(entry.Key);
        TurnTo(key.FileId);
        C.Subject = _current >= 0 ? new FileName(_files, _current) : $"file {key.FileId}";
        ContentCheck.Value(entry.Value, at, C);

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
        C.Subject = "content tree";
        for (var codec = CodecId.Lz4; codec <= BlobReference.MaxCodec; codec++)
        {
            if (_notDecoded[codec] > 0)
            {
                C.Fault(VerifyRule.NotDecoded, default, $"{_notDecoded[codec]} chunks were not decoded: the codec {CodecId.NameOf(codec)} is not available here", Severity.Note);
            }
        }

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
        if (State.ReadReference(entry, 1 << shift, isContent: true) is not { } blob)
        {
            Lose();
            _proof.Spoil();
            return;
        }

        if (file is { } owner)
        {
            ContentCheck.WithinSize(key, shift, blob, owner.Size, entry.KeyPlace, C);
        }

        if (!State.Owners.Claim(blob, new ChunkOwner(this, key), C))
        {
            Lose();
            _proof.Spoil();
            return;
        }

        if (!BlobReader.TryRead(State.Medium, blob, State.Identity.ContentChecksum, _room, C, out var bytes))
        {
            _proof.Spoil();
            return;
        }

        statistics.ContentBytes += bytes.Length;
        statistics.LogicalBytes += blob.LogicalLength;
        if (TryDecrypt(blob, key, ref bytes) && Decode(blob, ref bytes))
        {
            _proof.Append((UInt128)key.Number << shift, bytes);
        }
        else
        {
            _proof.Spoil();
        }
    }

    /// <summary>Decodes a chunk, if it is encoded and its codec is here; what can be seen without the codec is always checked.</summary>
    private bool Decode(BlobReference blob, ref ReadOnlySpan<byte> bytes)
    {
        if (blob.Codec is CodecId.None or > BlobReference.MaxCodec)
        {
            return blob.Codec == CodecId.None;
        }

        if (!State.Coder.IsAvailable(blob.Codec))
        {
            _notDecoded[blob.Codec]++;
            ContentCoder.CheckFrame(blob, ref bytes, blob.PlaceOf(0) with { Offset = null }, C);
            return false;
        }

        var content = _content.AsSpan(0, (int)Math.Min(blob.LogicalLength, (uint)_content.Length));
        var sound = State.Coder.DecodeStream(blob, bytes, content, C);
        bytes = content;
        return sound;
    }

    /// <summary>Proves an encrypted chunk, where there is a key, and goes on with what was encrypted.</summary>
    private bool TryDecrypt(BlobReference blob, ChunkKey key, ref ReadOnlySpan<byte> bytes)
    {
        if (blob.Seal is null)
        {
            return true;
        }

        if (State.IsOpaque)
        {
            return false;
        }

        var plain = (_plain ??= new byte[BlobReader.MaxLength]).AsSpan(0, bytes.Length);
        var sound = State.Coder.Decrypt(blob, bytes, plain, new ChunkContext(key.FileId, key.Number), C);
        bytes = plain;
        return sound;
    }

    private sealed class ChunkOwner(ContentWalk walk, ChunkKey key)
    {
        public override string ToString() =>
            $"chunk:{(walk._current >= 0 ? Text.Decode(walk._files.PathOf(walk._current)) : "?")}#{key.Number}";
    }
}
