using System.Buffers.Binary;

namespace Cartridge.Conformance.Mending;

/// <summary>A commit record and what hangs on it.</summary>
internal sealed class StateChart
{
    private const int MapInline = 1;
    private const int MapBlob = 2;

    private readonly byte[] _bytes;

    public StateChart(byte[] bytes, long page)
    {
        _bytes = bytes;
        Page = page;
        Catalog = new TreeChart(bytes, this["catalog tree"]);
        Content = new TreeChart(bytes, this["content tree"]);
        System = new TreeChart(bytes, this["system tree"]);
        Snapshots = [.. System.Leaves.Select(cell => new SnapshotChart(bytes, cell))];
    }

    /// <summary>The record's page: 1 or 2.</summary>
    public long Page { get; }

    public TreeChart Catalog { get; }

    public TreeChart Content { get; }

    public TreeChart System { get; }

    /// <summary>The snapshots, by ascending id.</summary>
    public IReadOnlyList<SnapshotChart> Snapshots { get; }

    /// <summary>All references to nodes: in the record, between the nodes, and in the records of snapshots.</summary>
    public IEnumerable<(Spot Reference, long Page)> Links => Catalogs.Concat(Contents).Append(System).SelectMany(tree => tree.Links).Distinct();

    public ulong Generation => this["generation"].Number(_bytes);

    /// <summary>A field of the page header or of the record.</summary>
    public Spot this[string field] => Layouts.PageHeader.Fields.Any(known => known.Name == field)
        ? Spot.Of(Layouts.PageHeader, field, Page)
        : Spot.Of(Layouts.CommitRecord, field, Page);

    /// <summary>A field of a key slot.</summary>
    public Spot KeySlot(int number, string field) =>
        this["key slots"].Slice(number * Layouts.KeySlot.Length, Layouts.KeySlot.Length).Inner(Layouts.KeySlot, field);

    /// <summary>An extent of an inline map.</summary>
    public Spot Extent(int index, string field) =>
        this["free map area"].Slice(index * Layouts.Extent.Length, Layouts.Extent.Length).Inner(Layouts.Extent, field);

    /// <summary>The number of extents in an inline map.</summary>
    public int Extents => this["free map kind"].Number(_bytes) == MapInline ? (int)this["extent count"].Number(_bytes) : 0;

    /// <summary>The blob of the free map, if it has one.</summary>
    public BlobChart? Map => this["free map kind"].Number(_bytes) == MapBlob ? Blob(this["free map area"], followsContainer: false) : null;

    /// <summary>A catalog entry.</summary>
    public EntryChart Entry(string path)
    {
        CellChart cell = Catalog.Cell(path);
        if (!Catalog.IsLong(cell))
        {
            return new EntryChart(_bytes, cell, cell.Value);
        }

        // The suite's long values are written in one run, so a record in one is as contiguous as one in a leaf.
        BlobChart blob = Blob(cell.Value, followsContainer: false);
        return new EntryChart(_bytes, cell, Spot.At(blob.Pages[0] * Spot.PageSize, blob.Stored, "long value"));
    }

    /// <summary>The leaf's cell for a chunk of a file.</summary>
    public CellChart ChunkCell(string path, ulong number = 0)
    {
        byte[] key = Key(Entry(path)["file id"].Number(_bytes), number);
        return Content.Leaves.Single(cell => cell.Key.AsSpan().SequenceEqual(key));
    }

    /// <summary>A chunk of a file.</summary>
    public BlobChart Chunk(string path, ulong number = 0) => Blob(ChunkCell(path, number).Value, followsContainer: true);

    /// <summary>All blobs of the state, with the page that refers to each.</summary>
    public IEnumerable<BlobChart> Blobs =>
    [
        .. Contents.SelectMany(tree => tree.Leaves).Select(cell => Blob(cell.Value, followsContainer: true)),
        .. Catalogs.SelectMany(tree => tree.Leaves.Where(tree.IsLong)).Select(cell => Blob(cell.Value, followsContainer: false)),
        .. Map is { } map ? [map] : Array.Empty<BlobChart>(),
    ];

    /// <summary>What the state has a page for; null if it does not reach it.</summary>
    public string? OwnerOf(long page) =>
        OwnerIn(Catalog, Content, page)
        ?? (System.Nodes.Find(node => node.Page == page) is { } node ? $"system/{node.Level}" : null)
        ?? (Map?.Pages.Contains(page) == true ? "free map" : null)
        ?? Snapshots.Select(snapshot => OwnerIn(snapshot.Catalog, snapshot.Content, page) is { } owner ? $"snapshot {snapshot.Id}: {owner}" : null)
            .FirstOrDefault(owner => owner is not null);

    private IEnumerable<TreeChart> Catalogs => [Catalog, .. Snapshots.Select(snapshot => snapshot.Catalog)];

    private IEnumerable<TreeChart> Contents => [Content, .. Snapshots.Select(snapshot => snapshot.Content)];

    private string? OwnerIn(TreeChart catalog, TreeChart content, long page)
    {
        if (catalog.Nodes.Find(node => node.Page == page) is { } catalogNode)
        {
            return $"catalog/{catalogNode.Level}";
        }

        if (content.Nodes.Find(node => node.Page == page) is { } contentNode)
        {
            return $"content/{contentNode.Level}";
        }

        bool Holds(CellChart cell, bool followsContainer) => Blob(cell.Value, followsContainer).Pages.Contains(page);
        if (content.Leaves.FirstOrDefault(cell => Holds(cell, followsContainer: true)) is { } chunk)
        {
            ulong file = BinaryPrimitives.ReadUInt64BigEndian(chunk.Key);
            return $"chunk {BinaryPrimitives.ReadUInt64BigEndian(chunk.Key.AsSpan(sizeof(ulong)))} of file {file}";
        }

        return catalog.Leaves.Where(catalog.IsLong).Any(cell => Holds(cell, followsContainer: false)) ? "long value" : null;
    }

    /// <summary>A key of the content tree.</summary>
    public static byte[] Key(ulong fileId, ulong number)
    {
        byte[] key = new byte[Layouts.ContentKey.Length];
        BinaryPrimitives.WriteUInt64BigEndian(key, fileId);
        BinaryPrimitives.WriteUInt64BigEndian(key.AsSpan(sizeof(ulong)), number);
        return key;
    }

    private BlobChart Blob(Spot reference, bool followsContainer) => new(_bytes, reference, followsContainer);
}
