using System.Buffers;
using System.Runtime.InteropServices;
using Cartridge.Reference;

namespace Cartridge.Codecs;

/// <summary>Zstandard frames by libzstd, version 1 of its interface.</summary>
public sealed partial class ZstandardCodec : IContentCodec
{
    private const string Name = "libzstd.so.1";

    /// <summary>ZSTD_error_dstSize_tooSmall; errors are returned as negative numbers without a sign.</summary>
    private const int DestinationTooSmall = 70;

    /// <summary>ZSTD_error_maxCode: results above its negative are errors.</summary>
    private const int MaxError = 120;

    private static readonly SystemLibrary Library = new(Name);

    /// <summary>What the library works in: made once for each thread that encodes.</summary>
    [ThreadStatic]
    private static EncoderHandle? _encoder;

    /// <summary>The same for decoding.</summary>
    [ThreadStatic]
    private static DecoderHandle? _decoder;

    /// <inheritdoc/>
    public byte Id => CodecId.Zstandard;

    /// <inheritdoc/>
    public bool IsAvailable => Library.IsThere;

    /// <inheritdoc/>
    public int Encode(ReadOnlySpan<byte> content, Span<byte> destination, int level)
    {
        var result = Compress(
            _encoder ??= NewEncoder(),
            ref MemoryMarshal.GetReference(destination),
            (nuint)destination.Length,
            in MemoryMarshal.GetReference(content),
            (nuint)content.Length,
            level);
        return ErrorOf(result) == 0 ? (int)result : 0;
    }

    /// <inheritdoc/>
    public OperationStatus Decode(ReadOnlySpan<byte> stored, Span<byte> destination, out int written)
    {
        var result = Decompress(
            _decoder ??= NewDecoder(),
            ref MemoryMarshal.GetReference(destination),
            (nuint)destination.Length,
            in MemoryMarshal.GetReference(stored),
            (nuint)stored.Length);
        var error = ErrorOf(result);
        written = error == 0 ? (int)result : 0;
        return error switch
        {
            0 => OperationStatus.Done,
            DestinationTooSmall => OperationStatus.DestinationTooSmall,
            _ => OperationStatus.InvalidData,
        };
    }

    private static int ErrorOf(nuint result) => result > unchecked((nuint)(-MaxError)) ? unchecked((int)(0 - result)) : 0;

    [LibraryImport(Name, EntryPoint = "ZSTD_createCCtx")]
    private static partial EncoderHandle NewEncoder();

    [LibraryImport(Name, EntryPoint = "ZSTD_createDCtx")]
    private static partial DecoderHandle NewDecoder();

    [LibraryImport(Name, EntryPoint = "ZSTD_freeCCtx")]
    private static partial nuint FreeEncoder(nint encoder);

    [LibraryImport(Name, EntryPoint = "ZSTD_freeDCtx")]
    private static partial nuint FreeDecoder(nint decoder);

    [LibraryImport(Name, EntryPoint = "ZSTD_compressCCtx")]
    private static partial nuint Compress(
        EncoderHandle encoder, ref byte destination, nuint destinationLength, in byte source, nuint sourceLength, int level);

    [LibraryImport(Name, EntryPoint = "ZSTD_decompressDCtx")]
    private static partial nuint Decompress(
        DecoderHandle decoder, ref byte destination, nuint destinationLength, in byte source, nuint sourceLength);

    /// <summary>Goes with its thread.</summary>
    internal sealed class EncoderHandle() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle() => FreeEncoder(handle) == 0;
    }

    /// <summary>Goes with its thread.</summary>
    internal sealed class DecoderHandle() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle() => FreeDecoder(handle) == 0;
    }
}
