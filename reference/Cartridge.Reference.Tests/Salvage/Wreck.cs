namespace Cartridge.Reference.Tests;

/// <summary>A sound container, what is in it, and which pages each entry needs: what a salvage must bring back is computed from that.</summary>
internal sealed class Wreck
{
    private readonly byte[] _bytes;
    private readonly Dictionary<string, HashSet<long>> _needs = [];
    private readonly Dictionary<(string Path, long Chunk), HashSet<long>> _chunks = [];

    public Wreck(byte[] bytes, string? snapshot = null)
    {
        _bytes = bytes;
        using var container = CartridgeFile.Open(MemoryOf(bytes), new OpenOptions { ReadOnly = true });
        using var state = snapshot is null ? container.OpenReader() : container.OpenSnapshot(snapshot);
        foreach (var item in state.List())
        {
            Entries[item.Path] = item;
            _needs[item.Path] = [];
            Contents[item.Path] = item.Type == EntryType.File ? state.Read(item.Path) : [];
        }

        NewestRecord = CommitRecord.PageOf(container.Generation);

        var report = Verifier.Verify(MemoryOf(bytes), new VerifyOptions { CollectOwners = true, Snapshot = snapshot });
        Assert.True(report.IsValid, string.Join('\n', report.Findings));
        foreach (var (page, owner) in report.PageOwners())
        {
            Owners.Add(owner);
            Assign(page, owner);
        }
    }

    public Dictionary<string, CartridgeEntry> Entries { get; } = [];

    public Dictionary<string, byte[]> Contents { get; } = [];

    /// <summary>The owner of each page.</summary>
    public List<string> Owners { get; } = [];

    /// <summary>The page of the newest commit record.</summary>
    public int NewestRecord { get; }

    public int Pages => _bytes.Length / Format.PageSize;

    public static MemoryMedium MemoryOf(byte[] bytes)
    {
        var medium = new MemoryMedium();
        medium.SetLength(bytes.Length);
        medium.Write(0, bytes);
        return medium;
    }

    /// <summary>The container with pages zeroed.</summary>
    public byte[] Without(IEnumerable<int> pages)
    {
        var broken = _bytes.ToArray();
        foreach (var page in pages)
        {
            broken.AsSpan(page * Format.PageSize, Format.PageSize).Clear();
        }

        return broken;
    }

    /// <summary>The beginning of the container.</summary>
    public byte[] CutAt(int page) => _bytes[..(page * Format.PageSize)];

    /// <summary>Whether an entry can still be found: its record, and the pages of the trees that name its content.</summary>
    public bool IsFindable(string path, IReadOnlySet<int> gone) => !_needs[path].Any(page => gone.Contains((int)page));

    /// <summary>The chunks of a file that lie on pages that are gone.</summary>
    public List<long> ChunksGone(string path, IReadOnlySet<int> gone) =>
        [.. _chunks.Where(chunk => chunk.Key.Path == path && chunk.Value.Any(page => gone.Contains((int)page))).Select(chunk => chunk.Key.Chunk).Order()];

    /// <summary>Holds what came out of a salvage against what was there.</summary>
    /// <param name="salvaged">The result.</param>
    /// <param name="destroyed">The pages that were destroyed.</param>
    /// <param name="hasHistory">Whether older pages may hold older contents, found without proof.</param>
    public void Judge(Salvaged salvaged, IEnumerable<int> destroyed, bool hasHistory)
    {
        // Who loses a page of zeros loses nothing.
        HashSet<int> gone = [.. destroyed.Where(page => !Zero.All(_bytes.AsSpan(page * Format.PageSize, Format.PageSize)))];
        foreach (var (path, entry) in Entries)
        {
            if (!IsFindable(path, gone))
            {
                continue;
            }

            // Nothing that is intact is lost.
            Assert.True(salvaged.Told.TryGetValue(path, out var told), $"{path[..Math.Min(path.Length, 40)]} is lost without a word, of pages {string.Join(',', gone.Take(8))}");
            var missing = ChunksGone(path, gone);
            if (missing.Count == 0 && told is { Outcome: SalvageOutcome.Partial, IsProven: false })
            {
                // Holes that nothing proves to be holes: they are named, and read as the zeros that they are.
                Assert.True(salvaged.Read(path).AsSpan().SequenceEqual(Contents[path]), $"{path}: another content");
                continue;
            }

            Assert.Equal(Outcome(path, entry, missing), told.Outcome);
            if (told.Outcome == SalvageOutcome.Partial && told.IsProven)
            {
                Assert.Equal(missing.Select(chunk => new MissingRange(chunk << entry.ChunkShift, Math.Min(1L << entry.ChunkShift, entry.Size - (chunk << entry.ChunkShift)))).Sum(range => range.Length), told.MissingBytes);
            }

            Compare(salvaged, path, told);
        }

        foreach (var (path, told) in salvaged.Told)
        {
            // What is proven is true, whatever was destroyed; what is not may be older, if there is anything older.
            if (told.IsProven || !hasHistory)
            {
                Assert.True(Entries.ContainsKey(path) || path.StartsWith("lost+found/", StringComparison.Ordinal), $"{path} was not there");
                if (Entries.ContainsKey(path))
                {
                    Compare(salvaged, path, told);
                }
            }
        }
    }

