using System.Buffers;
using System.Runtime.InteropServices;
using Cartridge.Reference;

namespace Cartridge.Codecs;

/// <summary>LZ4 blocks by liblz4, version 1 of its interface.</summary>
public sealed partial class Lz4Codec : IContentCodec
{
    private const string Name = "liblz4.so.1";

    /// <summary>The lowest level of the slower, denser encoder, as in the program lz4.</summary>
    private const int FirstDense = 3;

    /// <summary>Its highest level.</summary>
    private const int LastDense = 12;

    private static readonly SystemLibrary Library = new(Name);

    /// <inheritdoc/>
    public byte Id => CodecId.Lz4;

    /// <inheritdoc/>
    public bool IsAvailable => Library.IsThere;

    /// <inheritdoc/>
    public int Encode(ReadOnlySpan<byte> content, Span<byte> destination, int level)
    {
        ref readonly var source = ref MemoryMarshal.GetReference(content);
        ref var target = ref MemoryMarshal.GetReference(destination);
        return level < FirstDense
            ? Compress(in source, ref target, content.Length, destination.Length)
            : CompressDense(in source, ref target, content.Length, destination.Length, Math.Min(level, LastDense));
    }

    /// <inheritdoc/>
    public OperationStatus Decode(ReadOnlySpan<byte> stored, Span<byte> destination, out int written)
    {
        var length = Decompress(
            in MemoryMarshal.GetReference(stored), ref MemoryMarshal.GetReference(destination), stored.Length, destination.Length);
        written = Math.Max(0, length);
        return length < 0 ? OperationStatus.InvalidData : OperationStatus.Done;
    }

    [LibraryImport(Name, EntryPoint = "LZ4_compress_default")]
    private static partial int Compress(in byte source, ref byte destination, int sourceLength, int destinationLength);

    [LibraryImport(Name, EntryPoint = "LZ4_compress_HC")]
    private static partial int CompressDense(in byte source, ref byte destination, int sourceLength, int destinationLength, int level);

    [LibraryImport(Name, EntryPoint = "LZ4_decompress_safe")]
    private static partial int Decompress(in byte source, ref byte destination, int sourceLength, int destinationLength);
}
