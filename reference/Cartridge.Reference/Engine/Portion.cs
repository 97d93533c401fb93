using System.Buffers;
using System.Security.Cryptography;

namespace Cartridge.Reference;

/// <summary>How portions of content are made ready to be stored.</summary>
/// <param name="Kind">The checksum of what is stored.</param>
/// <param name="Coder">The coder.</param>
/// <param name="Choice">How content is wanted to be stored.</param>
internal readonly record struct PortionEncoding(ContentChecksum Kind, ContentCoder Coder, CodecChoice Choice)
{
    /// <summary>Whether portions will be encrypted when their place is known: then nothing of the content is hashed before.</summary>
    public bool IsEncrypted => Coder.Keys is not null;
}

/// <summary>A chunk's worth of content on its way into a container. It may be encoded ahead, on another thread.</summary>
internal sealed class Portion
{
    private readonly byte[] _buffer;
    private readonly int _length;
    private readonly PortionEncoding _encoding;
    private Task<Ready>? _ahead;
    private Ready? _ready;

    private Portion(byte[] buffer, int length, in PortionEncoding encoding)
    {
        _buffer = buffer;
        _length = length;
        _encoding = encoding;
    }

    /// <summary>The bytes: a whole chunk, or less in the last portion.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>The binary logarithm of the chunk size, the same in all portions of a file.</summary>
    public required byte Shift { get; init; }

    /// <summary>Whether the content ends with this portion. A content whose length is a multiple of chunks ends with an empty one.</summary>
    public required bool IsLast { get; init; }

    /// <summary>How it was to be encoded.</summary>
    public CodecChoice Choice => _encoding.Choice;

    /// <summary>What to store of it, if <see cref="Choice"/> is still what is wanted.</summary>
    public Encoded Encoded => WhenReady.Encoded;

    /// <summary>The checksum of what to store; none where it is yet to be encrypted.</summary>
    public Hash256? Checksum => WhenReady.Checksum;

    /// <summary>Of the last portion: the SHA-256 of all of the content, if it was wanted.</summary>
    public Hash256? ContentHash => IsWhole ? WhenReady.ContentHash : WholeHash;

    private Hash256? WholeHash { get; init; }

    /// <summary>Where one chunk is all of the content, no byte needs to be hashed twice.</summary>
    private bool IsWhole { get; init; }

    private Ready WhenReady => _ready ??= _ahead is { } ahead ? ahead.GetAwaiter().GetResult() : MakeReady();

    /// <summary>Cuts what a stream gives, read to its end, into portions. Each has to be released.</summary>
    /// <param name="source">The content.</param>
    /// <param name="metadata">Which chunk size, and whether a content hash, is wanted.</param>
    /// <param name="encoding">How they are made ready to be stored.</param>
    /// <exception cref="CartridgeException"><c>api.bad-argument</c>: no such chunk size.</exception>
    public static IEnumerable<Portion> Cut(Stream source, EntryMetadata? metadata, PortionEncoding encoding)
    {
        var wanted = metadata?.CheckedShift();
        var withHash = metadata is { RecordContentHash: true } && !encoding.IsEncrypted;
        var head = new byte[Format.MaxInlineContent + 1];
        var filled = source.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var shift = wanted ?? ContentWriting.ShiftFor(head.AsSpan(0, filled));
        if (filled <= Format.MaxInlineContent)
        {
            Hash256? whole = withHash ? Hash256.Of(head.AsSpan(0, filled)) : null;
            yield return new Portion(head, filled, encoding) { Shift = shift, IsLast = true, WholeHash = whole };
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
            var isOnly = isFirst && isLast && withHash && encoding.Kind == ContentChecksum.Sha256;
            if (!isOnly)
            {
                hash?.AppendData(chunk, 0, filled);
            }

            yield return new Portion(chunk, filled, encoding)
            {
                Shift = shift,
                IsLast = isLast,
                IsWhole = isOnly,
                WholeHash = isLast && hash is not null ? new Hash256(hash.GetHashAndReset()) : null,
            };
        }
    }

    /// <summary>Begins to encode, and to compute the checksum, on another thread, if there will be need of it.</summary>
    public void ComputeAhead()
    {
        if (_length > Format.MaxInlineContent)
        {
            _ahead = Task.Run(MakeReady);
        }
    }

    /// <summary>Gives the buffers back; nothing of the portion may be used any more.</summary>
    public void Release()
    {
        // Waiting for any of one task waits for it whatever becomes of it.
        var ready = _ahead is { } ahead && Task.WaitAny(ahead) == 0 && ahead.IsCompletedSuccessfully ? ahead.Result : _ready;
        ready?.Encoded.Release();
        if (_buffer.Length >= 1 << Format.MinChunkShift)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }

    private Ready MakeReady()
    {
        var encoded = _encoding.Coder.Encode(Bytes, Choice);
        if (_encoding.IsEncrypted)
        {
            return new Ready(encoded, null, null);
        }

        var checksum = Checksums.Compute(_encoding.Kind, encoded.Bytes(Bytes));
        return new Ready(encoded, checksum, !IsWhole ? null : encoded.Codec == CodecId.None ? checksum : Hash256.Of(Bytes));
    }

    /// <summary>What comes of making a portion ready.</summary>
    private sealed record Ready(Encoded Encoded, Hash256? Checksum, Hash256? ContentHash);
}
