using System.Globalization;
using System.Numerics;
using Cartridge.Reference;

namespace Cartridge.Format1;

/// <summary>
/// Looks at everything that a container of format 1 says, and goes on after each fault. What its writers do to sound containers is a
/// note; what has lost content, or is about to, is an error.
/// </summary>
public sealed class Format1Verifier
{
    private const string CatalogOwner = "catalog";
    private const string AllocatorOwner = "allocator";

    private readonly Source _source;
    private readonly Judge _j;
    private readonly byte[] _key;
    private readonly Claims _claims;
    private IReadOnlyList<Format1Entry> _entries = [];
    private PackedText? _catalog;
    private PackedText? _packedAllocator;
    private Allocator? _allocator;
    private Format1Header? _header;

    private Format1Verifier(IMedium medium, Format1VerifyOptions options)
    {
        _source = new Source(medium);
        _j = new Judge(options.SwitchedOff, options.MaxFindings);
        _key = options.Key?.ToArray() ?? [];
        _claims = new Claims(_source.Pages);
    }

    /// <summary>Verifies a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How.</param>
    /// <exception cref="IOException">The system refused.</exception>
    public static Format1Report Verify(string path, Format1VerifyOptions? options = null)
    {
        using var medium = FileMedium.Open(path, readOnly: true);
        return Verify(medium, options);
    }

    /// <summary>Verifies a container.</summary>
    /// <param name="medium">The file; not disposed of.</param>
    /// <param name="options">How.</param>
    public static Format1Report Verify(IMedium medium, Format1VerifyOptions? options = null)
    {
        var verifier = new Format1Verifier(medium, options ?? new Format1VerifyOptions());
        try
        {
            verifier.Run();
        }
        catch (Judge.EnoughException)
        {
            // The last finding says so.
        }

        return new Format1Report
        {
            Findings = verifier._j.Findings,
            Entries = verifier._entries,
            Encoding = verifier._catalog?.Encoding ?? Format1Encoding.Empty,
            TotalBlocks = verifier._header?.TotalBlocks ?? 0,
            PageOwners = verifier._claims.All(page => verifier._allocator?.IsTaken(page) == true),
        };
    }

    private void Run()
    {
        _header = Format1Header.Read(_source, _j);
        if (_header is null)
        {
            return;
        }

        _header.Verify(_source, _j);
        _claims.Claim(0, "header");
        _claims.Claim(Layout.CatalogPage, CatalogOwner);
        _claims.Claim(Layout.AllocatorPage, AllocatorOwner);
        _catalog = PackedText.Read(_source, _header.TotalBlocks, Layout.CatalogPage, _j);
        _entries = CatalogReader.Read(_catalog, _j);
        _packedAllocator = PackedText.Read(_source, _header.TotalBlocks, Layout.AllocatorPage, _j);
        _allocator = Allocator.Read(_packedAllocator, _j);
        ClaimOverflow(_catalog, CatalogOwner, Layout.CatalogPage);
        ClaimOverflow(_packedAllocator, AllocatorOwner, Layout.AllocatorPage);
        VerifyEntries(new ContentReader(_source, _header.TotalBlocks));
        VerifySpace(_header);
        VerifyManifestAndLog();
    }

    private void ClaimOverflow(PackedText text, string owner, int page)
    {
        foreach (var overflow in text.Overflow)
        {
            _ = Claim(overflow, owner, null, new Place(page));
        }
    }

    private bool Claim(ulong page, string owner, int? number, Place place)
    {
        var other = _claims.Claim(page, owner, number);
        return _j.Skips(OneEntryRule.Shared) || other is null
            || _j.Fault(OneEntryRule.Shared, place with { Page = (long)page }, $"the block belongs to {Judge.Brief(other)} as well");
    }

    private void VerifyEntries(ContentReader content)
    {
        foreach (var entry in _entries)
        {
            var place = new Place(Layout.CatalogPage, null, entry.Path);
            _ = _j.Skips(OneCatalogRule.Path) || Format1Path.Normalise(entry.Path, out var trouble) == entry.Path
                || _j.Fault(OneCatalogRule.Path, place, trouble ?? "the path has slashes too many for format 3", Severity.Note);
            for (var i = 0; i < entry.Blocks.Count; i++)
            {
                // One such finding for each entry says enough.
                if (_source.Holds(entry.Blocks[i]) && !Claim(entry.Blocks[i], entry.Path, i, place))
                {
                    break;
                }
            }

            if (entry.Type == EntryType.Directory)
            {
                _ = _j.Skips(OneEntryRule.Directory) || (entry.Size == 0 && entry.Blocks.Count == 0)
                    || _j.Fault(OneEntryRule.Directory, place, $"a directory with {entry.Size} bytes in {entry.Blocks.Count} blocks");
                continue;
            }

            if (content.Check(entry, _j))
            {
                _ = _j.Skips(OneEntryRule.TooManyBlocks) || (ulong)entry.Blocks.Count == ContentReader.Pages(entry.StoredLength ?? 0)
                    || _j.Fault(OneEntryRule.TooManyBlocks, place, $"{entry.StoredLength} bytes need {ContentReader.Pages(entry.StoredLength ?? 0)} blocks; {entry.Blocks.Count} are listed");
                VerifyContent(content, entry);
            }
        }
    }

    /// <summary>Content is read only where something is known of it: a hash, or, with a key, that it can be decrypted.</summary>
    private void VerifyContent(ContentReader content, Format1Entry entry)
    {
        var isReadable = entry.IsEncrypted ? _key.Length > 0 && entry.StoredLength <= Layout.MaxEncrypted : entry.ContentHash is not null;
        if (isReadable)
        {
            _ = content.Copy(entry, _key, Stream.Null, _j);
        }
    }

