using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Cartridge.Formats.Generated;
using Cartridge.Formats.Walk;
using Kaitai;

namespace Cartridge.Formats.WalkOne;

/// <summary>
/// Walks a container of format 1 with the parser that is generated from <c>formats/cartridge_1.ksy</c>: a second opinion on what it
/// holds, independent of every other reader. It is for containers that are sound, and stops at the first thing that is not.
/// </summary>
public static class FormatOneWalker
{
    private const int PageSize = 4096;
    private const int MaxOverflow = 511;

    /// <summary>Gives what a container holds, whatever its encoding.</summary>
    /// <param name="container">The container's bytes.</param>
    /// <param name="key">The key of encrypted files, or null; without it, their content is left out.</param>
    /// <returns>The projection as JSON, which ends with a line feed.</returns>
    /// <exception cref="WalkException">The container is not sound.</exception>
    public static string Project(byte[] container, byte[]? key = null)
    {
        ArgumentNullException.ThrowIfNull(container);
        Require(container.Length >= 3 * PageSize, "CART-ONE-004", "container.truncated", null, $"{container.Length} bytes");
        Cartridge1 root = Parse(0, () => new Cartridge1(new KaitaiStream(container)));
        List<OneEntry> entries = root.Catalog.Body switch
        {
            Cartridge1.BlobPage { DataLength: 0, OverflowCount: 0 } => [],
            Cartridge1.BlobPage page => OneEntry.FromBlob(Parse(1, () => new Cartridge1.CatalogBlob(new KaitaiStream(DataOf(page, container))))),
            Cartridge1.JsonPage page => OneEntry.FromJson(TextOf(page)),
            _ => throw new WalkException("CART-ONE-010", "page.bad-type", 1, $"the page begins with {root.Catalog.Mark:x2}"),
        };
        entries.Sort((left, right) => left.PathBytes.AsSpan().SequenceCompareTo(right.PathBytes));
        string encoding = root.Catalog.Body is Cartridge1.JsonPage ? "json" : entries.Count == 0 && root.Catalog.Body is Cartridge1.BlobPage { DataLength: 0 } ? "empty" : "blob";
        using StringWriter text = new(CultureInfo.InvariantCulture);
        Write(new JsonText(text), root.Header, encoding, entries, container, key);
        return text.ToString();
    }

    private static void Write(JsonText json, Cartridge1.FileHeader header, string encoding, List<OneEntry> entries, byte[] container, byte[]? key)
    {
        json.BeginObject();
        json.Name("format").Number(1L);
        json.Name("encoding").String(encoding);
        json.Name("totalBlocks").Number(header.TotalBlocks);
        json.Name("freeBlocks").Number(header.FreeBlocks);
        json.Name("fuses").BeginObject();
        json.Name("versioning").Number((long)header.VersioningFuse);
        json.Name("acl").Number((long)header.AclFuse);
        json.Name("encryption").Number((long)header.EncryptionFuse);
        json.EndObject();
        json.Name("entries").BeginArray();
        foreach (OneEntry entry in entries)
        {
            entry.Write(json, entry.Type == 1 ? null : Content(entry, container, key));
        }

        json.EndArray();
        json.EndObject();
        json.EndText();
    }

    /// <summary>The hash of a content; null if it is encrypted and there is no key.</summary>
    private static string? Content(OneEntry entry, byte[] container, byte[]? key)
    {
        bool isEncrypted = entry.Metadata.Contains(KeyValuePair.Create("encrypted", "true"));
        string size = entry.Metadata.Find(pair => pair.Key == "encrypted_size").Value ?? "";
        ulong length = !isEncrypted ? entry.Size
            : ulong.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out ulong stored) ? stored
            : throw new WalkException("CART-ONE-037", "crypto.bad-parameters", 1, $"{entry.Path}: encrypted_size is no number");
        Require(length <= (ulong)entry.Blocks.Count * PageSize, "CART-ONE-033", "content.size-mismatch", 1, entry.Path);
        byte[] bytes = new byte[checked((int)length)];
        for (int at = 0; at < bytes.Length; at += PageSize)
        {
            Page(container, entry.Blocks[at / PageSize]).AsSpan(0, Math.Min(PageSize, bytes.Length - at)).CopyTo(bytes.AsSpan(at));
        }

        return !isEncrypted ? Hash(bytes) : key is null ? null : Hash(Decrypt(bytes, key));
    }

    private static byte[] Decrypt(byte[] stored, byte[] key)
    {
        Cartridge1.EncryptedContent sealedContent = Parse(null, () => new Cartridge1.EncryptedContent(new KaitaiStream(stored)));
        byte[] plain = new byte[sealedContent.Ciphertext.Length];
        using AesGcm cipher = new(key, sealedContent.Tag.Length);
        try
        {
            cipher.Decrypt(sealedContent.Nonce, sealedContent.Ciphertext, sealedContent.Tag, plain);
            return plain;
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new WalkException("CART-ONE-038", "crypto.auth-failed", null, "the tag is not that of the content", e);
        }
    }

    private static byte[] DataOf(Cartridge1.BlobPage page, byte[] container)
    {
        Require(page.OverflowPages.Count <= MaxOverflow, "CART-ONE-011", "limit.exceeded", 1, "too many overflow pages");
        byte[] all = [.. page.Data, .. page.OverflowPages.SelectMany(number => Page(container, number))];
        Require(page.DataLength <= all.Length, "CART-ONE-013", "content.size-mismatch", 1, $"{page.DataLength} bytes");
        return all[..(int)page.DataLength];
    }

    private static byte[] TextOf(Cartridge1.JsonPage page)
    {
        int end = page.Text.AsSpan().IndexOf((byte)0);
        return end < 0 ? page.Text : page.Text[..end];
    }

    private static byte[] Page(byte[] container, ulong number)
    {
        Require(number >= 3 && number < (ulong)(container.Length / PageSize), "CART-ONE-032", "page.out-of-range", 1, $"block {number}");
        return container[((int)number * PageSize)..(((int)number + 1) * PageSize)];
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static void Require(bool condition, string requirement, string code, ulong? page, string message)
    {
        if (!condition)
        {
            throw new WalkException(requirement, code, page, message);
        }
    }

    private static T Parse<T>(ulong? page, Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (ValidationFailedError error) when (Cartridge1Faults.Find(error.SrcPath) is { } fault)
        {
            throw new WalkException(fault.Requirement, fault.Fault, page, $"{fault.Field}, {error.Message}", error);
        }
        catch (Exception error) when (error is KaitaiStructError or JsonException or OverflowException)
        {
            throw new WalkException("CART-ONE-026", "catalog.bad-record", page, error.Message, error);
        }
    }
}
