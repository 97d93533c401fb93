using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using Cartridge.Reference;

namespace Cartridge.Benchmarks;

/// <summary>What benchmarks are made of: bytes, containers, orders, checksums.</summary>
internal static class Material
{
    private const int Seed = 3;

    /// <summary>Bytes that no codec shortens; the same in every run.</summary>
    public static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new Random(Seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>The numbers below a count in an order that no prefetcher guesses; the same in every run.</summary>
    public static int[] Shuffled(int count)
    {
        var numbers = Enumerable.Range(0, count).ToArray();
        new Random(Seed).Shuffle(numbers);
        return numbers;
    }

    /// <summary>A container in memory or on disk, open with the options.</summary>
    /// <param name="onDisk">Whether it is a file of the workspace.</param>
    /// <param name="options">How it is opened.</param>
    /// <param name="checksum">The checksum of its content.</param>
    public static CartridgeFile Container(bool onDisk, OpenOptions options, ContentChecksum checksum = ContentChecksum.Sha256)
    {
        var builder = new CartridgeBuilder().Slug("benchmark").Checksum(checksum);
        if (onDisk)
        {
            var path = Workspace.Current.NewPath(".cart");
            builder.Create(path).Dispose();
            return CartridgeFile.Open(path, options);
        }

        var medium = new MemoryMedium();
        builder.Create(medium).Dispose();
        return CartridgeFile.Open(medium, options);
    }

    /// <summary>The yardstick of content checksums: the base library's SHA-256, or the processor's CRC-32C, eight bytes a step.</summary>
    /// <returns>Something to keep, so that nothing is optimised away.</returns>
    public static int Checksum(ContentChecksum kind, ReadOnlySpan<byte> bytes)
    {
        if (kind == ContentChecksum.Sha256)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            return SHA256.HashData(bytes, hash);
        }

        var crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        return unchecked((int)~crc);
    }
}

/// <summary>Walks through an order for ever.</summary>
internal struct Walk(int[] order)
{
    private int _at;

    /// <summary>The next number.</summary>
    public int Next()
    {
        _at = _at + 1 < order.Length ? _at + 1 : 0;
        return order[_at];
    }
}
