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
                foreach (Leaf leaf in LeafCells(node, visit, here))
                {
                    count = checked(count + 1);
                    yield return leaf;
                }
            }
            else
            {
                // The stack gives back last what it was given first.
                foreach (Visit child in Children(node, visit, here).Reverse())
                {
                    pending.Push(child);
                }
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
        return node;
    }

    private static IEnumerable<Leaf> LeafCells(Cartridge3.Node node, Visit visit, Holder here)
    {
        byte[]? previous = null;
        foreach (Cartridge3.Slot slot in node.Slots)
        {
            Cartridge3.LeafCell cell = Parse(here.Page, "CART-TRE-006", "tree.bad-cell", () => slot.LeafCell);
            int fullSize = slot.End - slot.Offset + node.PrefixLength;
            byte[] key = Key(node, cell.Suffix, fullSize, previous, visit, here.Page);
            yield return new Leaf(key, cell, here);
            previous = key;
        }
    }

    private static IEnumerable<Visit> Children(Cartridge3.Node node, Visit visit, Holder here)
    {
        byte[]? low = visit.Low;
        byte[]? previous = null;
        Cartridge3.PageReference child = node.FirstChild;
        foreach (Cartridge3.Slot slot in node.Slots)
        {
            Cartridge3.InteriorCell cell = Parse(here.Page, "CART-TRE-006", "tree.bad-cell", () => slot.InteriorCell);
            int fullSize = slot.End - slot.Offset + node.PrefixLength;
            byte[] separator = Key(node, cell.Suffix, fullSize, previous, visit, here.Page);
            yield return new Visit(child, visit.Level - 1, low, separator, here);
            (low, previous, child) = (separator, separator, cell.Child);
        }

        yield return new Visit(child, visit.Level - 1, low, visit.High, here);
    }

    /// <summary>Joins prefix and suffix and checks the key's size and place.</summary>
    private static byte[] Key(Cartridge3.Node node, byte[] suffix, int fullSize, byte[]? previous, Visit visit, ulong page)
    {
        Require(fullSize <= MaxCellSize, "CART-TRE-008", "tree.bad-cell", page,
            $"a cell takes {fullSize} bytes with its full key");
        byte[] key = [.. node.Prefix, .. suffix];
        int order = previous is null ? 1 : Compare(key, previous);
        Require(order != 0, "CART-TRE-010", "tree.duplicate-key", page,
            $"the key {Convert.ToHexStringLower(key)} is there twice");
        Require(order > 0, "CART-TRE-011", "tree.unsorted", page,
            $"the key {Convert.ToHexStringLower(key)} is below the one before it");
        bool isBetween = (visit.Low is null || Compare(visit.Low, key) <= 0) && (visit.High is null || Compare(key, visit.High) < 0);
        Require(isBetween, "CART-TRE-012", "tree.unsorted", page,
            $"the key {Convert.ToHexStringLower(key)} is outside of the separators above it");
        return key;
    }

    private static int Compare(byte[] left, byte[] right) => KaitaiStream.ByteArrayCompare(left, right);
}

/// <summary>A record of a tree.</summary>
/// <param name="Key">Its whole key.</param>
/// <param name="Cell">The cell that holds its value.</param>
/// <param name="Holder">The page that holds the cell.</param>
internal readonly record struct Leaf(byte[] Key, Cartridge3.LeafCell Cell, Holder Holder);
