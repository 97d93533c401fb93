using System.Runtime.InteropServices;
using Cartridge.Formats.Generated;
using static Cartridge.Formats.Walk.Check;

namespace Cartridge.Formats.Walk;

/// <summary>
/// What one state reaches. Every page is claimed before it is read, and by one owner only, which is also why no walk can go in circles
/// or read more than the file holds.
/// </summary>
internal sealed class StateReach(ContainerFile file, Identity identity, Cartridge3.CommitRecord record, ulong recordPage, ulong snapshot = 0)
{
    private readonly List<OwnedPages> _owned = [];

    internal ContainerFile File => file;

    internal Identity Identity => identity;

    internal Cartridge3.CommitRecord Record => record;

    /// <summary>What decrypts contents, where they are encrypted and a key was given.</summary>
    internal ContainerKeys? Keys { get; init; }

    /// <summary>What holds the references to the trees: the record, with its page and generation, or a snapshot's record.</summary>
    internal Holder RootHolder { get; private init; } = new(recordPage, record.Proof.Generation);

    /// <summary>The catalog.</summary>
    internal Cartridge3.TreeReference CatalogTree { get; private init; } = record.CatalogTree;

    /// <summary>The contents of its files.</summary>
    internal Cartridge3.TreeReference ContentTree { get; private init; } = record.ContentTree;

    /// <summary>What the ids of all files are below.</summary>
    internal ulong NextFileId { get; private init; } = record.NextFileId;

    /// <summary>All pages from 3 on that were claimed.</summary>
    internal PageSet Pages { get; private init; } = new();

    /// <summary>The same, with their owners, in the order in which they were reached.</summary>
    internal IReadOnlyList<OwnedPages> Owned => _owned;

    /// <summary>Whether pages lie behind the fixed ones and before the end that the record states.</summary>
    internal bool Holds(ulong page, ulong count) => page >= 3 && page < record.TotalBlocks && count <= record.TotalBlocks - page;

    internal void Claim(ulong page, ulong count, PageOwner owner)
    {
        for (ulong claimed = page; claimed < page + count; claimed++)
        {
            Require(Pages.Add(claimed), "CART-PAG-002", "page.claimed-twice", claimed,
                $"'{owner}' claims a page that has an owner");
        }

        _owned.Add(new OwnedPages(page, count, owner with { Snapshot = snapshot }));
    }

    /// <summary>Gives those pages to an owner that have none.</summary>
    internal void Share(OwnedPages pages)
    {
        for (ulong page = pages.Start; page < pages.Start + pages.Count; page++)
        {
            if (Pages.Add(page))
            {
                _owned.Add(new OwnedPages(page, 1, pages.Owner));
            }
        }
    }

    /// <summary>What a snapshot reaches, claimed in other pages than the state's.</summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="pages">Takes what is claimed.</param>
    /// <param name="decrypts">Whether contents are decrypted there, where there is a key.</param>
    internal StateReach Of(Snapshot snapshot, PageSet pages, bool decrypts = false) => new(file, identity, record, recordPage, snapshot.Id)
    {
        Keys = decrypts ? Keys : null,
        CatalogTree = snapshot.Fields.CatalogTree,
        ContentTree = snapshot.Fields.ContentTree,
        RootHolder = snapshot.Holder,
        NextFileId = snapshot.Fields.NextFileId,
        Pages = pages,
    };

    /// <summary>What the state reaches, to be claimed in other pages.</summary>
    internal StateReach Again(PageSet pages) => new(file, identity, record, recordPage) { Pages = pages };
}

/// <summary>A page that holds references, and the birth that bounds theirs.</summary>
/// <param name="Page">The page's number.</param>
/// <param name="Birth">Its birth; a record's generation.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Holder(ulong Page, ulong Birth);
