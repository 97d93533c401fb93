namespace Cartridge.Reference;

public sealed partial class CartridgeFile
{
    private const int FileMode = 0x1A4;      // 0644
    private const int DirectoryMode = 0x1ED; // 0755
    private const int LinkMode = 0x1FF;      // 0777

    /// <summary>Writes a whole file, in place of what was there.</summary>
    /// <param name="path">The path: 1 to 1152 bytes of UTF-8, segments between slashes.</param>
    /// <param name="content">The content.</param>
    /// <param name="metadata">What else to set; null leaves the rest as it is, or at its defaults.</param>
    /// <exception cref="CartridgeException"><c>catalog.bad-path</c>, <c>api.exists</c> (a directory),
    /// <c>limit.exceeded</c> (full), <c>api.read-only</c>, <c>api.poisoned</c>.</exception>
    /// <exception cref="IOException">The system refused; the container is as it was.</exception>
    public void Write(string path, ReadOnlySpan<byte> content, EntryMetadata? metadata = null)
    {
        var key = CatalogPath.Encode(path);
        Change(content, bytes => Replace(key, bytes, metadata));
    }

    /// <summary>Writes a whole file from a stream, in place of what was there. The file is never whole in memory.</summary>
    /// <param name="path">The path.</param>
    /// <param name="content">Read to its end. One that cannot seek is read only once, so a container that is found full on
    /// the way stays full for it.</param>
    /// <param name="metadata">What else to set.</param>
    /// <exception cref="CartridgeException">As for bytes.</exception>
    /// <exception cref="IOException">The stream or the system refused; the container is as it was.</exception>
    public void Write(string path, Stream content, EntryMetadata? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(content);
        var key = CatalogPath.Encode(path);
        var start = content.CanSeek ? content.Position : 0;
        var attempts = 0;
        Change(() =>
        {
            if (attempts++ > 0)
            {
                content.Position = content.CanSeek
                    ? start
                    : throw new CartridgeException(ErrorCode.LimitExceeded, "The container is full, and the stream cannot be read again.");
            }

            Replace(key, Portion.Cut(content, metadata, Encoding(metadata)), metadata);
        });
    }

    /// <summary>Writes a part of a file; a file that is too short, or not there, is lengthened or made. A gap reads as zero.</summary>
    /// <param name="path">The path.</param>
    /// <param name="offset">Where to write, in bytes from the file's start.</param>
    /// <param name="content">The bytes.</param>
    /// <exception cref="CartridgeException">As for a whole file; <c>api.bad-argument</c>: a negative offset.</exception>
    public void WriteAt(string path, long offset, ReadOnlySpan<byte> content)
    {
        var key = CatalogPath.Encode(path);
        if (offset < 0 || offset > long.MaxValue - content.Length)
        {
            throw new CartridgeException(ErrorCode.BadArgument, $"{content.Length} bytes at offset {offset} lie outside every file.");
        }

        Change(content, bytes => WriteAt(key, FileAt(key), offset, bytes));
    }

    /// <summary>Writes at the end of a file; one that is not there is made.</summary>
    /// <param name="path">The path.</param>
    /// <param name="content">The bytes.</param>
    /// <exception cref="CartridgeException">As for a whole file.</exception>
    public void Append(string path, ReadOnlySpan<byte> content)
    {
        var key = CatalogPath.Encode(path);
        Change(content, bytes =>
        {
            var file = FileAt(key);
            WriteAt(key, file, file?.Size ?? 0, bytes);
        });
    }

    /// <summary>Cuts a file, or lengthens it with zeros that take no space.</summary>
    /// <param name="path">The path.</param>
    /// <param name="length">The new length in bytes.</param>
    /// <exception cref="CartridgeException"><c>api.not-found</c>, <c>api.bad-argument</c>, and as for a whole file.</exception>
    public void SetLength(string path, long length)
    {
        var key = CatalogPath.Encode(path);
        if (length < 0)
        {
            throw new CartridgeException(ErrorCode.BadArgument, $"A length of {length} bytes.");
        }

        Change(
            () =>
            {
                var old = FileAt(key) ?? throw NotFound(key);
                var file = _draft.SetContentLength(old, length, key);
                _draft.Put(key, file with { Modified = _clock() }, length < old.Size ? Purpose.Deleting : Purpose.Adding);
            },
            FindEntry(path) is { } file && length < file.Size ? Purpose.Deleting : Purpose.Adding);
    }

