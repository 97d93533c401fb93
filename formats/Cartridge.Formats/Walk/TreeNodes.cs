using System.Security.Cryptography;
using Cartridge.Formats.Generated;
using Kaitai;
using static Cartridge.Formats.Walk.Check;

namespace Cartridge.Formats.Walk;

/// <summary>Reads the nodes of one type and checks each, with what the references and separators above it demand.</summary>
internal sealed class TreeNodes(StateReach reach, Cartridge3.PageType type)
{
    private const int MaxCellSize = 2000;

    /// <summary>Checks a reference before anybody follows it.</summary>
    internal void CheckReference(Visit visit)
    {
        Require(reach.Holds(visit.Reference.Page, 1), "CART-PAG-001", "page.out-of-range", visit.Holder.Page,
            $"there is no page {visit.Reference.Page}");
        Require(visit.Reference.Birth <= visit.Holder.Birth, "CART-PAG-011", "page.out-of-range", visit.Holder.Page,
            $"page {visit.Reference.Page} is said to be born in {visit.Reference.Birth}, after {visit.Holder.Birth}");
    }

    /// <summary>Reads a node that has been claimed, or that is another tree's as well.</summary>
    internal Cartridge3.Node Read(Visit visit)
    {
        (Cartridge3.PageReference reference, int level, Holder holder) = (visit.Reference, visit.Level, visit.Holder);
        ulong page = reference.Page;
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
    internal static List<Leaf> Records(Cartridge3.Node node, Visit visit)
    {
        Holder here = new(visit.Reference.Page, node.PageHeader.Birth);
        List<Cartridge3.LeafCell> cells = node.Slots.ConvertAll(
            slot => Parse(here.Page, "CART-TRE-006", "tree.bad-cell", () => slot.LeafCell));
        List<byte[]> keys = Keys(node, cells.ConvertAll(cell => cell.Suffix), visit, here.Page);
        return [.. keys.Zip(cells, (key, cell) => new Leaf(key, cell, here))];
    }

    /// <summary>The children of an interior node, one more than there are separators. Checked as a leaf is.</summary>
    internal static List<Visit> Children(Cartridge3.Node node, Visit visit)
    {
        Holder here = new(visit.Reference.Page, node.PageHeader.Birth);
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
            Require(visit.Spans(key), "CART-TRE-012", "tree.unsorted", page,
                $"the key {Convert.ToHexStringLower(key)} is outside of the separators above it");
            keys.Add(key);
        }

        Parse(page, "CART-TRE-005", "tree.bad-cell", () => node.Gap);
        return keys;
    }

    private static int Compare(byte[] left, byte[] right) => KaitaiStream.ByteArrayCompare(left, right);
}

/// <summary>A node that is still to be visited.</summary>
/// <param name="Reference">The reference that leads to it.</param>
/// <param name="Level">The level that it must have.</param>
/// <param name="Low">The separator that no key below it is under; null where there is none.</param>
/// <param name="High">The separator that all keys below it are under; null where there is none.</param>
/// <param name="Holder">The page that holds the reference.</param>
internal sealed record Visit(Cartridge3.PageReference Reference, int Level, byte[]? Low, byte[]? High, Holder Holder)
{
    /// <summary>Where a tree begins.</summary>
    internal static Visit Root(Cartridge3.TreeReference tree, Holder holder) => new(tree.PageReference, tree.Level, null, null, holder);

    /// <summary>Whether a key may stand below the node.</summary>
    internal bool Spans(byte[] key) =>
        (Low is null || KaitaiStream.ByteArrayCompare(Low, key) <= 0) && (High is null || KaitaiStream.ByteArrayCompare(key, High) < 0);
}

/// <summary>A record of a tree.</summary>
/// <param name="Key">Its whole key.</param>
/// <param name="Cell">The cell that holds its value.</param>
/// <param name="Holder">The page that holds the cell.</param>
internal readonly record struct Leaf(byte[] Key, Cartridge3.LeafCell Cell, Holder Holder);
