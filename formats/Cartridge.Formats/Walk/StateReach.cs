using System.Runtime.InteropServices;
using Cartridge.Formats.Generated;
using static Cartridge.Formats.Walk.Check;

namespace Cartridge.Formats.Walk;

/// <summary>
/// What one state reaches. Every page is claimed before it is read, and by one owner only, which is also why no walk can go in circles
/// or read more than the file holds.
/// </summary>
internal sealed class StateReach(ContainerFile file, Identity identity, Cartridge3.CommitRecord record, ulong recordPage)
{
    private readonly List<OwnedPages> _owned = [];

    internal ContainerFile File => file;

    internal Identity Identity => identity;

    internal Cartridge3.CommitRecord Record => record;

    /// <summary>What decrypts contents, where they are encrypted and a key was given.</summary>
    internal ContainerKeys? Keys { get; init; }

    /// <summary>The record's own page and generation, which hold its references.</summary>
    internal Holder RecordHolder => new(recordPage, record.Proof.Generation);

    /// <summary>All pages from 3 on that were claimed.</summary>
    internal PageSet Pages { get; } = new();

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

        _owned.Add(new OwnedPages(page, count, owner));
    }
}

/// <summary>A page that holds references, and the birth that bounds theirs.</summary>
/// <param name="Page">The page's number.</param>
/// <param name="Birth">Its birth; a record's generation.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Holder(ulong Page, ulong Birth);
