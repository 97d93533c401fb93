using System.Buffers.Binary;

namespace Cartridge.Reference;

/// <summary>
/// What a Zstandard frame says of itself: its header and the headers of its blocks (RFC 8878, section 3.1.1). To know where
/// the frame ends and what it claims nothing has to be decoded, so these checks need no library.
/// </summary>
/// <param name="Length">Bytes of the whole frame.</param>
/// <param name="ContentSize">Length of the content, where the frame states it.</param>
/// <param name="WindowSize">Memory that a decoder needs, in bytes.</param>
/// <param name="HasDictionary">Whether the frame names a dictionary.</param>
internal readonly record struct ZstandardFrame(int Length, ulong? ContentSize, ulong WindowSize, bool HasDictionary)
{
    /// <summary>The largest window, 8 MiB: what RFC 8878 recommends every decoder to support.</summary>
    public const ulong MaxWindow = 8 << 20;

    private const uint Magic = 0xFD2FB528;
    private const int MinWindowLog = 10;
    private const int BlockHeader = 3;
    private const int MaxBlock = 128 << 10;
    private const int ReservedBlock = 3;
    private const int RunLengthBlock = 1;

    /// <summary>Reads the headers of the frame with which the bytes begin.</summary>
    /// <returns>Null if they do not begin with a whole frame.</returns>
    public static ZstandardFrame? Read(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes;
        if (!TryTake(ref rest, sizeof(uint) + 1, out var head) || BinaryPrimitives.ReadUInt32LittleEndian(head) != Magic)
        {
            return null;
        }

        var descriptor = head[sizeof(uint)];
        var isSingleSegment = (descriptor & 0x20) != 0;
        var hasChecksum = (descriptor & 0x04) != 0;
        var isReserved = (descriptor & 0x08) != 0;
        var dictionaryLength = (descriptor & 3) switch { 3 => 4, var n => n };
        var sizeLength = (descriptor >> 6) switch { 0 => isSingleSegment ? 1 : 0, 1 => 2, 2 => 4, _ => 8 };
        if (isReserved
            || !TryTake(ref rest, isSingleSegment ? 0 : 1, out var window)
            || !TryTake(ref rest, dictionaryLength, out var dictionary)
            || !TryTake(ref rest, sizeLength, out var size)
            || !TrySkipBlocks(ref rest)
            || !TryTake(ref rest, hasChecksum ? sizeof(uint) : 0, out _))
        {
            return null;
        }

        ulong? contentSize = sizeLength switch
        {
            0 => null,
            1 => size[0],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(size) + 256UL,
            4 => BinaryPrimitives.ReadUInt32LittleEndian(size),
            _ => BinaryPrimitives.ReadUInt64LittleEndian(size),
        };
        return new ZstandardFrame(
            bytes.Length - rest.Length,
            contentSize,
            isSingleSegment ? contentSize!.Value : WindowOf(window[0]),
            dictionary.IndexOfAnyExcept((byte)0) >= 0);
    }

    /// <summary>An exponent in the upper five bits, eighths of the power in the lower three.</summary>
    private static ulong WindowOf(byte descriptor)
    {
        var power = 1UL << (MinWindowLog + (descriptor >> 3));
        return power + (power / 8 * (ulong)(descriptor & 7));
    }

    private static bool TrySkipBlocks(ref ReadOnlySpan<byte> rest)
    {
        while (TryTake(ref rest, BlockHeader, out var header))
        {
            var fields = header[0] | (header[1] << 8) | (header[2] << 16);
            var (isLast, type, size) = ((fields & 1) != 0, (fields >> 1) & 3, fields >> 3);
            if (type == ReservedBlock || size > MaxBlock || !TryTake(ref rest, type == RunLengthBlock ? 1 : size, out _))
            {
                return false;
            }

            if (isLast)
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> rest, int length, out ReadOnlySpan<byte> taken)
    {
        var fits = length <= rest.Length;
        taken = fits ? rest[..length] : default;
        rest = fits ? rest[length..] : rest;
        return fits;
    }
}
