using Cartridge.Reference;

namespace Cartridge.Format1;

/// <summary>How a container of format 1 is opened.</summary>
public sealed record Format1OpenOptions
{
    /// <summary>The key of encrypted files, 32 bytes as they are (AES-256); null if there is none.</summary>
    public ReadOnlyMemory<byte>? Key { get; init; }

    /// <summary>
    /// Whether to open a container whose catalog is damaged, with those of its entries that are whole. What is wrong is then in
    /// <see cref="Format1File.Findings"/>.
    /// </summary>
    public bool Salvage { get; init; }
}

/// <summary>
/// A container of format 1, for reading (spec/14-format-1.md): all three encodings that were ever written. Nothing in such a file
/// guards a content, so what a reader can promise is that lengths and places fit, and no more.
/// </summary>
public sealed class Format1File : IDisposable
{
    private const int KeyLength = 32;

    private readonly IMedium _medium;
    private readonly ContentReader _content;
    private readonly ReadOnlyMemory<byte> _key;
    private readonly Dictionary<string, Format1Entry> _byPath;

    private Format1File(IMedium medium, Source source, Format1Header header, PackedText catalog, IReadOnlyList<Format1Entry> entries, Judge j, ReadOnlyMemory<byte> key)
    {
        _medium = medium;
        Source = source;
        _content = new ContentReader(source, header.TotalBlocks);
        _key = key;
        Header = header;
        Encoding = catalog.Encoding;
        Entries = entries;
        Findings = j.Findings;
        _byPath = entries.ToDictionary(entry => entry.Path, StringComparer.Ordinal);
    }

    /// <summary>What page 0 says.</summary>
    public Format1Header Header { get; }

    /// <summary>How the catalog is encoded.</summary>
    public Format1Encoding Encoding { get; }

    /// <summary>The entries, in the order of the catalog.</summary>
    public IReadOnlyList<Format1Entry> Entries { get; }

    /// <summary>What is wrong with the catalog.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    internal Source Source { get; }

    /// <summary>Whether a file begins as one of format 1, whatever else may be wrong with it.</summary>
    /// <param name="medium">The file.</param>
    public static bool IsFormat1(IMedium medium)
    {
        Span<byte> head = stackalloc byte[6];
        return medium.Read(0, head) == head.Length && head.SequenceEqual(Format1Header.MagicBytes[..6]);
    }

    /// <summary>Whether a file begins as one of format 1, whatever else may be wrong with it.</summary>
    /// <param name="path">The file; one that is not there is none.</param>
    /// <exception cref="IOException">The system refused.</exception>
    public static bool IsFormat1(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Span<byte> head = stackalloc byte[6];
        return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.SequenceEqual(Format1Header.MagicBytes[..6]);
    }

    /// <summary>Opens a container.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How.</param>
    /// <exception cref="CartridgeException">It is none of format 1, or its catalog is damaged and was not to be salvaged.</exception>
    /// <exception cref="IOException">The system refused.</exception>
    public static Format1File Open(string path, Format1OpenOptions? options = null) => Open(FileMedium.Open(path, readOnly: true), options);

    /// <summary>Opens a container.</summary>
    /// <param name="medium">The file; disposed of with the container, or if it cannot be opened.</param>
    /// <param name="options">How.</param>
    /// <exception cref="CartridgeException">It is none of format 1, or its catalog is damaged and was not to be salvaged.</exception>
    public static Format1File Open(IMedium medium, Format1OpenOptions? options = null) => Open(medium, new Source(medium), options);

    internal static Format1File Open(IMedium medium, Source source, Format1OpenOptions? options)
    {
        try
        {
            var key = options?.Key ?? ReadOnlyMemory<byte>.Empty;
            if (key.Length is not (0 or KeyLength))
            {
                throw new CartridgeException(ErrorCode.BadArgument, $"A key of format 1 has {KeyLength} bytes, not {key.Length}.");
            }

            var j = Judge.OfAll();
            var header = Format1Header.Read(source, j);
            j.ThrowIfError();
            var catalog = PackedText.Read(source, header!.TotalBlocks, Layout.CatalogPage, j);
            var entries = CatalogReader.Read(catalog, j);
            if (options?.Salvage != true)
            {
                j.ThrowIfError();
            }

            return new Format1File(medium, source, header, catalog, entries, j, key);
        }
        catch
        {
            medium.Dispose();
            throw;
        }
    }

    /// <summary>The entry at a path, if there is one.</summary>
    /// <param name="path">The path, exactly as it was passed in once.</param>
    public Format1Entry? Find(string path) => _byPath.GetValueOrDefault(path);

    /// <summary>Reads a content.</summary>
    /// <param name="entry">A file or a link.</param>
    /// <exception cref="CartridgeException">The entry's blocks cannot be its content, or it cannot be decrypted.</exception>
    public byte[] Read(Format1Entry entry)
    {
        using var content = new MemoryStream();
        CopyTo(entry, content);
        return content.ToArray();
    }

    /// <summary>Copies a content.</summary>
    /// <param name="entry">A file or a link.</param>
    /// <param name="target">Takes the content.</param>
    /// <exception cref="CartridgeException">The entry's blocks cannot be its content, or it cannot be decrypted.</exception>
    public void CopyTo(Format1Entry entry, Stream target)
    {
        var j = Judge.OfAll();
        _content.Copy(entry, _key.Span, target, j);
        j.ThrowIfError();
    }

    /// <summary>Opens a content for reading. It has been judged as far as anything is known of it; an encrypted one is decrypted.</summary>
    /// <param name="entry">A file or a link.</param>
    /// <exception cref="CartridgeException">As for <see cref="CopyTo"/>.</exception>
    public Stream OpenRead(Format1Entry entry)
    {
        if (entry.IsEncrypted)
        {
            return new MemoryStream(Read(entry), writable: false);
        }

        if (entry.ContentHash is not null)
        {
            CopyTo(entry, Stream.Null);
        }

        var j = Judge.OfAll();
        _content.Check(entry, j);
        j.ThrowIfError();
        return new BlockStream(Source, entry.Blocks, (long)entry.Size);
    }

    /// <summary>The manifest, if there is one and it can be read.</summary>
    public Format1Manifest? Manifest => (Find(Format1Manifest.Path) ?? Find(Format1Manifest.OldPath)) is { Type: EntryType.File, IsEncrypted: false, Size: <= Format1Manifest.MaxLength } entry
        && TryRead(entry) is { } text ? Format1Manifest.Parse(text) : null;

    /// <inheritdoc/>
    public void Dispose() => _medium.Dispose();

    private byte[]? TryRead(Format1Entry entry)
    {
        try
        {
            return Read(entry);
        }
        catch (CartridgeException)
        {
            return null;
        }
    }
}
