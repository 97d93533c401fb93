using System.Security.Cryptography;

namespace Cartridge.Reference;

/// <summary>
/// XAES-256-GCM (C2SP): AES-256-GCM under a subkey derived from the key and the first half of a nonce of 24 bytes, so long
/// that nonces are drawn at random and never counted. Safe for several threads.
/// </summary>
/// <remarks>
/// With <c>L</c> = AES(key, 0) and <c>K1</c> = <c>L</c> doubled in GF(2^128), the subkey is AES(key, M1 xor K1) followed by
/// AES(key, M2 xor K1), where Mi = 00 0i 58 00 and the nonce's first 12 bytes: the counter-mode key derivation of NIST
/// SP 800-108 over CMAC. What depends on the key alone is computed once.
/// </remarks>
internal sealed class XaesGcm : IDisposable
{
    public const int KeyLength = 32;
    public const int NonceLength = 24;
    public const int TagLength = 16;

    /// <summary>Bytes that stand beside a ciphertext: nonce and tag.</summary>
    public const int SealLength = NonceLength + TagLength;

    private const int Block = 16;
    private const int HalfNonce = 12;

    private readonly Lock _gate = new();
    private readonly Aes _aes;
    private readonly ICryptoTransform _blocks;
    private readonly byte[] _k1 = new byte[Block];
    private readonly byte[] _messages = new byte[2 * Block];
    private readonly byte[] _derived = GC.AllocateArray<byte>(2 * Block, pinned: true);

    /// <summary>Takes a key.</summary>
    /// <param name="key">32 bytes; copied by the system's library, and given up by <see cref="Dispose"/>.</param>
    public XaesGcm(ReadOnlySpan<byte> key)
    {
        _aes = Aes.Create();
        _aes.Mode = CipherMode.ECB; // Of single blocks that never repeat: the derivation's pseudorandom function, not a mode for data.
        _aes.Padding = PaddingMode.None;
        _aes.SetKey(key);
        _blocks = _aes.CreateEncryptor();
        _blocks.TransformBlock(_k1, 0, Block, _k1, 0);
        Double(_k1);
    }

    /// <summary>Encrypts.</summary>
    /// <param name="nonce">24 bytes that were never used with this key.</param>
    /// <param name="plaintext">What is encrypted.</param>
    /// <param name="ciphertext">As long as the plaintext.</param>
    /// <param name="tag">16 bytes.</param>
    /// <param name="associated">What is authenticated with it.</param>
    public void Encrypt(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext, Span<byte> tag, ReadOnlySpan<byte> associated)
    {
        using var gcm = Derive(nonce);
        gcm.Encrypt(nonce[HalfNonce..], plaintext, ciphertext, tag, associated);
    }

    /// <summary>Decrypts.</summary>
    /// <returns>Whether the tag is right; if not, the plaintext is all zero.</returns>
    public bool TryDecrypt(
        ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, Span<byte> plaintext, ReadOnlySpan<byte> associated)
    {
        using var gcm = Derive(nonce);
        try
        {
            gcm.Decrypt(nonce[HalfNonce..], ciphertext, tag, plaintext, associated);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            plaintext.Clear();
            return false;
        }
    }

    /// <summary>Derives the key for one nonce.</summary>
    /// <param name="nonce">24 bytes, of which the first 12 count.</param>
    /// <param name="subkey">32 bytes.</param>
    public void DeriveKey(ReadOnlySpan<byte> nonce, Span<byte> subkey)
    {
        lock (_gate)
        {
            for (var i = 0; i < 2; i++)
            {
                var message = _messages.AsSpan(i * Block, Block);
                message[0] = 0;
                message[1] = (byte)(i + 1);
                message[2] = (byte)'X';
                message[3] = 0;
                nonce[..HalfNonce].CopyTo(message[4..]);
                for (var j = 0; j < Block; j++)
                {
                    message[j] ^= _k1[j];
                }
            }

            _blocks.TransformBlock(_messages, 0, 2 * Block, _derived, 0);
            _derived.CopyTo(subkey);
            CryptographicOperations.ZeroMemory(_derived);
        }
    }

    /// <summary>Forgets the key.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            CryptographicOperations.ZeroMemory(_k1);
            CryptographicOperations.ZeroMemory(_messages);
            _blocks.Dispose();
            _aes.Dispose();
        }
    }

    private AesGcm Derive(ReadOnlySpan<byte> nonce)
    {
        Span<byte> subkey = stackalloc byte[KeyLength];
        DeriveKey(nonce, subkey);
        var gcm = new AesGcm(subkey, TagLength);
        CryptographicOperations.ZeroMemory(subkey);
        return gcm;
    }

    /// <summary>Multiplies by x in GF(2^128), the most significant bit first, as CMAC does.</summary>
    private static void Double(Span<byte> block)
    {
        var carry = 0;
        for (var i = Block - 1; i >= 0; i--)
        {
            var shifted = (block[i] << 1) | carry;
            carry = shifted >> 8;
            block[i] = unchecked((byte)shifted);
        }

        block[Block - 1] ^= (byte)(carry * 0x87);
    }
}
