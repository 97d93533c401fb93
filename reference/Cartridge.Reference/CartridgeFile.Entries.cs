namespace Cartridge.Reference;

public sealed partial class CartridgeFile
{
    private const int FirstTurn = 8;
    private const int LargestTurn = 512;

    /// <summary>Whether the catalog has a record for a path. A directory that is only implied by paths below it has none.</summary>
    /// <param name="path">The path.</param>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="CartridgeException"><c>catalog.bad-path</c>.</exception>
    public bool Exists(string path) => FindEntry(path) is not null;

    /// <summary>What the catalog says of a path.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The entry.</returns>
    /// <exception cref="CartridgeException"><c>api.not-found</c>, <c>catalog.bad-path</c>.</exception>
    public CartridgeEntry GetEntry(string path) => FindEntry(path) ?? throw NotFound(CatalogPath.Encode(path));

    /// <summary>What the catalog says of a path.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The entry, or null if there is none.</returns>
    /// <exception cref="CartridgeException"><c>catalog.bad-path</c>.</exception>
    public CartridgeEntry? FindEntry(string path)
    {
        var key = CatalogPath.Encode(path);
        return Locked(() => _draft.Find(key) is { } record ? CartridgeEntry.From(key, record) : null);
    }

    /// <summary>All entries whose paths begin with a text, in the order of their bytes (CART-CAT-108).</summary>
    /// <param name="prefix">Any text, not necessarily whole segments; empty for all entries.</param>
    /// <returns>Entries, fetched some hundred at a time; what is changed meanwhile may or may not be seen.</returns>
    public IEnumerable<CartridgeEntry> List(string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(prefix);
        var start = Text.Encode(prefix, ErrorCode.BadPath, "The prefix");
        return Records(start, start).Select(entry => CartridgeEntry.From(entry.Path, entry.Record));
    }

    /// <summary>
    /// What an object store lists: entries below a prefix up to the next delimiter, and instead of what lies behind a
    /// delimiter, the common prefix once.
    /// </summary>
    /// <param name="prefix">Any text.</param>
    /// <param name="delimiter">Usually a slash.</param>
    /// <returns>Items in the order of their bytes: an entry, or a common prefix that ends with the delimiter.</returns>
    public IEnumerable<ListItem> List(string prefix, char delimiter)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        var start = Text.Encode(prefix, ErrorCode.BadPath, "The prefix");
        var mark = Text.Encode(delimiter.ToString(), ErrorCode.BadArgument, "The delimiter");
        return Group(start, mark);
    }

    /// <summary>
    /// What stands directly in a directory: entries, and directories that are only implied by paths below them. A name that
    /// is both a file and an implied directory is given twice.
    /// </summary>
    /// <param name="path">The directory; empty for the root.</param>
    /// <returns>Items without their order promised.</returns>
    /// <exception cref="CartridgeException"><c>api.not-found</c>: no such directory. <c>catalog.bad-path</c>.</exception>
    public IEnumerable<ListItem> ListDirectory(string path = "")
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length > 0 && FindEntry(path) is not { Type: EntryType.Directory } && !List($"{path}/").Any())
        {
            throw NotFound(CatalogPath.Encode(path), "directory");
        }

        return path.Length == 0 ? Children([]) : Children([.. CatalogPath.Encode(path), (byte)'/']);
    }

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
            deletes: true);
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
            deletes: true);
        return deleted;
    }

    // An entry goes with its content (CART-CAT-107).
    private void Remove(byte[] key, CatalogRecord record)
    {
        _draft.DropContent(record, key);
        _draft.Remove(key);
    }

    /// <summary>
    /// Records from a key on as long as they begin with a prefix; each turn begins behind the last key given. Turns begin
    /// small, for callers that look at few records and jump on.
    /// </summary>
    private IEnumerable<(byte[] Path, CatalogRecord Record)> Records(byte[] from, byte[] prefix)
    {
        for (var wanted = FirstTurn; ; wanted = Math.Min(wanted * 2, LargestTurn))
        {
            var turn = Locked(() => _draft.CatalogFrom(from).TakeWhile(entry => entry.Path.AsSpan().StartsWith(prefix)).Take(wanted).ToList());
            foreach (var entry in turn)
            {
                yield return entry;
            }

            if (turn.Count < wanted)
            {
                yield break;
            }

            from = [.. turn[^1].Path, 0];
        }
    }

    private IEnumerable<ListItem> Group(byte[] prefix, byte[] delimiter)
    {
        for (var from = prefix; from is not null;)
        {
            var start = from;
            from = null;
            foreach (var (path, record) in Records(start, prefix))
            {
                var at = path.AsSpan(prefix.Length).IndexOf(delimiter);
                if (at < 0)
                {
                    yield return new ListItem(Text.Decode(path), CartridgeEntry.From(path, record));
                    continue;
                }

                // Everything else with this common prefix is passed over, however much it is.
                var common = path[..(prefix.Length + at + delimiter.Length)];
                yield return new ListItem(Text.Decode(common), null);
                from = Behind(common);
                break;
            }
        }
    }

    private IEnumerable<ListItem> Children(byte[] parent)
    {
        foreach (var item in Group(parent, "/"u8.ToArray()))
        {
            if (item.Entry is not null)
            {
                yield return item;
            }
            else if (FindEntry(item.Path[..^1]) is not { Type: EntryType.Directory })
            {
                yield return item with { Path = item.Path[..^1] };
            }
        }
    }

    /// <summary>The first key behind all that begin with a prefix.</summary>
    private static byte[] Behind(byte[] prefix)
    {
        var length = prefix.Length;
        while (length > 0 && prefix[length - 1] == byte.MaxValue)
        {
            length--;
        }

        var next = prefix[..length];
        next[^1]++;
        return next;
    }
}
