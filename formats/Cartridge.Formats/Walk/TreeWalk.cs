using System.Security.Cryptography;
using Cartridge.Formats.Generated;
using Kaitai;
using static Cartridge.Formats.Walk.Check;

namespace Cartridge.Formats.Walk;

/// <summary>Goes through the leaves of a tree in the order of their keys and checks every node on the way.</summary>
internal sealed class TreeWalk(StateReach reach, Cartridge3.TreeReference tree, Cartridge3.PageType type)
{
    private const int MaxCellSize = 2000;

    /// <summary>A child that is still to be visited, with the bounds that the separators above it set for its keys.</summary>
    private sealed record Visit(Cartridge3.PageReference Reference, int Level, byte[]? Low, byte[]? High, Holder Holder);

    /// <summary>All records of the tree. The count of entries is checked behind the last one.</summary>
    internal IEnumerable<Leaf> Leaves()
    {
        if (tree.PageReference.Page == 0)
        {
            bool isZero = StateRecord.IsZeroReference(tree);
            Require(isZero, "CART-PAG-013", "page.out-of-range", reach.RecordHolder.Page,
                $"the {type} reference to page 0 is not all zero");
            yield break;
        }

        ulong count = 0;
        Stack<Visit> pending = new([new Visit(tree.PageReference, tree.Level, null, null, reach.RecordHolder)]);
        while (pending.TryPop(out Visit? visit))
        {
            Cartridge3.Node node = Load(visit);
            Holder here = new(visit.Reference.Page, node.PageHeader.Birth);
            if (node.Level == 0)
            {
                foreach (Leaf leaf in Records(node, visit, here))
                {
                    count = checked(count + 1);
                    yield return leaf;
                }
            }
            else
            {
                // The stack gives back last what it was given first.
                List<Visit> children = Children(node, visit, here);
                children.Reverse();
                children.ForEach(pending.Push);
            }
        }

        Require(count == tree.EntryCount, "CART-TRE-013", "tree.count-mismatch", reach.RecordHolder.Page,
            $"{tree.EntryCount} entries are stated, the leaves hold {count}");
    }

    private Cartridge3.Node Load(Visit visit)
    {
        (Cartridge3.PageReference reference, int level, Holder holder) = (visit.Reference, visit.Level, visit.Holder);
        ulong page = reference.Page;
        Require(reach.Holds(page, 1), "CART-PAG-001", "page.out-of-range", holder.Page,
            $"there is no page {page}");
        Require(reference.Birth <= holder.Birth, "CART-PAG-011", "page.out-of-range", holder.Page,
            $"page {page} is said to be born in {reference.Birth}, after {holder.Birth}");
        reach.Claim(page, 1, PageOwner.Node(type, level));

        byte[] bytes = reach.File.ReadPage(page);
        byte[] hash = SHA256.HashData(bytes.AsSpan(33));
        Require(bytes[0] == (byte)type, "CART-PAG-003", "page.bad-type", page,
            $"the type is {bytes[0]} in a tree of type {(byte)type}");
        Require(bytes.AsSpan(1, 32).SequenceEqual(hash), "CART-PAG-004", "page.checksum-mismatch", page,
            $"the hash in the page is not that of its bytes");
        Require(reference.Hash.AsSpan().SequenceEqual(hash), "CART-PAG-005", "page.checksum-mismatch", page,
            $"page {holder.Page} refers to other bytes");

        // The level decides what the rest of the page is, so it is looked at before the rest is.
        Require(bytes[64] == level, "CART-TRE-002", "tree.bad-level", page,
            $"the level is {bytes[64]}, where {level} is due");
        Cartridge3.Node node = Parse(page, "CART-TRE-005", "tree.bad-cell", () => new Cartridge3.Node(type, new KaitaiStream(bytes)));
        bool isOurs = node.PageHeader.ContainerPrefix.AsSpan().SequenceEqual(reach.Identity.ContainerPrefix);
        Require(isOurs, "CART-PAG-008", "page.out-of-range", page,
            $"the page belongs to another container");
        Require(node.PageHeader.PageNumber == page, "CART-PAG-009", "page.out-of-range", page,
            $"the page says that it is page {node.PageHeader.PageNumber}");
        Require(node.PageHeader.Birth == reference.Birth, "CART-PAG-010", "page.out-of-range", page,
            $"born in {node.PageHeader.Birth}, referred to as born in {reference.Birth}");
        Require(node.SlotsEnd <= node.Slots[^1].Offset, "CART-TRE-005", "tree.bad-cell", page,
            $"the slots end at {node.SlotsEnd}, behind the beginning of the last cell");
        return node;
    }