    /// <summary>Makes a symbolic link, in place of a file or link that was there.</summary>
    /// <param name="path">The path.</param>
    /// <param name="target">Where it leads: 1 to 4095 bytes of UTF-8 without NUL. It need not exist and is never followed (CART-CAT-103).</param>
    /// <param name="metadata">What else to set.</param>
    /// <exception cref="CartridgeException"><c>api.bad-argument</c>, and as for a whole file.</exception>
    public void CreateSymbolicLink(string path, string target, EntryMetadata? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        var key = CatalogPath.Encode(path);
        var bytes = Text.Encode(target, ErrorCode.BadArgument, "The link's target");
        if (bytes.Length is 0 or > Format.MaxLinkTarget || bytes.Contains((byte)0))
        {
            throw new CartridgeException(ErrorCode.BadArgument, $"A link's target has 1 to {Format.MaxLinkTarget} bytes and no NUL.");
        }

        Change(() => Replace(key, bytes, metadata, EntryType.SymbolicLink));
    }

    /// <summary>The file at a path that is to be written, or null; a link or directory there is an error.</summary>
    private CatalogRecord? FileAt(byte[] key) => _draft.Find(key) switch
    {
        null => null,
        { Type: EntryType.File } file => file,
        var other => throw Occupied(key, other),
    };

    private void WriteAt(byte[] key, CatalogRecord? file, long offset, ReadOnlySpan<byte> bytes)
    {
        var record = file ?? NewRecord(EntryType.File, ContentWriting.ShiftFor(offset == 0 ? bytes : []));
        record = _draft.WriteContent(record, offset, bytes, key);
        _draft.Put(key, record with { Modified = _clock() });
    }

    private void Replace(byte[] key, ReadOnlySpan<byte> content, EntryMetadata? metadata, EntryType type = EntryType.File)
    {
        metadata ??= new EntryMetadata();
        var record = _draft.ReplaceContent(RecordToReplace(key, type, metadata), content, metadata.CheckedShift(), key);
        _draft.Put(key, metadata.ApplyTo(record with { ContentHash = metadata.RecordContentHash && !IsEncrypted ? Hash256.Of(content) : null }));
    }

    private void Replace(byte[] key, IEnumerable<Portion> content, EntryMetadata? metadata, ulong? fileId = null)
    {
        var record = _draft.ReplaceContent(RecordToReplace(key, EntryType.File, metadata, fileId), content, key);
        _draft.Put(key, metadata?.ApplyTo(record) ?? record);
    }

    /// <summary>How portions of content are made ready to be stored.</summary>
    private PortionEncoding Encoding(EntryMetadata? metadata) =>
        new(ContentChecksum, Pool.Coder, Pool.Coder.Choose(metadata?.Codec, _draft.DefaultCodec), null);

    /// <summary>The record of what a whole new content will replace, or a new one.</summary>
    private CatalogRecord RecordToReplace(byte[] key, EntryType type, EntryMetadata? metadata, ulong? fileId = null)
    {
        var record = _draft.Find(key) switch
        {
            null => NewRecord(type, (byte)Format.DefaultChunkShift, fileId),
            { Type: EntryType.Directory } directory => throw Occupied(key, directory),
            { Type: EntryType.SymbolicLink } link when type == EntryType.File => throw Occupied(key, link),
            var old => old with { Type = type, Modified = _clock() },
        };
        return metadata?.Codec is { } codec ? record with { Codec = codec } : record;
    }

    private CatalogRecord NewRecord(EntryType type, byte shift, ulong? fileId = null)
    {
        var now = _clock();
        var isDirectory = type == EntryType.Directory;
        return new CatalogRecord
        {
            Type = type,
            Mode = (ushort)(isDirectory ? DirectoryMode : type == EntryType.SymbolicLink ? LinkMode : FileMode),
            ChunkShift = isDirectory ? (byte)0 : shift,
            FileId = isDirectory ? 0 : fileId ?? NextFileId(),
            Created = now,
            Modified = now,
        };
    }

    /// <summary>An id that was never given before and never will be again (CART-CAT-104).</summary>
    private ulong NextFileId() => _draft.NextFileId < ulong.MaxValue
        ? _draft.NextFileId++
        : throw new CartridgeException(ErrorCode.LimitExceeded, "The container has given all file ids away.");

    private static CartridgeException Occupied(byte[] key, CatalogRecord by) =>
        new(ErrorCode.Exists, $"{Text.Display(key)} is a {(by.Type == EntryType.Directory ? "directory" : by.Type == EntryType.File ? "file" : "symbolic link")} already.");
}
