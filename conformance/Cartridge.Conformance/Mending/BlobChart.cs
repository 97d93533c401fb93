using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Cartridge.Conformance.Mending;

/// <summary>A blob reference and the pages that it leads to.</summary>
internal sealed class BlobChart
{
    private const byte Crc32C = 2;

    private readonly Spot _reference;
    private readonly bool _crc;

    public BlobChart(byte[] bytes, Spot reference, bool followsContainer)
    {
        _reference = reference;
        _crc = followsContainer && Spot.Of(Layouts.Identity, "content checksum", 0).Number(bytes) == Crc32C;
        Stored = (int)this["stored length"].Number(bytes);
        int runs = (int)this["run count"].Number(bytes);
        for (int i = 0; i < runs; i++)
        {
            long first = (long)RunSpot(i, "page").Number(bytes);
            Pages.AddRange(Enumerable.Range(0, (int)RunSpot(i, "pages").Number(bytes)).Select(next => first + next));
        }
    }

    /// <summary>The bytes stored.</summary>
    public int Stored { get; }

    /// <summary>The pages that hold them, in order.</summary>
    public List<long> Pages { get; } = [];

    /// <summary>The reference's own bytes, with its runs.</summary>
    public Spot Whole => _reference;

    public Spot this[string field] => _reference.Inner(Layouts.BlobReference, field);

    public Spot RunSpot(int index, string field) =>
        _reference.Slice(Layouts.BlobReference.Length + (index * Layouts.Run.Length), Layouts.Run.Length).Inner(Layouts.Run, field);

    /// <summary>The stored bytes and the padding after them.</summary>
    public byte[] PageBytes(byte[] bytes) =>
        [.. Pages.SelectMany(page => bytes.AsSpan((int)page * Spot.PageSize, Spot.PageSize).ToArray())];

    /// <summary>The checksum that the stored bytes have now.</summary>
    public byte[] Checksum(byte[] bytes) => ChecksumOf(PageBytes(bytes).AsSpan(0, Stored), _crc);

    private static byte[] ChecksumOf(ReadOnlySpan<byte> stored, bool crc)
    {
        if (!crc)
        {
            return SHA256.HashData(stored);
        }

        uint sum = uint.MaxValue;
        foreach (byte b in stored)
        {
            sum = BitOperations.Crc32C(sum, b);
        }

        byte[] checksum = new byte[SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, ~sum);
        return checksum;
    }
}
