using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Cartridge.Formats.Generated;
using static Cartridge.Formats.Walk.Check;

namespace Cartridge.Formats.Walk;

/// <summary>Reads the bytes behind blob references, one blob at a time into one buffer: no blob is longer than 256 KiB.</summary>
internal sealed class BlobReader(StateReach reach)
{
    internal const uint MaxLength = 262144;

    private readonly byte[] _buffer = new byte[MaxLength];

    /// <summary>Claims the pages of a blob without reading them.</summary>
    /// <param name="blob">The reference.</param>
    /// <param name="limit">The greatest length, at most <see cref="MaxLength"/>.</param>
    /// <param name="holder">The page that holds the reference.</param>
    /// <param name="owner">What the pages are there for.</param>
    internal void Claim(Cartridge3.BlobReference blob, uint limit, Holder holder, PageOwner owner)
    {
        Require(blob.LogicalLength <= limit, "CART-BLB-004", "content.size-mismatch", holder.Page,
            $"'{owner}' has {blob.LogicalLength} bytes, {limit} at most are allowed");
        bool isPlain = blob.Codec == Cartridge3.Codec.None;
        Require(isPlain || owner.Use == PageUse.Chunk, "CART-BLB-012", "page.out-of-range", holder.Page,
            $"'{owner}' has codec {blob.Codec} and is no content");
        Require(!isPlain || blob.StoredLength == blob.LogicalLength, "CART-BLB-005", "content.size-mismatch", holder.Page,
            $"{blob.StoredLength} bytes are stored for {blob.LogicalLength} without a codec");
        Require(isPlain || blob.StoredLength < blob.LogicalLength, "CART-BLB-013", "content.size-mismatch", holder.Page,
            $"{blob.StoredLength} bytes are stored for {blob.LogicalLength} with codec {blob.Codec}");
        ulong pages = 0;
        foreach (Cartridge3.BlobRun run in blob.Runs)
        {
            Require(reach.Holds(run.Page, run.Pages), "CART-BLB-006", "page.out-of-range", holder.Page,
                $"there are no {run.Pages} pages from {run.Page} on");
            pages += run.Pages;
        }

        ulong needed = ((ulong)blob.StoredLength + ContainerFile.PageSize - 1) / ContainerFile.PageSize;
        Require(pages == needed, "CART-BLB-007", "content.size-mismatch", holder.Page,
            $"{blob.StoredLength} bytes are stored in {pages} pages");
        Require(blob.Birth <= holder.Birth, "CART-BLB-008", "page.out-of-range", holder.Page,
            $"'{owner}' is said to be born in {blob.Birth}, after {holder.Birth}");
        foreach (Cartridge3.BlobRun run in blob.Runs)
        {
            reach.Claim(run.Page, run.Pages, owner);
        }
    }

    /// <summary>Claims the pages of a blob and reads them. Parameters as for <see cref="Claim"/>.</summary>
    /// <returns>The bytes as they are stored, until the next blob is read.</returns>
    internal ReadOnlySpan<byte> Read(Cartridge3.BlobReference blob, uint limit, Holder holder, PageOwner owner)
    {
        // The map and long values have SHA-256 whatever the container chose for its chunks.
        bool hasCrc = reach.Identity.HasCrc && owner.Use == PageUse.Chunk;
        ReadOnlySpan<byte> tail = blob.Checksum.AsSpan(sizeof(uint));
        Claim(blob, limit, holder, owner);
        Require(!hasCrc || IsZero(tail), "CART-BLB-009", "page.reserved-nonzero", holder.Page,
            $"a CRC-32C is followed by more than zeros");

        int filled = 0;
        foreach (Cartridge3.BlobRun run in blob.Runs)
        {
            int length = run.Pages * ContainerFile.PageSize;
            reach.File.ReadPages(run.Page, _buffer.AsSpan(filled, length));
            filled += length;
        }

        ReadOnlySpan<byte> stored = _buffer.AsSpan(0, (int)blob.StoredLength);
        bool isIntact = hasCrc
            ? Crc32C(stored) == BinaryPrimitives.ReadUInt32LittleEndian(blob.Checksum)
            : SHA256.HashData(stored).AsSpan().SequenceEqual(blob.Checksum);
        ulong first = blob.Runs[0].Page;
        Require(isIntact, "CART-BLB-010", "content.checksum-mismatch", first,
            $"the bytes of '{owner}' are not those that the reference vouches for");
        Require(IsZero(_buffer.AsSpan(stored.Length, filled - stored.Length)), "CART-BLB-011", "page.reserved-nonzero", first,
            $"'{owner}' is followed by more than zeros");
        return stored;
    }

    /// <summary>CRC-32C with the customary inversions before and after.</summary>
    private static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
        {
            // The instruction takes the first byte from the lowest bits.
            crc = BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        }

        foreach (byte one in bytes[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        return ~crc;
    }
}
