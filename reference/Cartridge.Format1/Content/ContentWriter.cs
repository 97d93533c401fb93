using System.Globalization;
using System.Security.Cryptography;
using Cartridge.Reference;

namespace Cartridge.Format1;

/// <summary>Writes contents into the pages that were given out for them; <see cref="ContentReader"/> is the way back.</summary>
/// <param name="medium">The file.</param>
internal sealed class ContentWriter(IMedium medium)
{
    private const int MaxPortion = 64;

    /// <summary>Writes a content; the last page is filled up with zeros.</summary>
    /// <param name="content">The content, from where it stands.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="blocks">The pages, in order: exactly as many as it takes.</param>
    /// <param name="onPortion">Told how many bytes were written.</param>
    /// <exception cref="CartridgeException"><c>content.size-mismatch</c>: the stream does not have that length.</exception>
    public void Write(Stream content, long length, ulong[] blocks, Action<int>? onPortion)
    {
        var buffer = new byte[Layout.PageSize * Math.Clamp(blocks.Length, 1, MaxPortion)];
        for (var i = 0; i < blocks.Length;)
        {
            var run = 1;
            while (run < MaxPortion && i + run < blocks.Length && blocks[i + run] == blocks[i] + (ulong)run)
            {
                run++;
            }

            var portion = buffer.AsSpan(0, run * Layout.PageSize);
            var count = (int)Math.Min(length, portion.Length);
            if (content.ReadAtLeast(portion[..count], count, throwOnEndOfStream: false) < count)
            {
                throw OtherLength();
            }

            portion[count..].Clear();
            medium.Write((long)blocks[i] * Layout.PageSize, portion);
            onPortion?.Invoke(count);
            length -= count;
            i += run;
        }

        if (length > 0 || content.ReadByte() >= 0)
        {
            throw OtherLength();
        }
    }

    /// <summary>Encrypts a content as format 1 does: nonce, ciphertext and tag, over all of it (section 14.7).</summary>
    /// <param name="plain">The content.</param>
    /// <param name="key">The key, 32 bytes.</param>
    /// <param name="nonce">The nonce, 12 bytes; never twice for one key.</param>
    public static byte[] Encrypt(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce)
    {
        var stored = new byte[plain.Length + ContentReader.Overhead];
        nonce.CopyTo(stored);
        using var cipher = new AesGcm(key, ContentReader.TagLength);
        var sealedText = stored.AsSpan(ContentReader.NonceLength);
        cipher.Encrypt(nonce, plain, sealedText[..plain.Length], sealedText[plain.Length..]);
        return stored;
    }

    /// <summary>User metadata with the two names by which an entry says that it is encrypted.</summary>
    public static Dictionary<string, string> Marked(IReadOnlyDictionary<string, string> metadata, long storedLength) => new(metadata, StringComparer.Ordinal)
    {
        [Format1Entry.EncryptedName] = "true",
        [Format1Entry.EncryptedSizeName] = storedLength.ToString(CultureInfo.InvariantCulture),
    };

    private static CartridgeException OtherLength() => new(ErrorCode.ContentSizeMismatch, "A content is not as long as it was said to be.");
}
