using System.Buffers;
using System.Security.Cryptography;

namespace Cartridge.Reference;

/// <summary>A chunk's worth of content on its way into a container. Its checksum may be computed ahead, on another thread.</summary>
internal sealed class Portion
{
    private readonly byte[] _buffer;
    private readonly int _length;
    private readonly ContentChecksum _kind;
    private Task<Hash256>? _ahead;
    private Hash256? _checksum;

    private Portion(byte[] buffer, int length, ContentChecksum kind)
    {
        _buffer = buffer;
        _length = length;
        _kind = kind;
    }

    /// <summary>The bytes: a whole chunk, or less in the last portion.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>The binary logarithm of the chunk size, the same in all portions of a file.</summary>
    public required byte Shift { get; init; }

    /// <summary>Whether the content ends with this portion. A content whose length is a multiple of chunks ends with an empty one.</summary>
    public required bool IsLast { get; init; }

    /// <summary>The checksum of the bytes.</summary>
    public Hash256 Checksum => _checksum ??= _ahead is { } ahead ? ahead.GetAwaiter().GetResult() : Checksums.Compute(_kind, Bytes);

    /// <summary>Of the last portion: the SHA-256 of all of the content, if it was wanted.</summary>
    public Hash256? ContentHash => HashIsChecksum ? Checksum : WholeHash;

    private Hash256? WholeHash { get; init; }

    /// <summary>Where one chunk is all of the content, no byte needs to be hashed twice.</summary>
    private bool HashIsChecksum { get; init; }

    /// <summary>Cuts what a stream gives, read to its end, into portions. Each has to be released.</summary>
    /// <param name="source">The content.</param>
    /// <param name="metadata">Which chunk size, and whether a content hash, is wanted.</param>
    /// <param name="kind">The checksum of the chunks.</param>
    /// <exception cref="CartridgeException"><c>api.bad-argument</c>: no such chunk size.</exception>
    public static IEnumerable<Portion> Cut(Stream source, EntryMetadata? metadata, ContentChecksum kind)
    {
        var wanted = metadata?.CheckedShift();
        var withHash = metadata?.RecordContentHash ?? false;
        var head = new byte[Format.MaxInlineContent + 1];
        var filled = source.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var shift = wanted ?? ContentWriting.ShiftFor(head.AsSpan(0, filled));
        if (filled <= Format.MaxInlineContent)
        {
            Hash256? whole = withHash ? Hash256.Of(head.AsSpan(0, filled)) : null;
            yield return new Portion(head, filled, kind) { Shift = shift, IsLast = true, WholeHash = whole };
            yield break;
        }

        using var hash = withHash ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        for (var (isFirst, isLast) = (true, false); !isLast; isFirst = false)
        {
            var chunk = ArrayPool<byte>.Shared.Rent(1 << shift);
            head.CopyTo(chunk, 0);
            var room = (1 << shift) - head.Length;
            filled = head.Length + source.ReadAtLeast(chunk.AsSpan(head.Length, room), room, throwOnEndOfStream: false);
            head = [];
            isLast = filled < 1 << shift;
            var isOnly = isFirst && isLast && withHash && kind == ContentChecksum.Sha256;
            if (!isOnly)
            {
                hash?.AppendData(chunk, 0, filled);
            }

            yield return new Portion(chunk, filled, kind)
            {
                Shift = shift,
                IsLast = isLast,
                HashIsChecksum = isOnly,
                WholeHash = isLast && hash is not null ? new Hash256(hash.GetHashAndReset()) : null,
            };
        }
    }

    /// <summary>Begins to compute the checksum on another thread, if there will be need of one.</summary>
    public void ComputeAhead()
    {
        if (_length > Format.MaxInlineContent)
        {
            _ahead = Task.Run(() => Checksums.Compute(_kind, Bytes));
        }
    }

    /// <summary>Gives the buffer back; nothing of the portion may be used any more.</summary>
    public void Release()
    {
        _ahead?.Wait();
        if (_buffer.Length >= 1 << Format.MinChunkShift)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }
}
