namespace Cartridge.Reference;

public abstract partial class CartridgeView
{
    /// <summary>Reads a whole file.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The content.</returns>
    /// <exception cref="CartridgeException"><c>api.not-found</c>; <c>api.bad-argument</c>: too large for an array, use
    /// <see cref="CopyTo"/>; or the content is damaged.</exception>
    public byte[] Read(string path)
    {
        var key = CatalogPath.Encode(path);
        using var access = Enter();
        var file = ContentAt(access.State, key);
        if (file.Size > Array.MaxLength)
        {
            throw new CartridgeException(ErrorCode.BadArgument, $"{path} has {file.Size} bytes, too many for an array.");
        }

        var content = GC.AllocateUninitializedArray<byte>((int)file.Size);
        access.State.ReadContent(file, 0, content, key);
        return content;
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

        using var access = Enter();
        return access.State.ReadContent(ContentAt(access.State, key), offset, destination, key);
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

    /// <summary>Finds what is stored of a file: everything else is holes, which read as zero and take no space.</summary>
    /// <param name="path">The path.</param>
    /// <param name="offset">Where to begin, in bytes from the file's start.</param>
    /// <returns>The first offset from there on at which something is stored; null if nothing is.</returns>
    /// <exception cref="CartridgeException"><c>api.not-found</c>, <c>api.bad-argument</c>, or the content is damaged.</exception>
    public long? NextData(string path, long offset)
    {
        var key = CatalogPath.Encode(path);
        if (offset < 0)
        {
            throw new CartridgeException(ErrorCode.BadArgument, $"Offset {offset} lies before every file.");
        }

        using var access = Enter();
        return access.State.NextContent(ContentAt(access.State, key), offset);
    }

    /// <summary>Opens a file for reading at any position.</summary>
    /// <param name="path">The path.</param>
    /// <returns>A stream that can seek. Through a <see cref="CartridgeFile"/> it reads what the file is at each moment,
    /// through a <see cref="CartridgeReader"/> what it was.</returns>
    /// <exception cref="CartridgeException"><c>api.not-found</c>.</exception>
    public Stream OpenRead(string path)
    {
        var key = CatalogPath.Encode(path);
        using var access = Enter();
        _ = ContentAt(access.State, key);
        return new ContentStream(this, path);
    }

    /// <summary>Where a symbolic link leads.</summary>
    /// <param name="path">The link.</param>
    /// <returns>The target as it was given.</returns>
    /// <exception cref="CartridgeException"><c>api.not-found</c>: there is no such link. Or it is damaged.</exception>
    public string ReadLink(string path)
    {
        var key = CatalogPath.Encode(path);
        using var access = Enter();
        var link = access.State.Find(key) is { Type: EntryType.SymbolicLink } found ? found : throw NotFound(key, "symbolic link");
        return Text.Decode(TargetOf(access.State, link, key));
    }

    /// <summary>The file or link at a path that is to be read.</summary>
    private protected static CatalogRecord ContentAt(IState state, byte[] key)
    {
        var file = state.Find(key) is { HasContent: true } found ? found : throw NotFound(key, "file");
        _ = file.Type == EntryType.SymbolicLink ? TargetOf(state, file, key) : [];
        return file;
    }

    /// <summary>A link's target, whole and checked before anybody sees a part of it.</summary>
    private static byte[] TargetOf(IState state, CatalogRecord link, byte[] key)
    {
        var checker = new StrictChecker { Subject = key };
        LinkTarget.CheckLength(link.Size, default, checker);
        var target = new byte[link.Size];
        state.ReadContent(link, 0, target, key);
        LinkTarget.Check(target, default, checker);
        return target;
    }
}
