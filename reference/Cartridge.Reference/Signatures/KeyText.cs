using System.Security.Cryptography;

namespace Cartridge.Reference;

/// <summary>
/// Key files: PEM (RFC 7468) around the one DER encoding that RFC 8410 gives an Ed25519 key, so that other programs read them
/// too. All but the key's 32 bytes is the same in every such file, and nothing else is accepted.
/// </summary>
internal static class KeyText
{
    public const string PrivateLabel = "PRIVATE KEY";
    public const string PublicLabel = "PUBLIC KEY";

    /// <summary>Longer than any such text; nobody needs to read more of a file.</summary>
    public const int MaxLength = 1024;

    /// <summary>PrivateKeyInfo, version 0, of the algorithm 1.3.101.112, up to the key.</summary>
    public static ReadOnlySpan<byte> PrivateStart =>
        [0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

    /// <summary>SubjectPublicKeyInfo of the same, up to the key.</summary>
    public static ReadOnlySpan<byte> PublicStart =>
        [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00];

    /// <summary>Takes a key out of its text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="label">The label that it must have.</param>
    /// <param name="start">The bytes before the key.</param>
    /// <param name="key">Where the key goes.</param>
    /// <returns>Whether it is such a text.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, string label, ReadOnlySpan<byte> start, Span<byte> key)
    {
        if (text.Length > MaxLength || !PemEncoding.TryFind(text, out var pem) || !text[pem.Label].SequenceEqual(label) || pem.DecodedDataLength != start.Length + key.Length)
        {
            return false;
        }

        Span<byte> der = stackalloc byte[start.Length + key.Length];
        try
        {
            if (!Convert.TryFromBase64Chars(text[pem.Base64Data], der, out var length) || length != der.Length || !der.StartsWith(start))
            {
                return false;
            }

            der[start.Length..].CopyTo(key);
            return true;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(der);
        }
    }

    /// <summary>The text of a key; mirrors <see cref="TryRead"/>.</summary>
    public static char[] Write(string label, ReadOnlySpan<byte> start, ReadOnlySpan<byte> key)
    {
        Span<byte> der = stackalloc byte[start.Length + key.Length];
        try
        {
            start.CopyTo(der);
            key.CopyTo(der[start.Length..]);
            var pem = PemEncoding.Write(label, der);
            char[] text = [.. pem, '\n'];
            pem.AsSpan().Clear();
            return text;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(der);
        }
    }
}
