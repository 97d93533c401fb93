using System.Buffers.Binary;
using System.Security.Cryptography;
using Cartridge.Formats.Generated;

namespace Cartridge.Formats.Walk;

/// <summary>What decrypts the contents of a container.</summary>
/// <param name="containerId">The container id.</param>
/// <param name="contentKey">The content key.</param>
internal sealed class ContainerKeys(byte[] containerId, byte[] contentKey)
{
    private const int BlockLength = 16;
    private const int HalfNonce = 12;

    /// <summary>Decrypts what was encrypted for a place.</summary>
    /// <returns>Whether it was.</returns>
    internal bool TryDecrypt(Cartridge3.Seal seal, in ContentPlace place, ReadOnlySpan<byte> ciphertext, Span<byte> plain)
    {
        byte[] associated = new byte[45];
        containerId.CopyTo(associated, 0);
        BinaryPrimitives.WriteUInt64LittleEndian(associated.AsSpan(16), place.FileId);
        BinaryPrimitives.WriteUInt64LittleEndian(associated.AsSpan(24), place.ChunkNumber);
        BinaryPrimitives.WriteUInt64LittleEndian(associated.AsSpan(32), place.Birth);
        BinaryPrimitives.WriteUInt32LittleEndian(associated.AsSpan(40), place.LogicalLength);
        associated[44] = place.Codec;
        return RecordProof.TryDecrypt(Subkey(seal.Nonce), seal.Nonce.AsSpan(HalfNonce), ciphertext, seal.Tag, plain, associated);
    }

    /// <summary>XAES-256-GCM's way from the first half of a nonce to a key.</summary>
    private byte[] Subkey(byte[] nonce)
    {
        using Aes aes = Aes.Create();
        aes.Key = contentKey;
        byte[] mask = aes.EncryptEcb(new byte[BlockLength], PaddingMode.None);
        UInt128 doubled = BinaryPrimitives.ReadUInt128BigEndian(mask);
        BinaryPrimitives.WriteUInt128BigEndian(mask, (doubled << 1) ^ (doubled >> 127 == 0 ? 0 : (UInt128)0x87));
        byte[] blocks = [0, 1, 0x58, 0, .. nonce.AsSpan(0, HalfNonce), 0, 2, 0x58, 0, .. nonce.AsSpan(0, HalfNonce)];
        for (int i = 0; i < blocks.Length; i++)
        {
            blocks[i] ^= mask[i % BlockLength];
        }

        return aes.EncryptEcb(blocks, PaddingMode.None);
    }
}

/// <summary>Where a ciphertext belongs.</summary>
/// <param name="FileId">Whose content it is.</param>
/// <param name="ChunkNumber">Which chunk; 2^64 - 1 for inline content.</param>
/// <param name="Birth">The birth of the blob; 0 for inline content.</param>
/// <param name="LogicalLength">The length of the content.</param>
/// <param name="Codec">How it is encoded beneath the encryption.</param>
internal readonly record struct ContentPlace(ulong FileId, ulong ChunkNumber, ulong Birth, uint LogicalLength, byte Codec);
