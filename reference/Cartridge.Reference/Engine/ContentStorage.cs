namespace Cartridge.Reference;

/// <summary>What the content of an entry takes, as its chunks' references say.</summary>
/// <param name="StoredBytes">Bytes stored, in chunks or in the record; without padding.</param>
/// <param name="Blocks">Blocks of 4096 bytes that its chunks take; 0 where the record holds the content.</param>
/// <param name="Chunks">Chunks; holes have none.</param>
/// <param name="Lz4Chunks">Chunks among them that are stored as LZ4 blocks.</param>
/// <param name="ZstandardChunks">Chunks among them that are stored as Zstandard frames.</param>
public readonly record struct ContentStorage(long StoredBytes, long Blocks, long Chunks, long Lz4Chunks, long ZstandardChunks)
{
    /// <summary>Counts what a content takes; reads nodes and no content.</summary>
    internal static ContentStorage Of(IState state, CatalogRecord record, object subject)
    {
        var storage = new ContentStorage { StoredBytes = record.Inline?.Length ?? 0 };
        if (!record.HasContent || record.Inline is not null)
        {
            return storage;
        }

        var checker = new StrictChecker { Subject = subject };
        foreach (var (_, value) in state.ChunksFrom(record, 0))
        {
            var chunk = state.DecodeChunk(value, record.ChunkShift, checker);
            storage = new ContentStorage(
                storage.StoredBytes + chunk.StoredLength,
                storage.Blocks + chunk.TotalPages,
                storage.Chunks + 1,
                storage.Lz4Chunks + (chunk.Codec == CodecId.Lz4 ? 1 : 0),
                storage.ZstandardChunks + (chunk.Codec == CodecId.Zstandard ? 1 : 0));
        }

        return storage;
    }
}
