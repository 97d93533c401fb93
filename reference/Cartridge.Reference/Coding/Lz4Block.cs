using System.Buffers;
using System.Buffers.Binary;

namespace Cartridge.Reference;

/// <summary>
/// The sequences of an LZ4 block: literals, and matches in what was decoded before. A library says only that a block cannot be
/// decoded into so many bytes; this says why. And some libraries take a match at distance 0, which copies what the room held
/// before: "0 is an invalid offset value. The presence of a 0 offset value denotes an invalid (corrupted) block."
/// </summary>
internal static class Lz4Block
{
    private const int MinMatch = 4;
    private const int LongLength = 15;

    private static ReadOnlySpan<byte> NoOffset => [0, 0];

    /// <summary>What a library should have said of a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="length">The room that it had.</param>
    /// <param name="said">What it did say.</param>
    public static OperationStatus Judge(ReadOnlySpan<byte> block, int length, OperationStatus said)
    {
        // An offset of 0 is two bytes of 0, and to find that there are none takes no time worth counting.
        if (said == OperationStatus.Done && block.IndexOf(NoOffset) < 0)
        {
            return said;
        }

        return ContentLength(block) switch
        {
            null => OperationStatus.InvalidData,
            var content when content > length => OperationStatus.DestinationTooSmall,
            _ => said,
        };
    }

    /// <summary>How long the content of a block is. Nothing is decoded, so a block that claims much costs nothing.</summary>
    /// <returns>The length in bytes; null if the bytes are no LZ4 block.</returns>
    public static long? ContentLength(ReadOnlySpan<byte> block)
    {
        var length = 0L;
        for (var at = 0; at < block.Length;)
        {
            int token = block[at++];
            long literals = token >> 4;
            if ((literals == LongLength && !TryAdd(block, ref at, ref literals)) || literals > block.Length - at)
            {
                return null;
            }

            at += (int)literals;
            length += literals;
            if (at == block.Length)
            {
                return length; // "The last sequence is incomplete, and stops right after the literals."
            }

            if (block.Length - at < sizeof(ushort))
            {
                return null;
            }

            int offset = BinaryPrimitives.ReadUInt16LittleEndian(block[at..]);
            at += sizeof(ushort);
            long match = token & 0xF;
            if (offset == 0 || offset > length || (match == LongLength && !TryAdd(block, ref at, ref match)))
            {
                return null;
            }

            length += match + MinMatch;
        }

        return null;
    }

    /// <summary>A length of 15 goes on in the bytes that follow, up to one below 255.</summary>
    private static bool TryAdd(ReadOnlySpan<byte> block, ref int at, ref long length)
    {
        while (at < block.Length)
        {
            var more = block[at++];
            length += more;
            if (more < byte.MaxValue)
            {
                return true;
            }
        }

        return false;
    }
}
