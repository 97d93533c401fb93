namespace Cartridge.Reference;

public sealed partial class CartridgeFile
{
    /// <summary>Renames an entry and everything below it. Content stays where it is.</summary>
    /// <param name="path">The entry, or a directory that is only implied.</param>
    /// <param name="newPath">The new path; nothing may be there.</param>
    /// <returns>The number of entries renamed.</returns>
    /// <exception cref="CartridgeException"><c>api.not-found</c>; <c>api.exists</c>: something is at the new path or below it;
    /// <c>api.bad-argument</c>: the new path lies below the old; <c>catalog.bad-path</c>: a path would become too long.</exception>
    public int Move(string path, string newPath)
    {
        var (from, to) = Ends(path, newPath);
        var moved = 0;
        Change(() => moved = ForEachBelow(from, to, (key, target, record) =>
        {
            _draft.Remove(key);
            _draft.Put(target, record);
        }));
        return moved;
    }

    /// <summary>Copies an entry and everything below it, content and metadata.</summary>
    /// <param name="path">The entry, or a directory that is only implied.</param>
    /// <param name="newPath">The new path; nothing may be there.</param>
    /// <returns>The number of entries copied.</returns>
    /// <exception cref="CartridgeException">As for <see cref="Move"/>; <c>limit.exceeded</c>: the container is full.</exception>
    public int Copy(string path, string newPath)
    {
        var (from, to) = Ends(path, newPath);
        var copied = 0;
        Change(() => copied = ForEachBelow(from, to, (key, target, record) =>
        {
            var copy = record.HasContent ? record with { FileId = _draft.NextFileId++ } : record;
            _draft.Put(target, _draft.CopyContent(record, copy, key));
        }));
        return copied;
    }

    private static (byte[] From, byte[] To) Ends(string path, string newPath)
    {
        var (from, to) = (CatalogPath.Encode(path), CatalogPath.Encode(newPath));
        return to.AsSpan().StartsWith([.. from, (byte)'/'])
            ? throw new CartridgeException(ErrorCode.BadArgument, $"{newPath} lies below {path} itself.")
            : (from, to);
    }

    /// <summary>Does something with an entry and with each one below it, and gives each its place below the new path.</summary>
    private int ForEachBelow(byte[] from, byte[] to, Action<byte[], byte[], CatalogRecord> action)
    {
        byte[] belowFrom = [.. from, (byte)'/'];
        byte[] belowTo = [.. to, (byte)'/'];
        if (_draft.Find(to) is not null || _draft.CatalogFrom(belowTo).Any(entry => entry.Path.AsSpan().StartsWith(belowTo)))
        {
            throw new CartridgeException(ErrorCode.Exists, $"{Text.Display(to)} exists already.");
        }

        // The keys first: the tree changes under our hands.
        var keys = _draft.CatalogFrom(belowFrom).Select(entry => entry.Path).TakeWhile(key => key.AsSpan().StartsWith(belowFrom)).ToList();
        if (_draft.Find(from) is not null)
        {
            keys.Insert(0, from);
        }

        foreach (var key in keys)
        {
            byte[] target = [.. to, .. key.AsSpan(from.Length)];
            CatalogPath.Require(target);
            action(key, target, _draft.Find(key)!);
        }

        return keys.Count > 0 ? keys.Count : throw NotFound(from);
    }
}
