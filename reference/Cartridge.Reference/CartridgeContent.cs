using System.Collections.Concurrent;

namespace Cartridge.Reference;

/// <summary>
/// One file of one published state: chunk by chunk and without copying, what comes back is then the cache's own memory, or
/// copied into a buffer. It remembers where each chunk is, so that a chunk that is read again costs one look-up in the cache. May be used from
/// several threads.
/// </summary>
public sealed class CartridgeContent
{
    private readonly CartridgeReader _reader;
    private readonly PublishedState _state;
    private readonly CatalogRecord _record;
    private readonly byte[] _path;
    private readonly ConcurrentDictionary<long, PoolKey> _known = [];

    internal CartridgeContent(CartridgeReader reader, PublishedState state, CatalogRecord record, byte[] path)
    {
        _reader = reader;
        _state = state;
        _record = record;
        _path = path;
    }

    /// <summary>The file's length in bytes.</summary>
    public long Length => _record.Size;

    /// <summary>The chunk size in bytes, 4 KiB to 256 KiB.</summary>
    public int ChunkSize => 1 << _record.ChunkShift;

    /// <summary>Chunks that the file has room for, holes included.</summary>
    public long ChunkCount => (_record.Size >> _record.ChunkShift) + ((_record.Size & (ChunkSize - 1)) == 0 ? 0 : 1);

    /// <summary>The bytes of a chunk.</summary>
    /// <param name="number">The chunk's number, from 0.</param>
    /// <returns>Bytes that do not change and are not to be changed; fewer than a chunk where zeros up to the chunk's (or
    /// the file's) end are not stored, none for a hole. They stay valid after the reader is gone.</returns>
    /// <exception cref="CartridgeException"><c>api.bad-argument</c>: no such chunk; or the content is damaged.</exception>
    public ReadOnlyMemory<byte> GetChunk(long number) =>
        _known.TryGetValue(number, out var key) && _state.Pool.Get(key) is byte[] chunk ? chunk : Fetch(number);

    /// <summary>Copies a part of the file.</summary>
    /// <param name="offset">Where to read, in bytes from the file's start.</param>
    /// <param name="destination">Filled as far as the file reaches.</param>
    /// <returns>Bytes read; 0 at or beyond the end.</returns>
    /// <exception cref="CartridgeException"><c>api.bad-argument</c>: a negative offset; or the content is damaged.</exception>
    public int Read(long offset, Span<byte> destination)
    {
        if (offset < 0)
        {
            throw new CartridgeException(ErrorCode.BadArgument, $"Offset {offset} lies before every file.");
        }

        destination = destination[..(int)Math.Min(destination.Length, Math.Max(0, _record.Size - offset))];
        for (var rest = destination; !rest.IsEmpty;)
        {
            var within = (int)(offset & (ChunkSize - 1));
            var part = rest[..Math.Min(rest.Length, ChunkSize - within)];
            ContentReading.CopyPart(GetChunk(offset >> _record.ChunkShift).Span, within, part);
            rest = rest[part.Length..];
            offset += part.Length;
        }

        return destination.Length;
    }

    private ReadOnlyMemory<byte> Fetch(long number)
    {
        _reader.RequireOpen();
        if (number < 0 || number >= ChunkCount)
        {
            throw new CartridgeException(ErrorCode.BadArgument, $"{Text.Display(_path)} has {ChunkCount} chunks; there is no chunk {number}.");
        }

        if (_state.ReadInline(_record, _path) is { } inline)
        {
            return inline;
        }

        var checker = new StrictChecker { Subject = _path };
        var chunk = _state.FindChunk(_record, (ulong)number, checker);
        if (chunk is null)
        {
            return default;
        }

        _known[number] = PagePool.KeyOf(chunk);
        return _state.Pool.Chunk(chunk, new ChunkContext(_record.FileId, (ulong)number), checker);
    }
}
