using System.Buffers.Binary;
using System.Numerics;

namespace Cartridge.Reference;

/// <summary>The two checksums that may guard content, in the 32-byte field of a blob reference.</summary>
internal static class Checksums
{
    /// <summary>Bytes of a CRC-32C.</summary>
    public const int CrcLength = 4;

    /// <summary>SHA-256 fills the field; CRC-32C its first four bytes.</summary>
    public static Hash256 Compute(ContentChecksum kind, ReadOnlySpan<byte> stored)
    {
        if (kind != ContentChecksum.Crc32C)
        {
            return Hash256.Of(stored);
        }

        Span<byte> field = stackalloc byte[Format.HashLength];
        field.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(field, Crc32C(stored));
        return new Hash256(field);
    }

    /// <summary>Whether stored bytes have a checksum. Of a CRC-32C its four bytes count; the rest of the field is another check's.</summary>
    public static bool Match(ContentChecksum kind, ReadOnlySpan<byte> stored, in Hash256 checksum)
    {
        var length = kind == ContentChecksum.Crc32C ? CrcLength : Format.HashLength;
        return Compute(kind, stored).AsSpan()[..length].SequenceEqual(checksum.AsSpan()[..length]);
    }

    /// <summary>CRC-32C (Castagnoli), initial value and final exclusive-or all ones, as in RFC 3720.</summary>
    public static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }
}
