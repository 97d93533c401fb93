using Cartridge.Formats.Walk;
using static Cartridge.Formats.Walk.Check;

namespace Cartridge.Formats.WalkOne;

/// <summary>Who owns which block, held against the bitmap.</summary>
internal static class OneSpace
{
    internal static void Verify(OneFile file, OnePacked catalog, OnePacked packedAllocator, IReadOnlyList<OneEntry> entries)
    {
        OneAllocator allocator = OneAllocator.Read(packedAllocator);
        Require(allocator.Reach >= file.Blocks, "CART-ONE-041", "page.out-of-range", 2, $"the bitmap reaches {allocator.Reach} of {file.Blocks} blocks");

        PageSet owned = new();
        IEnumerable<ulong> owners = [0, 1, 2, .. catalog.Overflow, .. entries.SelectMany(entry => entry.Blocks)];
        foreach (ulong block in owners)
        {
            Own(owned, block);
            Require(allocator.IsMarked(block), "CART-ONE-042", "space.overlap", block, $"a block in use is free in the bitmap");
        }

        // Version 0.2.7 never marks these, which is a note.
        foreach (ulong block in packedAllocator.Overflow)
        {
            Own(owned, block);
        }
    }

    private static void Own(PageSet owned, ulong block) =>
        Require(owned.Add(block), "CART-ONE-035", "page.claimed-twice", block, $"the block has two owners");
}
