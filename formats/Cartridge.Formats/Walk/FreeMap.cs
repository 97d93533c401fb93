using Cartridge.Formats.Generated;
using Kaitai;
using static Cartridge.Formats.Walk.Check;

namespace Cartridge.Formats.Walk;

/// <summary>The free map of a state.</summary>
internal sealed class FreeMap
{
    private const int ExtentLength = 20;

    private readonly List<Cartridge3.Extent> _extents;

    private FreeMap(List<Cartridge3.Extent> extents) => _extents = extents;

    /// <summary>How many pages the map holds, which is no more than the record counts.</summary>
    internal ulong PageCount { get; private set; }

    /// <summary>Reads the map of a state and claims its pages; null where there is none.</summary>
    internal static FreeMap? Read(StateReach reach, BlobReader blobs)
    {
        ulong page = reach.RootHolder.Page;
        List<Cartridge3.Extent> extents;
        switch (reach.Record.FreeMapArea)
        {
            case Cartridge3.InlineFreeMap map:
                extents = map.Extents;
                break;
            case Cartridge3.BlobFreeMap map:
                byte[] bytes = blobs.Read(map.Blob, BlobReader.MaxLength, reach.RootHolder, new PageOwner(PageUse.Map)).ToArray();
                Require(bytes.Length % ExtentLength == 0, "CART-SPC-009", "page.out-of-range", page,
                    $"a map of {bytes.Length} bytes is no list of extents");
                KaitaiStream list = new(bytes);
                extents = Parse(page, "CART-SPC-009", "page.out-of-range", () => new Cartridge3.ExtentList(list)).Extents;
                break;
            default:
                return null;
        }

        FreeMap result = new(extents);
        result.CheckExtents(reach);
        return result;
    }

    /// <summary>The extent that holds a page, if any.</summary>
    internal Cartridge3.Extent? Find(ulong page)
    {
        int low = 0;
        int high = _extents.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _extents[middle].Start <= page ? (middle + 1, high) : (low, middle);
        }

        return low > 0 && page - _extents[low - 1].Start < _extents[low - 1].Length ? _extents[low - 1] : null;
    }

    private void CheckExtents(StateReach reach)
    {
        ulong page = reach.RootHolder.Page;
        ulong end = 0;
        foreach (Cartridge3.Extent extent in _extents)
        {
            Require(reach.Holds(extent.Start, extent.Length), "CART-SPC-002", "page.out-of-range", page,
                $"there are no {extent.Length} pages from {extent.Start} on");
            Require(extent.Start >= end, "CART-SPC-001", "space.overlap", page,
                $"the extent at {extent.Start} begins before the one before it ends");
            Require(extent.FreedIn <= reach.RootHolder.Birth, "CART-SPC-003", "space.stale-map", page,
                $"the extent at {extent.Start} is said to be freed in {extent.FreedIn}");
            end = extent.Start + extent.Length;
            PageCount += extent.Length;
        }
    }
}
