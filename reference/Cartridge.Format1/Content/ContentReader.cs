using System.Security.Cryptography;
using Cartridge.Reference;

namespace Cartridge.Format1;

/// <summary>Reads contents: raw pages in the order of their list, decrypted as a whole where they are encrypted.</summary>
/// <param name="source">The file.</param>
/// <param name="totalBlocks">How many blocks the container counts on.</param>
internal sealed class ContentReader(Source source, ulong totalBlocks)
{
    public const int NonceLength = 12;
    public const int TagLength = 16;
    private const int MaxPortion = 64;

    /// <summary>What encryption adds to a content.</summary>
    public const int Overhead = NonceLength + TagLength;

    /// <summary>Whether an entry's blocks can be the content that it claims. Lengths are judged before anything is read.</summary>
    public bool Check(Format1Entry entry, Judge j)
    {
        var place = new Place(Layout.CatalogPage, null, entry.Path);
        var stored = entry.StoredLength;
        if (!(j.Skips(OneEntryRule.EncryptedSize) || !entry.IsEncrypted || (stored >= Overhead && stored - Overhead == entry.Size)
            || j.Fault(OneEntryRule.EncryptedSize, place, $"an encrypted file of {entry.Size} bytes takes {Overhead} more; its encrypted_size does not say that")))
        {
            return false;
        }

        // Whether or not the rule is switched off, a page that is not there cannot be read.
        var wrong = entry.Blocks.Where(block => block < Layout.FixedPages || block >= totalBlocks || !source.Holds(block)).Take(1).ToList();
        if (wrong.Count > 0 && (j.Skips(OneEntryRule.BlockRange)
            || !j.Fault(OneEntryRule.BlockRange, Place.Of(wrong[0], entry.Path), $"block {wrong[0]} is none of the {totalBlocks} blocks behind page 2, or not in the file")))
        {
            return false;
        }

        var needed = Pages(stored ?? entry.Size);
        var has = (ulong)entry.Blocks.Count;
        return (j.Skips(OneEntryRule.TooFewBlocks) || has >= needed
            || j.Fault(OneEntryRule.TooFewBlocks, place, $"{stored} bytes need {needed} blocks; {has} are listed"))
            && has >= needed;
    }

    /// <summary>Copies a content.</summary>
    /// <param name="entry">A file or a link.</param>
    /// <param name="key">The key of encrypted files, 32 bytes, if there is one.</param>
    /// <param name="target">Takes the content; of what turns out damaged it may have got a part, never of what is encrypted.</param>
    /// <param name="j">Told of what is wrong.</param>
    /// <returns>Whether the content is whole.</returns>
    public bool Copy(Format1Entry entry, ReadOnlySpan<byte> key, Stream target, Judge j)
    {
        if (!Check(entry, j) || !(entry.IsEncrypted ? entry.StoredLength : entry.Size).HasValue)
        {
            return false;
        }

        using var hash = entry.ContentHash is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (entry.IsEncrypted)
        {
            if (Decrypt(entry, key, j) is not { } plain)
            {
                return false;
            }

            hash?.AppendData(plain);
            target.Write(plain);
        }
        else
        {
            CopyPages(entry.Blocks, (long)entry.Size, target, hash);
        }

        return hash is null || j.Skips(OneEntryRule.ContentHash) || hash.GetHashAndReset().AsSpan().SequenceEqual([.. entry.ContentHash!])
            || j.Fault(OneEntryRule.ContentHash, new(Layout.CatalogPage, null, entry.Path), "the content does not have the hash that the catalog records");
    }

    private byte[]? Decrypt(Format1Entry entry, ReadOnlySpan<byte> key, Judge j)
    {
        var length = (long)entry.StoredLength!.Value;
        if (length > Layout.MaxEncrypted)
        {
            throw new CartridgeException(ErrorCode.LimitExceeded, $"{Judge.Brief(entry.Path)} has {length} encrypted bytes; at most {Layout.MaxEncrypted} are decrypted.");
        }

        if (key.IsEmpty)
        {
            throw new CartridgeException(ErrorCode.MissingKey, $"{Judge.Brief(entry.Path)} is encrypted; a key is needed.");
        }

        using var stored = new MemoryStream((int)length);
        CopyPages(entry.Blocks, length, stored, null);
        var bytes = stored.GetBuffer().AsSpan(0, (int)length);
        var plain = new byte[length - Overhead];
        try
        {
            using var cipher = new AesGcm(key, TagLength);
            cipher.Decrypt(bytes[..NonceLength], bytes[NonceLength..^TagLength], bytes[^TagLength..], plain);
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            _ = j.Skips(OneEntryRule.Authentic)
                || j.Fault(OneEntryRule.Authentic, Place.Of(entry.Blocks[0], entry.Path), "the content was not encrypted with this key, or has been changed since");
            return null;
        }
    }

    /// <summary>Neighbouring pages are read together.</summary>
    private void CopyPages(IReadOnlyList<ulong> blocks, long length, Stream target, IncrementalHash? hash)
    {
        var buffer = new byte[Layout.PageSize * Math.Min(MaxPortion, Math.Max(1, blocks.Count))];
        for (var i = 0; length > 0;)
        {
            var run = 1;
            while (run < MaxPortion && i + run < blocks.Count && blocks[i + run] == blocks[i] + (ulong)run)
            {
                run++;
            }

            var portion = buffer.AsSpan(0, (int)Math.Min(length, (long)run * Layout.PageSize));
            if (!source.ReadAt(blocks[i], portion))
            {
                throw new CartridgeException(ErrorCode.Truncated, $"the file ends within block {blocks[i]} or behind it");
            }

            target.Write(portion);
            hash?.AppendData(portion);
            length -= portion.Length;
            i += run;
        }
    }

    /// <summary>How many pages a content takes.</summary>
    public static ulong Pages(ulong length) => (length / Layout.PageSize) + (length % Layout.PageSize == 0 ? 0UL : 1UL);
}
