using Cartridge.Formats.Generated;
using static Cartridge.Formats.Walk.Check;

namespace Cartridge.Formats.Walk;

/// <summary>Holds the free map of a state against what the state reaches, and against what the state before it reached.</summary>
internal static class SpaceWalk
{
    internal static void Verify(StateReach reach, FreeMap? map, Func<PageSet?> olderPages)
    {
        ulong page = reach.RootHolder.Page;
        ulong stated = reach.Record.FreeBlocks;
        ulong reached = reach.Pages.Count;
        ulong unreached = reach.Record.TotalBlocks - 3 - reached;
        if (map is null)
        {
            Require(stated == unreached, "CART-SPC-007", "space.count-mismatch", page,
                $"{stated} free pages are stated, {unreached} are not reached");
            return;
        }

        Require(stated == map.PageCount, "CART-SPC-004", "space.count-mismatch", page,
            $"{stated} free pages are stated, the map holds {map.PageCount}");
        foreach (ulong claimed in reach.Pages.InOrder())
        {
            Require(map.Find(claimed) is null, "CART-SPC-005", "space.overlap", claimed,
                $"a page that the state reaches is in the map");
        }

        // Reached and free pages have none in common and lie in the same range: their numbers decide whether any page is neither.
        Require(map.PageCount == unreached, "CART-SPC-006", "space.leak", page,
            $"{unreached - map.PageCount} pages are neither reached nor in the map");
        foreach (ulong dropped in olderPages()?.InOrder().Where(older => !reach.Pages.Contains(older)) ?? [])
        {
            bool isStamped = map.Find(dropped)?.FreedIn == reach.RootHolder.Birth;
            Require(isStamped, "CART-SPC-008", "space.stale-map", dropped,
                $"the page was dropped in generation {reach.RootHolder.Birth}, and the map does not say so");
        }
    }

    /// <summary>
    /// The pages that the older of both records reaches, or null where they cannot be told: damage there takes nothing from the state.
    /// </summary>
    internal static PageSet? OlderPages(ContainerFile file, Identity identity, StateRecord older)
    {
        try
        {
            StateReach reach = new(file, identity, older.Read(file, identity, null, out _), older.Page);
            BlobReader blobs = new(reach);
            ClaimBlobs(reach, blobs, reach.Record.CatalogTree, Cartridge3.PageType.CatalogNode);
            ClaimBlobs(reach, blobs, reach.Record.ContentTree, Cartridge3.PageType.ContentNode);
            if (reach.Record.FreeMapArea is Cartridge3.BlobFreeMap map)
            {
                blobs.Claim(map.Blob, BlobReader.MaxLength, reach.RootHolder, new PageOwner(PageUse.Map));
            }

            SnapshotWalk.Verify(reach, SnapshotList.Read(reach), reads: false);
            return reach.Pages;
        }
        catch (WalkException)
        {
            return null;
        }
    }

    private static void ClaimBlobs(StateReach reach, BlobReader blobs, Cartridge3.TreeReference tree, Cartridge3.PageType type)
    {
        foreach (Leaf leaf in new TreeWalk(reach, tree, type).Leaves())
        {
            Cartridge3.LeafValue value = leaf.Cell.Value;
            Cartridge3.BlobReference? blob = Parse(
                leaf.Holder.Page, "CART-BLB-001", "tree.bad-cell", () => value.LongValue?.Blob ?? value.Chunk?.Blob);
            if (blob is not null)
            {
                blobs.Claim(blob, BlobReader.MaxLength, leaf.Holder, new PageOwner(PageUse.Chunk));
            }
        }
    }
}
