using System.Security.Cryptography;

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
        var bytes = content.ToArray();
        var key = CatalogPath.Encode(path);
        Change(() => Replace(key, new MemoryStream(bytes, writable: false), metadata));
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

            Replace(key, content, metadata);
        });
    }

    /// <summary>Writes a part of a file; a file that is too short, or not there, is lengthened or made. A gap reads as zero.</summary>
    /// <param name="path">The path.</param>
    /// <param name="offset">Where to write, in bytes from the file's start.</param>
    /// <param name="content">The bytes.</param>
    /// <exception cref="CartridgeException">As for a whole file; <c>api.bad-argument</c>: a negative offset.</exception>
    public void WriteAt(string path, long offset, ReadOnlySpan<byte> content)
    {
        var bytes = content.ToArray();
        var key = CatalogPath.Encode(path);
        if (offset < 0 || offset > long.MaxValue - bytes.Length)
        {
            throw new CartridgeException(ErrorCode.BadArgument, $"{bytes.Length} bytes at offset {offset} lie outside every file.");
        }

        Change(() => WriteAt(key, FileAt(key), offset, bytes));
    }

    /// <summary>Writes at the end of a file; one that is not there is made.</summary>
    /// <param name="path">The path.</param>
    /// <param name="content">The bytes.</param>
    /// <exception cref="CartridgeException">As for a whole file.</exception>
    public void Append(string path, ReadOnlySpan<byte> content)
    {
        var bytes = content.ToArray();
        var key = CatalogPath.Encode(path);
        Change(() =>
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
                _draft.Put(key, file with { Modified = _clock() }, deletes: length < old.Size);
            },
            deletes: Locked(() => _draft.Find(key) is { } file && length < file.Size));
    }

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The content.</returns>
    /// <exception cref="CartridgeException"><c>api.not-found</c>; <c>api.bad-argument</c>: too large for an array, use
    /// <see cref="CopyTo"/>; or the content is damaged.</exception>
    public byte[] Read(string path)
    {
        var key = CatalogPath.Encode(path);
        return Locked(() =>
        {
            var file = ContentAt(key);
            if (file.Size > Array.MaxLength)
            {
                throw new CartridgeException(ErrorCode.BadArgument, $"{path} has {file.Size} bytes, too many for an array.");
            }

            var content = new byte[file.Size];
            _draft.ReadContent(file, 0, content, key);
            return content;
        });
    }

    /// <summary>Reads a part of a file.</summary>
    /// <param name="path">The path.</param>
    /// <param name="offset">Where to read, in bytes from the file's start.</param>
    /// <param name="destination">Filled as far as the file reaches.</param>
    /// <returns>Bytes read; 0 at or beyond the end.</returns>
    /// <exception cref="CartridgeException"><c>api.not-found</c>, <c>api.bad-argument</c>, or the content is damaged.</exception>
    public int ReadAt(string path, long offset, Span<byte> destination)
    {
        var key = CatalogPath.Encode(path);
        if (offset < 0)
        {
            throw new CartridgeException(ErrorCode.BadArgument, $"Offset {offset} lies before every file.");
        }

        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _draft.ReadContent(ContentAt(key), offset, destination, key);
        }
    }

    /// <summary>Copies a whole file, of any size, to a stream.</summary>
    /// <param name="path">The path.</param>
    /// <param name="destination">Written from its position on.</param>
    /// <exception cref="CartridgeException"><c>api.not-found</c>, or the content is damaged; what came before the damage has
    /// been written then.</exception>
    public void CopyTo(string path, Stream destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var buffer = new byte[1 << Format.MaxChunkShift];
        for (long offset = 0; ReadAt(path, offset, buffer) is > 0 and var read; offset += read)
        {
            destination.Write(buffer, 0, read);
        }
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

        Change(() => Replace(key, new MemoryStream(bytes), metadata, EntryType.SymbolicLink));
    }

    /// <summary>Where a symbolic link leads.</summary>
    /// <param name="path">The link.</param>
    /// <returns>The target as it was given.</returns>
    /// <exception cref="CartridgeException"><c>api.not-found</c>: there is no such link. Or it is damaged.</exception>
    public string ReadLink(string path)
    {
        var key = CatalogPath.Encode(path);
        return Locked(() =>
        {
            var link = _draft.Find(key) is { Type: EntryType.SymbolicLink } found ? found : throw NotFound(key, "symbolic link");
            return Text.Decode(TargetOf(link, key));
        });
    }

    /// <summary>The file at a path that is to be written, or null; a link or directory there is an error.</summary>
    private CatalogRecord? FileAt(byte[] key) => _draft.Find(key) switch
    {
        null => null,
        { Type: EntryType.File } file => file,
        var other => throw Occupied(key, other),
    };

    /// <summary>The file or link at a path that is to be read.</summary>
    private CatalogRecord ContentAt(byte[] key)
    {
        var file = _draft.Find(key) is { HasContent: true } found ? found : throw NotFound(key, "file");
        _ = file.Type == EntryType.SymbolicLink ? TargetOf(file, key) : [];
        return file;
    }

    /// <summary>A link's target, whole and checked before anybody sees a part of it.</summary>
    private byte[] TargetOf(CatalogRecord link, byte[] key)
    {
        var checker = new StrictChecker { Subject = key };
        LinkTarget.CheckLength(link.Size, default, checker);
        var target = new byte[link.Size];
        _draft.ReadContent(link, 0, target, key);
        LinkTarget.Check(target, default, checker);
        return target;
    }

    private void WriteAt(byte[] key, CatalogRecord? file, long offset, byte[] bytes)
    {
        var record = file ?? NewRecord(EntryType.File, ContentStore.ShiftFor(offset == 0 ? bytes : []));
        record = _draft.WriteContent(record, offset, bytes, key);
        _draft.Put(key, record with { Modified = _clock() });
    }

    private void Replace(byte[] key, Stream content, EntryMetadata? metadata, EntryType type = EntryType.File)
    {
        var old = _draft.Find(key);
        if (old is { Type: EntryType.Directory } || (type == EntryType.File && old is { Type: EntryType.SymbolicLink }))
        {
            throw Occupied(key, old);
        }

        metadata ??= new EntryMetadata();
        var shift = metadata.CheckedShift();
        var record = old is null ? NewRecord(type, (byte)Format.DefaultChunkShift) : old with { Type = type, Modified = _clock() };
        using var hash = metadata.RecordContentHash ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        var source = hash is null ? content : new HashingStream(content, hash);
        record = _draft.ReplaceContent(record, source, shift, key);
        record = metadata.ApplyTo(record with { ContentHash = hash is null ? null : new Hash256(hash.GetHashAndReset()) });
        _draft.Put(key, record);
    }

    private CatalogRecord NewRecord(EntryType type, byte shift)
    {
        var now = _clock();
        var isDirectory = type == EntryType.Directory;
        return new CatalogRecord
        {
            Type = type,
            Mode = (ushort)(isDirectory ? DirectoryMode : type == EntryType.SymbolicLink ? LinkMode : FileMode),
            ChunkShift = isDirectory ? (byte)0 : shift,
            FileId = isDirectory ? 0 : _draft.NextFileId++, // never given again (CART-CAT-104)
            Created = now,
            Modified = now,
        };
    }

    private static CartridgeException NotFound(byte[] key, string what = "entry") =>
        new(ErrorCode.NotFound, $"There is no {what} {Text.Display(key)} in the container.");

    private static CartridgeException Occupied(byte[] key, CatalogRecord by) =>
        new(ErrorCode.Exists, $"{Text.Display(key)} is a {(by.Type == EntryType.Directory ? "directory" : by.Type == EntryType.File ? "file" : "symbolic link")} already.");
}
