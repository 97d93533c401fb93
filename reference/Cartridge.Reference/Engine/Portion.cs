using System.Buffers;
using System.Security.Cryptography;

namespace Cartridge.Reference;

/// <summary>How portions of content are made ready to be stored.</summary>
/// <param name="Kind">The checksum of what is stored.</param>
/// <param name="Coder">The coder.</param>
/// <param name="Choice">How content is wanted to be stored.</param>
/// <param name="Place">The file, and the generation, that content will stand in, as far as it is known ahead; only who encrypts needs it.</param>
internal readonly record struct PortionEncoding(ContentChecksum Kind, ContentCoder Coder, CodecChoice Choice, (ulong FileId, ulong Birth)? Place)
{
    /// <summary>Whether portions are encrypted, at the latest when their place is known: then nothing of the content is hashed before.</summary>
    public bool IsEncrypted => Coder.Keys is not null;
}

/// <summary>A chunk's worth of content on its way into a container. It may be encoded ahead, on another thread.</summary>
internal sealed class Portion
{
    private readonly byte[] _buffer;
    private readonly int _length;
    private readonly PortionEncoding _encoding;
    private readonly ulong _number;
    private Task<Ready>? _ahead;
    private Ready? _ready;

    private Portion(byte[] buffer, int length, in PortionEncoding encoding, ulong number)
    {
        _number = number;
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

    /// <summary>What to store of it, if <see cref="Choice"/> is still what is wanted; encrypted if it has a <see cref="Seal"/>.</summary>
    public Encoded Encoded => WhenReady.Encoded;

    /// <summary>The checksum of what to store; none where it is yet to be encrypted.</summary>
    public Hash256? Checksum => WhenReady.Checksum;

    /// <summary>Nonce and tag, if it was encrypted ahead: for <see cref="Place"/> alone.</summary>
    public byte[]? Seal => WhenReady.Seal;

    /// <summary>Where it was expected to stand when it was encrypted ahead.</summary>
    public AssociatedData Place => _encoding.Place is { } place
        ? new AssociatedData(place.FileId, _number, place.Birth, (uint)_length, Encoded.Codec)
        : default;

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
            yield return new Portion(head, filled, encoding, 0) { Shift = shift, IsLast = true, WholeHash = whole };
            yield break;
        }

        using var hash = withHash ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        var number = 0UL;
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

            yield return new Portion(chunk, filled, encoding, number++)
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
        if (_encoding is { IsEncrypted: true, Place: null })
        {
            return new Ready(encoded, null, null, null);
        }

        var seal = _encoding.IsEncrypted ? Encrypt(ref encoded) : null;
        var checksum = Checksums.Compute(_encoding.Kind, encoded.Bytes(Bytes));
        return new Ready(encoded, checksum, seal, !IsWhole ? null : encoded.Codec == CodecId.None ? checksum : Hash256.Of(Bytes));
    }

    /// <summary>Encrypts what is to be stored for the place where it is expected to stand.</summary>
    private byte[] Encrypt(ref Encoded encoded)
    {
        var bytes = encoded.Bytes(Bytes);
        var (file, birth) = _encoding.Place!.Value;
        var ciphertext = ArrayPool<byte>.Shared.Rent(bytes.Length);
        var place = new AssociatedData(file, _number, birth, (uint)_length, encoded.Codec);
        var seal = _encoding.Coder.Encrypt(bytes, place, ciphertext.AsSpan(0, bytes.Length));
        var encrypted = new Encoded(encoded.Codec, ciphertext, bytes.Length);
        encoded.Release();
        encoded = encrypted;
        return seal;
    }

    /// <summary>What comes of making a portion ready.</summary>
    private sealed record Ready(Encoded Encoded, Hash256? Checksum, byte[]? Seal, Hash256? ContentHash);
}
