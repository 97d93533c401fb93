namespace Cartridge.Reference;

public abstract partial class CartridgeView
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
        using var access = Enter();
        return access.State.Find(key) is { } record ? CartridgeEntry.From(key, record) : null;
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

    /// <summary>
    /// Records from a key on as long as they begin with a prefix; each turn begins behind the last key given. Turns begin
    /// small, for callers that look at few records and jump on.
    /// </summary>
    private IEnumerable<(byte[] Path, CatalogRecord Record)> Records(byte[] from, byte[] prefix)
    {
        for (var wanted = FirstTurn; ; wanted = Math.Min(wanted * 2, LargestTurn))
        {
            var turn = Turn(from, prefix, wanted);
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

    private List<(byte[] Path, CatalogRecord Record)> Turn(byte[] from, byte[] prefix, int wanted)
    {
        using var access = Enter();
        return [.. access.State.CatalogFrom(from).TakeWhile(entry => entry.Path.AsSpan().StartsWith(prefix)).Take(wanted)];
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
