using System.Security.Cryptography;
using Cartridge.Reference;

namespace Cartridge.Format1;

/// <summary>
/// Writes containers of format 1 as version 0.2.7 writes them (spec/14-format-1.md, section 14.12): the same operations give the same
/// bytes, but for the order of user metadata and for the overflow pages of the allocator, which that version forgets to mark. Contents
/// are written at once, everything else by <see cref="Flush"/>. The format has no commits: what a writer that dies leaves behind is
/// broken, so new containers should be written under another name.
/// </summary>
public sealed class Format1Writer
{
    private readonly IMedium _medium;
    private readonly ContentWriter _content;
    private readonly BlockMap _map = new();
    private readonly SortedDictionary<string, Format1Entry> _entries = new(BlobCatalog.ByBytes);
    private ulong[] _catalogOverflow = [];
    private ulong[] _allocatorOverflow = [];
    private bool _isPoisoned;

    /// <summary>Begins a container.</summary>
    /// <param name="medium">An empty file; not disposed of.</param>
    public Format1Writer(IMedium medium)
    {
        ArgumentNullException.ThrowIfNull(medium);
        _medium = medium;
        _content = new ContentWriter(medium);
    }

    /// <summary>The fuses; none unless they are set.</summary>
    public Format1Fuses Fuses { get; set; }

    /// <summary>Told of each portion of content that was written, in bytes.</summary>
    public Action<int>? OnPortion { get; set; }

    /// <summary>Where nonces for encrypted contents come from; 12 bytes each, never one twice (CART-ONE-118). Default: the system's random
    /// numbers.</summary>
    public Func<byte[]> Nonces { get; init; } = () => RandomNumberGenerator.GetBytes(ContentReader.NonceLength);

    /// <summary>The entries, sorted by the bytes of their paths.</summary>
    public IReadOnlyCollection<Format1Entry> Entries => _entries.Values;

    internal BlockMap Map => _map;

    /// <summary>The entry at a path, if there is one.</summary>
    /// <param name="path">The path, exactly.</param>
    public Format1Entry? Find(string path) => _entries.GetValueOrDefault(path);

    /// <summary>Makes a directory; the directories above it need not be there.</summary>
    /// <param name="entry">Its path and what is recorded of it.</param>
    /// <exception cref="CartridgeException"><c>api.exists</c>; <c>api.bad-argument</c>.</exception>
    public void CreateDirectory(Format1Entry entry)
    {
        if (_entries.ContainsKey(entry.Path))
        {
            throw new CartridgeException(ErrorCode.Exists, $"{Judge.Brief(entry.Path)} is there already.");
        }

        _entries.Add(entry.Path, Checked(entry with { Type = EntryType.Directory, Size = 0, Blocks = [] }));
    }

    /// <summary>Writes a file or a link, a new one or over the one that is there.</summary>
    /// <param name="entry">Its path and what is recorded of it; size and blocks are found here.</param>
    /// <param name="content">The content, from where it stands to its end.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <exception cref="CartridgeException"><c>limit.exceeded</c>: a container has no room for it; <c>content.size-mismatch</c>;
    /// <c>api.bad-argument</c>.</exception>
    public void Write(Format1Entry entry, Stream content, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Store(Checked(entry) with { Size = (ulong)length }, content, length);
    }

    /// <summary>Writes a content.</summary>
    /// <inheritdoc cref="Write(Format1Entry, Stream, long)"/>
    public void Write(Format1Entry entry, byte[] content)
    {
        using var stream = new MemoryStream(content, writable: false);
        Write(entry, stream, content.Length);
    }

    /// <summary>Encrypts a content and writes it.</summary>
    /// <param name="entry">As for <see cref="Write(Format1Entry, Stream, long)"/>; user metadata gets the two names that say so.</param>
    /// <param name="content">The content.</param>
    /// <param name="key">The key, 32 bytes.</param>
    /// <exception cref="CartridgeException">As for <see cref="Write(Format1Entry, Stream, long)"/>.</exception>
    public void WriteEncrypted(Format1Entry entry, ReadOnlySpan<byte> content, ReadOnlySpan<byte> key)
    {
        var stored = ContentWriter.Encrypt(content, key, Nonces());
        var marked = Checked(entry) with { Size = (ulong)content.Length, UserMetadata = ContentWriter.Marked(entry.UserMetadata, stored.Length) };
        using var stream = new MemoryStream(stored, writable: false);
        Store(marked, stream, stored.Length);
    }

    /// <summary>Changes what is recorded of an entry; path, type, size and blocks stay as they are.</summary>
    /// <param name="path">The entry.</param>
    /// <param name="change">Gives the new record.</param>
    /// <exception cref="CartridgeException"><c>api.not-found</c>; <c>api.bad-argument</c>.</exception>
    public void Change(string path, Func<Format1Entry, Format1Entry> change)
    {
        var old = Find(path) ?? throw Missing(path);
        _entries[path] = Checked(change(old) with { Path = old.Path, Size = old.Size, Blocks = old.Blocks });
    }

