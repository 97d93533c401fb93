namespace Cartridge.Reference;

public sealed partial class CartridgeFile
{
    /// <summary>Makes a directory, or changes the metadata of one that is there.</summary>
    /// <param name="path">The path; directories above it are implied (CART-CAT-101).</param>
    /// <param name="metadata">What to set.</param>
    /// <exception cref="CartridgeException"><c>api.exists</c>: a file or link is there. And as for files.</exception>
    public void CreateDirectory(string path, EntryMetadata? metadata = null)
    {
        var key = CatalogPath.Encode(path);
        Change(() =>
        {
            var old = _draft.Find(key);
            if (old is { Type: not EntryType.Directory })
            {
                throw Occupied(key, old);
            }

            var directory = old ?? NewRecord(EntryType.Directory, 0);
            _draft.Put(key, (metadata ?? new()).ApplyTo(directory));
        });
    }

    /// <summary>Changes the metadata of an entry.</summary>
    /// <param name="path">The path.</param>
    /// <param name="changes">What to change; null leaves a field as it is. Chunk size and content hash belong to content
    /// and do not change here.</param>
    /// <exception cref="CartridgeException"><c>api.not-found</c>, <c>api.bad-argument</c>, and as for files.</exception>
    public void SetMetadata(string path, EntryMetadata changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var key = CatalogPath.Encode(path);
        Change(() => _draft.Put(key, changes.ApplyTo(_draft.Find(key) ?? throw NotFound(key))));
    }

    /// <summary>Deletes a file, a link, or the record of a directory below which nothing is.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="CartridgeException"><c>api.not-found</c>; <c>api.exists</c>: a directory that is not empty.</exception>
    public void Delete(string path)
    {
        var key = CatalogPath.Encode(path);
        Change(
            () =>
            {
                var record = _draft.Find(key) ?? throw NotFound(key);
                byte[] below = [.. key, (byte)'/'];
                if (record.Type == EntryType.Directory && _draft.CatalogFrom(below).Any(entry => entry.Path.AsSpan().StartsWith(below)))
                {
                    throw new CartridgeException(ErrorCode.Exists, $"The directory {Text.Display(key)} is not empty.");
                }

                Remove(key, record);
            },
            Purpose.Deleting);
    }

    /// <summary>Deletes an entry and everything below it.</summary>
    /// <param name="path">The path; it may be a directory that is only implied.</param>
    /// <returns>The number of entries deleted.</returns>
    /// <exception cref="CartridgeException"><c>api.not-found</c>: neither it nor anything below it exists.</exception>
    public int DeleteTree(string path)
    {
        var key = CatalogPath.Encode(path);
        var deleted = 0;
        Change(
            () =>
            {
                deleted = 0;
                if (_draft.Find(key) is { } record)
                {
                    Remove(key, record);
                    deleted++;
                }

                byte[] below = [.. key, (byte)'/'];
                while (_draft.CatalogFrom(below).FirstOrDefault() is { Path: { } next } entry && next.AsSpan().StartsWith(below))
                {
                    Remove(next, entry.Record);
                    deleted++;
                }

                if (deleted == 0)
                {
                    throw NotFound(key);
                }
            },
            Purpose.Deleting);
        return deleted;
    }

    // An entry goes with its content (CART-CAT-107).
    private void Remove(byte[] key, CatalogRecord record)
    {
        _draft.DropContent(record, key);
        _draft.Remove(key);
    }
}
