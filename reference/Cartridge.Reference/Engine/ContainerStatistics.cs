namespace Cartridge.Reference;

/// <summary>What a state consists of, counted.</summary>
public sealed record ContainerStatistics
{
    /// <summary>Files in the catalog.</summary>
    public ulong Files { get; internal set; }

    /// <summary>Directories that have a record.</summary>
    public ulong Directories { get; internal set; }

    /// <summary>Symbolic links.</summary>
    public ulong SymbolicLinks { get; internal set; }

    /// <summary>Sizes of all files and links together, holes included, in bytes.</summary>
    public UInt128 LogicalBytes { get; internal set; }

    /// <summary>Bytes stored for content in the catalog's own records.</summary>
    public ulong InlineBytes { get; internal set; }

    /// <summary>Chunks in the content tree.</summary>
    public ulong Chunks { get; internal set; }

    /// <summary>Chunks among them that are stored as LZ4 blocks.</summary>
    public ulong Lz4Chunks { get; internal set; }

    /// <summary>Chunks among them that are stored as Zstandard frames.</summary>
    public ulong ZstandardChunks { get; internal set; }

    /// <summary>Bytes that the chunks decode to.</summary>
    public ulong ChunkBytes { get; internal set; }

    /// <summary>Bytes stored in chunks, without padding.</summary>
    public ulong StoredBytes { get; internal set; }

    /// <summary>Blocks that chunks take.</summary>
    public ulong ContentBlocks { get; internal set; }

    /// <summary>Runs of consecutive blocks that chunks are stored in; the closer to <see cref="Chunks"/>, the less fragmented.</summary>
    public ulong ContentRuns { get; internal set; }

    /// <summary>Blocks of 4096 bytes that the state counts on.</summary>
    public ulong TotalBlocks { get; internal set; }

    /// <summary>Blocks that the state does not reach.</summary>
    public ulong FreeBlocks { get; internal set; }

    /// <summary>Blocks that hold nodes, long values and the free map.</summary>
    public ulong MetadataBlocks { get; internal set; }

    /// <summary>Blocks that only other states keep: snapshots, or, where a snapshot is counted, the current state, too. 0 where a
    /// damaged container claims more blocks than it has.</summary>
    public ulong OtherBlocks => TotalBlocks - Math.Min(TotalBlocks, Format.FixedBlocks + FreeBlocks + ContentBlocks + MetadataBlocks);

    /// <summary>Levels of the catalog tree; 0 when it is empty.</summary>
    public int CatalogHeight { get; internal set; }

    /// <summary>Levels of the content tree; 0 when it is empty.</summary>
    public int ContentHeight { get; internal set; }

    /// <summary>Snapshots, without those that were deleted and are kept for others.</summary>
    public int Snapshots { get; internal set; }

    /// <summary>The generation of the state.</summary>
    public ulong Generation { get; internal set; }

    /// <summary>Counts a published state; reads all nodes and no content.</summary>
    internal static ContainerStatistics Of(PublishedState state)
    {
        var record = state.Record;
        var statistics = new ContainerStatistics
        {
            TotalBlocks = record.TotalBlocks,
            FreeBlocks = record.FreeBlocks,
            Generation = state.Generation,
            Snapshots = state.Snapshots().Count(snapshot => !snapshot.IsHidden),
            CatalogHeight = state.Catalog.Height,
            ContentHeight = state.Content.Height,
            MetadataBlocks = state.Catalog.CountNodes(state) + state.Content.CountNodes(state) + state.System.CountNodes(state) + MapBlocks(record, state.Bounds.Checksum),
        };
        var checker = new StrictChecker();
        foreach (var (path, value) in state.Catalog.From(state, []))
        {
            statistics.Count(state.Decode(path, value));
            statistics.MetadataBlocks += value.IsLong ? (ulong)state.LongBlob(value, checker).TotalPages : 0;
        }

        foreach (var (_, value) in state.Content.From(state, []))
        {
            var chunk = state.DecodeChunk(value, Format.MaxChunkShift, checker);
            statistics.Chunks++;
            statistics.Lz4Chunks += chunk.Codec == CodecId.Lz4 ? 1UL : 0;
            statistics.ZstandardChunks += chunk.Codec == CodecId.Zstandard ? 1UL : 0;
            statistics.ChunkBytes += chunk.LogicalLength;
            statistics.StoredBytes += chunk.StoredLength;
            statistics.ContentRuns += (ulong)chunk.Runs.Length;
            statistics.ContentBlocks += (ulong)BlobReference.PagesFor(chunk.StoredLength);
        }

        return statistics;
    }

    private static ulong MapBlocks(CommitRecord record, ContentChecksum checksum) =>
        FreeMap.Read(record, checksum, new StrictChecker()).Blob is { } blob ? (ulong)blob.TotalPages : 0;

    private void Count(CatalogRecord entry)
    {
        switch (entry.Type)
        {
            case EntryType.Directory:
                Directories++;
                break;
            case EntryType.SymbolicLink:
                SymbolicLinks++;
                break;
            default:
                Files++;
                break;
        }

        LogicalBytes += (ulong)entry.Size;
        InlineBytes += (ulong)(entry.Inline?.Length ?? 0);
    }
}
