using System.Security.Cryptography;
using Cartridge.Formats.Generated;
using Cartridge.Formats.Walk;
using Kaitai;
using static Cartridge.Formats.Walk.Check;

namespace Cartridge.Formats.WalkOne;

/// <summary>Contents: whether their blocks can be what their lengths say, and what their bytes are.</summary>
internal static class OneContent
{
    private const ulong Overhead = 28;
    private const ulong MaxEncrypted = 1UL << 30;

    /// <summary>Holds an entry's lengths and blocks against each other, before anything is read.</summary>
    internal static void Verify(OneFile file, OneEntry entry)
    {
        Require(!entry.IsDirectory || entry is { Size: 0, Blocks.Count: 0 }, "CART-ONE-031", "catalog.bad-record", 1, $"a directory with content: {entry.Path}");
        Require(entry.Blocks.All(file.Holds), "CART-ONE-032", "page.out-of-range", 1, $"a block that is none: {entry.Path}");
        bool isSealed = !entry.IsEncrypted || (entry.StoredLength >= Overhead && entry.StoredLength - Overhead == entry.Size);
        Require(entry.IsDirectory || isSealed, "CART-ONE-037", "crypto.bad-parameters", 1, $"encrypted_size is not 28 more than the size: {entry.Path}");
        ulong needed = entry.IsDirectory ? 0 : PagesOf(entry.StoredLength ?? 0);
        Require((ulong)entry.Blocks.Count >= needed, "CART-ONE-033", "content.size-mismatch", 1, $"{entry.Blocks.Count} of {needed} blocks: {entry.Path}");
        Require((ulong)entry.Blocks.Count <= needed, "CART-ONE-034", "content.size-mismatch", 1, $"{entry.Blocks.Count} blocks for {needed}: {entry.Path}");
    }

    /// <summary>
    /// The SHA-256 of a content in hexadecimal digits. Null for a directory, and for what is encrypted if there is no key or it is too much
    /// to decrypt at once (CART-ONE-104).
    /// </summary>
    internal static string? Hash(OneFile file, OneEntry entry, byte[]? key)
    {
        if (entry.IsDirectory || (entry.IsEncrypted && (key is null || entry.StoredLength > MaxEncrypted)))
        {
            return null;
        }

        byte[] hash = entry.IsEncrypted ? SHA256.HashData(Decrypt(file, entry, key!)) : HashPages(file, entry);
        bool isRight = entry.ContentHash is null || hash.AsSpan().SequenceEqual(entry.ContentHash);
        Require(isRight, "CART-ONE-036", "content.checksum-mismatch", 1, $"the content has another hash than is recorded: {entry.Path}");
        return Convert.ToHexStringLower(hash);
    }

    private static byte[] HashPages(OneFile file, OneEntry entry)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ulong left = entry.Size;
        foreach (ulong block in entry.Blocks)
        {
            int length = (int)Math.Min(left, OneFile.PageSize);
            hash.AppendData(file.Page(block)[..length]);
            left -= (ulong)length;
        }

        return hash.GetHashAndReset();
    }

    private static byte[] Decrypt(OneFile file, OneEntry entry, byte[] key)
    {
        using MemoryStream stored = new();
        foreach (ulong block in entry.Blocks)
        {
            stored.Write(file.Page(block));
        }

        stored.SetLength((long)entry.StoredLength!.Value);
        stored.Position = 0;
        Cartridge1.EncryptedContent parts = OneFile.Parse(1, "CART-ONE-037", "crypto.bad-parameters", () => new Cartridge1.EncryptedContent(new KaitaiStream(stored)));
        byte[] plain = new byte[parts.Ciphertext.Length];
        using AesGcm cipher = new(key, parts.Tag.Length);
        try
        {
            cipher.Decrypt(parts.Nonce, parts.Ciphertext, parts.Tag, plain);
            return plain;
        }
        catch (AuthenticationTagMismatchException error)
        {
            throw new WalkException("CART-ONE-038", "crypto.auth-failed", entry.Blocks[0], "the tag is not that of the content", error);
        }
    }

    private static ulong PagesOf(ulong length) => (length / OneFile.PageSize) + (length % OneFile.PageSize == 0 ? 0UL : 1UL);
}