    /// <summary>Deletes an entry. Its pages are free, and keep their bytes until they are given out again.</summary>
    /// <param name="path">The entry.</param>
    /// <exception cref="CartridgeException"><c>api.not-found</c>.</exception>
    public void Delete(string path)
    {
        var old = Find(path) ?? throw Missing(path);
        _entries.Remove(path);
        _map.Release(old.Blocks);
    }

    /// <summary>
    /// Writes header, catalog and allocator over the old ones, in the order in which version 0.2.7 writes them, and syncs the file.
    /// </summary>
    /// <exception cref="CartridgeException"><c>limit.exceeded</c>: the catalog needs more than 511 overflow pages (CART-ONE-109);
    /// <c>api.poisoned</c>: a content could not be written to its end.</exception>
    public void Flush()
    {
        ThrowIfPoisoned();
        var catalog = BlobCatalog.Write(_entries.Values);
        if (catalog.Length > PackedBlob.MaxLength)
        {
            throw new CartridgeException(ErrorCode.LimitExceeded, $"The catalog has {catalog.Length} bytes; format 1 has room for {PackedBlob.MaxLength}.");
        }

        Extend();
        WriteHeader();

        // All old overflow pages go before the first new one comes.
        _map.Release(_catalogOverflow);
        _map.Release(_allocatorOverflow);
        _catalogOverflow = Overflow(PackedBlob.OverflowCount(catalog.Length));
        WriteBlob(Layout.CatalogPage, catalog, _catalogOverflow);

        // The allocator lists its own overflow pages, which may make it longer (CART-ONE-110).
        _allocatorOverflow = [];
        var allocator = _map.ToAllocator().Write();
        for (var needed = PackedBlob.OverflowCount(allocator.Length); needed > _allocatorOverflow.Length; needed = PackedBlob.OverflowCount(allocator.Length))
        {
            _allocatorOverflow = [.. _allocatorOverflow, .. Overflow(needed - _allocatorOverflow.Length)];
            allocator = _map.ToAllocator().Write();
        }

        WriteBlob(Layout.AllocatorPage, allocator, _allocatorOverflow);
        WriteHeader();
        _medium.Sync();
    }

    /// <summary>Says that a content is on other pages now; whoever says so has copied it.</summary>
    internal void Replace(string path, ulong[] blocks) => _entries[path] = (Find(path) ?? throw Missing(path)) with { Blocks = blocks };

    /// <summary>Gives pages back to the system, as a vacuum does: the ones behind an end, which nobody may own.</summary>
    internal void Shrink(ulong total)
    {
        _map.Shrink(total);
        Flush();
        _medium.SetLength((long)total * Layout.PageSize);
    }

    private void Store(Format1Entry entry, Stream content, long length)
    {
        ThrowIfPoisoned();
        var old = Find(entry.Path);
        if (old?.Type == EntryType.Directory || entry.Type == EntryType.Directory)
        {
            throw new CartridgeException(ErrorCode.BadArgument, $"{Judge.Brief(entry.Path)} is a directory, which has no content.");
        }

        // There has to be room for both contents before the old one's blocks are free.
        _map.Reserve(BlockMap.Count(length));
        _map.Release(old?.Blocks ?? []);
        var blocks = _map.Allocate(length);
        Extend();

        // The new content may lie where the old one was: when half of it is written, neither is there.
        _isPoisoned = true;
        _content.Write(content, length, blocks, OnPortion);
        _entries[entry.Path] = entry with { Blocks = blocks };
        _isPoisoned = false;
    }

    private void ThrowIfPoisoned()
    {
        if (_isPoisoned)
        {
            throw new CartridgeException(ErrorCode.Poisoned, "A content could not be written to its end; what there is of this container is not to be used.");
        }
    }

    private ulong[] Overflow(int count)
    {
        _map.Reserve((ulong)count);
        var pages = _map.Allocate((long)count * Layout.PageSize);
        Extend();
        return pages;
    }

    private void WriteBlob(int page, byte[] data, ulong[] overflow)
    {
        var next = (ulong)page;
        var i = 0;
        foreach (var bytes in PackedBlob.Write(data, overflow))
        {
            _medium.Write((long)next * Layout.PageSize, bytes);
            next = i < overflow.Length ? overflow[i++] : 0;
        }
    }

    private void WriteHeader() => _medium.Write(0, new Format1Header
    {
        TotalBlocks = _map.Total,
        FreeBlocks = _map.Free,
        VersioningFuse = Fuses.Versioning,
        AclFuse = Fuses.Acl,
        EncryptionFuse = Fuses.Encryption,
    }.Write());

    private void Extend()
    {
        var length = (long)_map.Total * Layout.PageSize;
        if (_medium.Length < length)
        {
            _medium.SetLength(length);
        }
    }

    private static Format1Entry Checked(Format1Entry entry)
    {
        // Whatever cannot be encoded is refused here, and not by a flush that has begun to write.
        _ = BlobCatalog.LengthOf(entry, blocks: 0);
        return entry.ContentHash is null or { Count: 32 }
            ? entry
            : throw new CartridgeException(ErrorCode.BadArgument, $"The content hash of {Judge.Brief(entry.Path)} has {entry.ContentHash.Count} bytes, not 32.");
    }

    private static CartridgeException Missing(string path) => new(ErrorCode.NotFound, $"There is no {Judge.Brief(path)}.");
}