    private void VerifySpace(Format1Header header)
    {
        if (_allocator is not { } allocator)
        {
            return;
        }

        var total = Math.Min(header.TotalBlocks, _source.Pages);
        _ = _j.Skips(OneSpaceRule.BitmapLength) || total <= (ulong)allocator.Bitmap.Length * 64
            || _j.Fault(OneSpaceRule.BitmapLength, new(Layout.AllocatorPage), $"the bitmap has {allocator.Bitmap.Length} words, too few for {total} blocks");

        foreach (var (what, first, count) in _claims.Where(page => page < total && !allocator.IsTaken(page)))
        {
            // Since version 0.2.7 the allocator may have pages of its own, and it never marks them.
            var isOwn = what == AllocatorOwner && first >= Layout.FixedPages;
            _ = isOwn
                ? _j.Skips(OneSpaceRule.OwnOverflow) || _j.Fault(OneSpaceRule.OwnOverflow, Place.Of(first, what), $"{count} overflow pages of the allocator are not marked in its bitmap", Severity.Note)
                : _j.Skips(OneSpaceRule.UsedButFree) || _j.Fault(OneSpaceRule.UsedButFree, Place.Of(first, what), $"{count} blocks in use, this one the first, are free in the bitmap: the next write may take them");
        }

        var taken = allocator.Bitmap.Select((word, index) => BitOperations.PopCount(Within(word, index, total))).Sum(bits => (long)bits);
        var free = total - (ulong)Math.Min((ulong)taken, total);
        VerifyCounters(header, allocator, free);
        VerifyExtents(allocator, total, free);

        List<ulong> leaked = [];
        for (ulong page = Layout.FixedPages; page < total; page++)
        {
            if (allocator.IsTaken(page) && !_claims.Has(page))
            {
                leaked.Add(page);
            }
        }

        _ = _j.Skips(OneSpaceRule.Leak) || leaked.Count == 0
            || _j.Fault(OneSpaceRule.Leak, Place.Of(leaked[0]), $"{leaked.Count} blocks, this one the first, are marked as given out and belong to nothing", Severity.Note);
    }

    private void VerifyCounters(Format1Header header, Allocator allocator, ulong free)
    {
        List<string> stale = [];
        Compare("total blocks of the bitmap", allocator.BitmapCounters.Total, header.TotalBlocks);
        Compare("free blocks of the bitmap", allocator.BitmapCounters.Free, free);
        Compare("total blocks of the extents", allocator.ExtentCounters.Total, header.TotalBlocks);
        Compare("free blocks of the extents", allocator.ExtentCounters.Free, free);
        Compare("total blocks of the allocator", allocator.Counters.Total, header.TotalBlocks);
        Compare("free blocks of the allocator", allocator.Counters.Free ?? free, free);
        Compare("free blocks of the header", header.FreeBlocks, free);
        _ = _j.Skips(OneSpaceRule.Counters) || stale.Count == 0
            || _j.Fault(OneSpaceRule.Counters, new(Layout.AllocatorPage), string.Join("; ", stale), Severity.Note);

        void Compare(string what, ulong said, ulong right)
        {
            if (said != right)
            {
                stale.Add(string.Create(CultureInfo.InvariantCulture, $"{what}: {said}, and there are {right}"));
            }
        }
    }

    private void VerifyExtents(Allocator allocator, ulong total, ulong free)
    {
        // Lengths first: extents that claim more than there is free are not gone through.
        UInt128 claimed = allocator.Extents.Aggregate(UInt128.Zero, (sum, extent) => sum + extent.Length);
        var isRight = claimed == free;
        HashSet<ulong> seen = [];
        foreach (var (key, start, length) in isRight ? allocator.Extents : [])
        {
            isRight &= key == start && start < total && length <= total - start;
            for (ulong i = 0; i < length && isRight; i++)
            {
                isRight &= !allocator.IsTaken(start + i) && seen.Add(start + i);
            }
        }

        _ = _j.Skips(OneSpaceRule.Extents) || isRight
            || _j.Fault(OneSpaceRule.Extents, new(Layout.AllocatorPage), "the free extents are not the free blocks of the bitmap", Severity.Note);
    }

    private void VerifyManifestAndLog()
    {
        foreach (var path in (ReadOnlySpan<string>)[Format1Manifest.Path, Format1Manifest.OldPath])
        {
            if (TryRead(path, Format1Manifest.MaxLength) is { } text)
            {
                _ = _j.Skips(OneBesideRule.Manifest) || Format1Manifest.Parse(text) is not null
                    || _j.Fault(OneBesideRule.Manifest, new(null, null, path), "the manifest is no JSON object with slug, title, version and created", Severity.Note);
            }
        }

        foreach (var path in (ReadOnlySpan<string>)[VacuumLog.Path, $"/{VacuumLog.Path}"])
        {
            if (TryRead(path, VacuumLog.MaxLength) is { } log)
            {
                VacuumLog.Verify(log, path, _j);
            }
        }
    }

    private byte[]? TryRead(string path, int limit)
    {
        var entry = _entries.FirstOrDefault(entry => entry.Path == path && entry is { Type: EntryType.File, IsEncrypted: false } && entry.Size <= (ulong)limit);
        if (entry is null)
        {
            return null;
        }

        // What is wrong with the content itself was said before.
        var silent = Judge.OfAll();
        using var content = new MemoryStream();
        return new ContentReader(_source, _header!.TotalBlocks).Copy(entry, [], content, silent) ? content.ToArray() : null;
    }

    private static ulong Within(ulong word, int index, ulong total)
    {
        var first = (ulong)index * 64;
        return first >= total ? 0 : total - first >= 64 ? word : word & ((1UL << (int)(total - first)) - 1);
    }
}