    /// <summary>The records of a leaf. All of the page is checked before anything in it is used.</summary>
    private static List<Leaf> Records(Cartridge3.Node node, Visit visit, Holder here)
    {
        List<Cartridge3.LeafCell> cells = node.Slots.ConvertAll(
            slot => Parse(here.Page, "CART-TRE-006", "tree.bad-cell", () => slot.LeafCell));
        List<byte[]> keys = Keys(node, cells.ConvertAll(cell => cell.Suffix), visit, here.Page);
        return [.. keys.Zip(cells, (key, cell) => new Leaf(key, cell, here))];
    }

    /// <summary>The children of an interior node, one more than there are separators. Checked as a leaf is.</summary>
    private static List<Visit> Children(Cartridge3.Node node, Visit visit, Holder here)
    {
        List<Cartridge3.InteriorCell> cells = node.Slots.ConvertAll(
            slot => Parse(here.Page, "CART-TRE-006", "tree.bad-cell", () => slot.InteriorCell));
        List<byte[]> separators = Keys(node, cells.ConvertAll(cell => cell.Suffix), visit, here.Page);
        List<Visit> children = [];
        for (int i = 0; i <= cells.Count; i++)
        {
            Cartridge3.PageReference child = i == 0 ? node.FirstChild : cells[i - 1].Child;
            byte[]? low = i == 0 ? visit.Low : separators[i - 1];
            byte[]? high = i == cells.Count ? visit.High : separators[i];
            children.Add(new Visit(child, visit.Level - 1, low, high, here));
        }

        return children;
    }

    /// <summary>Joins prefix and suffixes, and checks the sizes of the cells, the order of the keys and, last, what lies between.</summary>
    private static List<byte[]> Keys(Cartridge3.Node node, List<byte[]> suffixes, Visit visit, ulong page)
    {
        List<byte[]> keys = [];
        foreach ((Cartridge3.Slot slot, byte[] suffix) in node.Slots.Zip(suffixes))
        {
            int fullSize = slot.End - slot.Offset + node.PrefixLength;
            Require(fullSize <= MaxCellSize, "CART-TRE-008", "tree.bad-cell", page,
                $"a cell takes {fullSize} bytes with its full key");
            byte[] key = [.. node.Prefix, .. suffix];
            int order = keys.Count == 0 ? 1 : Compare(key, keys[^1]);
            Require(order != 0, "CART-TRE-010", "tree.duplicate-key", page,
                $"the key {Convert.ToHexStringLower(key)} is there twice");
            Require(order > 0, "CART-TRE-011", "tree.unsorted", page,
                $"the key {Convert.ToHexStringLower(key)} is below the one before it");
            bool isBetween = (visit.Low is null || Compare(visit.Low, key) <= 0) && (visit.High is null || Compare(key, visit.High) < 0);
            Require(isBetween, "CART-TRE-012", "tree.unsorted", page,
                $"the key {Convert.ToHexStringLower(key)} is outside of the separators above it");
            keys.Add(key);
        }

        Parse(page, "CART-TRE-005", "tree.bad-cell", () => node.Gap);
        return keys;
    }

    private static int Compare(byte[] left, byte[] right) => KaitaiStream.ByteArrayCompare(left, right);
}

/// <summary>A record of a tree.</summary>
/// <param name="Key">Its whole key.</param>
/// <param name="Cell">The cell that holds its value.</param>
/// <param name="Holder">The page that holds the cell.</param>
internal readonly record struct Leaf(byte[] Key, Cartridge3.LeafCell Cell, Holder Holder);