    private SalvageOutcome Outcome(string path, CartridgeEntry entry, List<long> missing)
    {
        if (missing.Count == 0)
        {
            return SalvageOutcome.Whole;
        }

        var all = _chunks.Keys.Count(chunk => chunk.Path == path);
        return entry.Type != EntryType.File || missing.Count == all ? SalvageOutcome.Lost : SalvageOutcome.Partial;
    }

    private void Compare(Salvaged salvaged, string path, SalvagedEntry told)
    {
        var entry = Entries[path];
        var again = salvaged.Find(path);
        if (told.Outcome == SalvageOutcome.Lost)
        {
            Assert.Null(again);
            return;
        }

        Assert.Equal((entry.Type, entry.Size, entry.Mode, entry.Modified, entry.ChunkShift), (again!.Type, again.Size, again.Mode, again.Modified, again.ChunkShift));
        Assert.Equal(entry.UserMetadata, again.UserMetadata);
        if (entry.Type != EntryType.File)
        {
            return;
        }

        var expected = Contents[path].ToArray();
        foreach (var range in told.Missing)
        {
            expected.AsSpan((int)range.Offset, (int)range.Length).Clear();
        }

        var different = salvaged.Read(path).AsSpan().CommonPrefixLength(expected);
        Assert.True(different == expected.Length, $"{path[..Math.Min(path.Length, 8)]}: another content from byte {different} on; {told with { Path = "" }} {string.Join(", ", told.Missing)}");
    }

    private void Assign(long page, string owner)
    {
        if (owner.StartsWith("catalog/0", StringComparison.Ordinal))
        {
            foreach (var key in Keys(page, PageType.CatalogNode))
            {
                _needs[System.Text.Encoding.UTF8.GetString(key)].Add(page);
            }
        }
        else if (owner.StartsWith("content/0", StringComparison.Ordinal))
        {
            var ids = Keys(page, PageType.ContentNode).Select(key => ChunkKey.Read(key).FileId).ToHashSet();

            // The leaf answers for what stands between its keys too, and for the ends of its first and last file.
            foreach (var entry in Entries.Values.Where(entry => entry.FileId >= ids.Min() && entry.FileId <= ids.Max() && entry is { IsInline: false, Size: > 0 }))
            {
                _needs[entry.Path].Add(page);
            }
        }
        else if (owner.StartsWith("value:", StringComparison.Ordinal))
        {
            _needs[owner["value:".Length..]].Add(page);
        }
        else if (owner.StartsWith("chunk:", StringComparison.Ordinal))
        {
            var at = owner.LastIndexOf('#');
            var key = (owner["chunk:".Length..at], long.Parse(owner[(at + 1)..], System.Globalization.CultureInfo.InvariantCulture));
            if (!_chunks.TryGetValue(key, out var pages))
            {
                _chunks[key] = pages = [];
            }

            pages.Add(page);
        }
    }

    private byte[][] Keys(long page, PageType type)
    {
        var bytes = _bytes.AsMemory((int)page * Format.PageSize, Format.PageSize);
        var header = PageHeader.Read(bytes.Span);
        using var medium = MemoryOf(_bytes);
        var id = Identity.Read(medium, new StrictChecker())!.Id;
        var place = new NodePlace(new PageReference((ulong)page, header.Birth, header.Hash), type, 0, new Bounds((ulong)Format.MaxBlocks, ContentChecksum.Sha256), id);
        return TreeNode.Read(bytes, place, new StrictChecker())!.Keys;
    }
}
