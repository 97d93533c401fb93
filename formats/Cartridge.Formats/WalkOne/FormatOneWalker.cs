using System.Globalization;
using System.Text;
using Cartridge.Formats.Generated;
using Cartridge.Formats.Walk;
using Kaitai;
using static Cartridge.Formats.Walk.Check;

namespace Cartridge.Formats.WalkOne;

/// <summary>
/// Walks a container of format 1 with the parser that is generated from <c>formats/cartridge_1.ksy</c>, and checks what no description can
/// say: a second opinion on what a container holds and whether it is valid, independent of every other reader. It stops at the first fault
/// and is silent about what is only a note. For containers that fit into memory.
/// </summary>
public static class FormatOneWalker
{
    private const int KeyLength = 32;

    /// <summary>How many bytes tell whether a file is of format 1.</summary>
    public const int BeginningLength = 6;

    private static ReadOnlySpan<byte> Beginning => [0x43, 0x41, 0x52, 0x54, 0x00, 0x01];

    /// <summary>Tells whether a file begins as one of format 1, whatever else may be wrong with it.</summary>
    /// <param name="container">The file's bytes, or the first of them.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsFormatOne(ReadOnlySpan<byte> container) => container.StartsWith(Beginning);

    /// <summary>Gives what a container holds, whatever its encoding.</summary>
    /// <param name="container">The container's bytes.</param>
    /// <param name="key">The key of encrypted files, 32 bytes, or null; without it, their content is left out and nothing is said of it.</param>
    /// <param name="until">
    /// How far to go: <see cref="WalkPhase.Open"/> gives no entries, and before <see cref="WalkPhase.Verify"/> no content is looked at.
    /// </param>
    /// <returns>The projection as JSON, which ends with a line feed.</returns>
    /// <exception cref="WalkException">The container is not valid.</exception>
    /// <exception cref="ArgumentException">The key does not have 32 bytes.</exception>
    public static string Project(byte[] container, byte[]? key = null, WalkPhase until = WalkPhase.Verify)
    {
        ArgumentNullException.ThrowIfNull(container);
        if (key is not null and not { Length: KeyLength })
        {
            throw new ArgumentException($"A key has {KeyLength} bytes.", nameof(key));
        }

        OneFile file = OneFile.Open(container);
        OneEncoding encoding = OnePacked.EncodingOf(file, 1);
        if (until == WalkPhase.Open)
        {
            return Describe(file, encoding, [], _ => null);
        }

        OnePacked catalog = OnePacked.Read(file, 1);
        IReadOnlyList<OneEntry> entries = Entries(catalog);
        if (until == WalkPhase.Access)
        {
            return Describe(file, encoding, entries, _ => null);
        }

        file.VerifyHeader();
        foreach (OneEntry entry in entries)
        {
            OneContent.Verify(file, entry);
        }

        // Contents are read once each block is known to have one owner: then all of them together are no longer than the file.
        OneSpace.Verify(file, catalog, OnePacked.Read(file, 2), entries);
        return Describe(file, encoding, entries, entry => OneContent.Hash(file, entry, key));
    }

    private static IReadOnlyList<OneEntry> Entries(OnePacked catalog)
    {
        IReadOnlyList<OneEntry> entries = catalog.Encoding switch
        {
            OneEncoding.Json => OneTree.Read(catalog.Data),
            OneEncoding.Blob => OneEntry.FromBlob(OneFile.Parse(1, "CART-ONE-026", "catalog.bad-record", () => new Cartridge1.CatalogBlob(new KaitaiStream(catalog.Data)))),
            _ => [],
        };
        HashSet<string> paths = new(StringComparer.Ordinal);
        byte[] last = [];
        foreach (OneEntry entry in entries)
        {
            byte[] path = Encoding.UTF8.GetBytes(entry.Path);
            Require(last.AsSpan().SequenceCompareTo(path) <= 0, "CART-ONE-027", "tree.unsorted", 1, $"behind a greater one: {entry.Path}");
            Require(paths.Add(entry.Path), "CART-ONE-028", "tree.duplicate-key", 1, $"twice: {entry.Path}");
            last = path;
        }

        return entries;
    }

    private static string Describe(OneFile file, OneEncoding encoding, IReadOnlyList<OneEntry> entries, Func<OneEntry, string?> hash)
    {
        using StringWriter text = new(CultureInfo.InvariantCulture);
        JsonText json = new(text);
        json.BeginObject();
        json.Name("format").Number(1L);
        json.Name("encoding").String(encoding.ToString().ToLowerInvariant());
        json.Name("totalBlocks").Number(file.Header.TotalBlocks);
        json.Name("freeBlocks").Number(file.Header.FreeBlocks);
        json.Name("fuses").BeginObject();
        json.Name("versioning").Number((long)file.Header.VersioningFuse);
        json.Name("acl").Number((long)file.Header.AclFuse);
        json.Name("encryption").Number((long)file.Header.EncryptionFuse);
        json.EndObject();
        json.Name("entries").BeginArray();
        foreach (OneEntry entry in entries)
        {
            entry.Write(json, hash(entry));
        }

        json.EndArray();
        json.EndObject();
        json.EndText();
        return text.ToString();
    }
}
