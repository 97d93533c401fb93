using System.Text;
using Cartridge.Conformance.Mending;

namespace Cartridge.Conformance.Generation;

/// <summary>Chapter 6, nodes and their cells.</summary>
internal static class TreeFaults
{
    private const string Folders = "tree/one-leaf";
    private const string ThreeLevels = "tree/three-levels";
    private const string BadCell = "tree.bad-cell";

    public static IEnumerable<Source> All =>
    [
        Leaf("reference-level-16", "CART-TRE-001", "tree.bad-level", "A tree of 17 levels",
            "Levels above 15 are not needed for any number of entries, and a reader's recursion must end.",
            "the level in the record's reference, 0, becomes 16", m => m.Number(m.Newest.Catalog["level"], 16).Mend(m.Newest.Page))
            .Citing("CART-TRE-002"),
        Leaf("leaf-calls-itself-interior", "CART-TRE-002", "tree.bad-level", "A leaf that says that it stands on level 1",
            "A node's level decides how it is read; it must be the one that the reference to it implies.",
            "0 becomes 1", m => m.Number(Root(m)["level"], 1).Mend(Root(m).Page)),
        new Rejected("tree/interior-level-too-high", "CART-TRE-002", "tree.bad-level")
        {
            Title = "A node whose level does not follow from its parent's",
            Why = "Children stand exactly one level below their parent: all leaves are equally deep.",
            Base = ThreeLevels,
            Mutation = "1 becomes 2",
            When = Moment.List,
            Make = m => m.Number(Interior(m)["level"], 2).Mend(Interior(m).Page),
        },
        Leaf("reserved-after-level", "CART-TRE-003", "page.reserved-nonzero", "The reserved byte after the level is in use",
            "Reserved bytes are zero.",
            "byte 65 becomes 1", m => m.Number(Root(m)["reserved after level"], 1).Mend(Root(m).Page)),
        Leaf("reserved-after-prefix-length", "CART-TRE-003", "page.reserved-nonzero", "A reserved byte after the prefix's length is in use",
            "Reserved bytes are zero.",
            "byte 71 becomes 1", m => m.Number(Root(m)["reserved after prefix length"].Byte(1), 1).Mend(Root(m).Page)),
        Leaf("empty-leaf", "CART-TRE-004", "tree.empty-node", "A leaf without a cell",
            "A tree without entries has no node at all. The tree reference counts no entry.",
            "all cells go, and the entry count becomes 0", EmptyLeaf),
        Leaf("prefix-longer-than-a-path", "CART-TRE-005", BadCell, "A prefix of 1200 bytes",
            "No key of a tree is longer than the longest path, so no prefix is.",
            "the only cell's key grows to 1200 bytes, all of them in the prefix", LongPrefix, "catalog.bad-path"),
        Leaf("gap-before-page-end", "CART-TRE-006", BadCell, "The first cell does not end at the page's end",
            "Cells are packed: a byte between them belongs to nobody and could hide anything.",
            "all cells move down by a byte", m => Rebuild(m, "tree node: slots", draft => draft.Slack = 1)),
        Leaf("slots-exchanged", "CART-TRE-006", BadCell, "Two slots point at each other's cells",
            "Cells stand in the order of their keys, so slots descend. Both cells are of the same length.",
            "the first two slots change places", SwapSlots, "tree.unsorted"),
        Leaf("gap-in-use", "CART-TRE-007", "page.reserved-nonzero", "Something stands between the slots and the cells",
            "The gap is zero: a page tells nothing but its cells.",
            "the byte before the last cell becomes 1", m => m.Number(Root(m).Gap.Byte(Root(m).Gap.Length - 1), 1).Mend(Root(m).Page)),
        new Rejected("tree/cell-of-2001-bytes", "CART-TRE-008", BadCell)
        {
            Title = "A cell of 2001 bytes",
            Why = "Two cells fit into every page only if none is larger than 2000 bytes, counted with its whole key; a longer "
                + "value stands outside.",
            Base = "tree/cell-of-2000-bytes",
            Mutation = "the value of the file's only attribute grows by a byte",
            When = Moment.List,
            Make = m => m.Rebuild(Root(m), "leaf cell: value", draft => draft.Change(0, GrowAttribute)).Mend(Root(m).Page),
        },
        Leaf("value-kind-2", "CART-TRE-009", BadCell, "A kind of value that is not defined",
            "A value is inline or long; a third kind cannot be read.",
            "0 becomes 2", m => m.Number(Root(m).Cells[0]["value kind"], 2).Mend(Root(m).Page)),
        Leaf("two-equal-keys", "CART-TRE-010", "tree.duplicate-key", "Two entries of the same name",
            "A key is in a tree once; which of two would be found depends on the reader.",
            "'bravo' becomes 'alpha'", m => Rename(m, 1, "alpha")),
        Leaf("two-keys-exchanged", "CART-TRE-011", "tree.unsorted", "Two entries in the wrong order",
            "Readers search nodes by halving: what stands out of order is not found.",
            "'alpha' and 'bravo' exchange their names", m => Rebuild(m, "leaf cell: suffix", draft =>
            {
                (byte[] first, byte[] second) = (draft.Cells[0].Key, draft.Cells[1].Key);
                draft.Change(0, cell => cell with { Key = second });
                draft.Change(1, cell => cell with { Key = first });
            })),
        Separator("key-below-its-leaf", "A separator that is above the first key of its right leaf",
            "Keys of the right subtree are not below the separator; one that is will be looked for on the left.",
            "the separator becomes the first key on its right with a further byte", raise: true),
        Separator("key-above-its-leaf", "A separator that is not above the last key of its left leaf",
            "Keys of the left subtree are below the separator; one that is not will be looked for on the right.",
            "the separator becomes the last key on its left", raise: false),
        new Rejected("tree/entry-count", "CART-TRE-013", "tree.count-mismatch")
        {
            Title = "The tree reference counts an entry too many",
            Why = "The count is what a reader tells without walking the tree.",
            Base = Folders,
            Mutation = "it grows by 1",
            When = Moment.Verify,
            Make = m => m.Add(m.Newest.Catalog["entry count"], 1).Mend(m.Newest.Page),
        },
        new Rejected("tree/long-value-in-content-tree", "CART-TRE-014", BadCell)
        {
            Title = "A blob reference that stands in a blob",
            Why = "In the content tree the values are blob references and short; a way around would be two spellings of one thing.",
            Base = "catalog/entries",
            Mutation = "the chunk's blob reference moves to a page of its own, and the cell refers to that as a long value",
            When = Moment.Read("docs/data.bin"),
            Also = ["space.leak"],
            Make = MoveReferenceToBlob,
        },
    ];

    private static Rejected Leaf(
        string slug, string requirement, string code, string title, string why, string mutation,
        Action<Mender> make, params string[] also) =>
        new($"tree/{slug}", requirement, code)
        {
            Title = title,
            Why = why,
            Base = Folders,
            Mutation = mutation,
            When = Moment.List,
            Also = also,
            Make = make,
        };

    private static Rejected Separator(string slug, string title, string why, string mutation, bool raise) =>
        new($"tree/{slug}", "CART-TRE-012", "tree.unsorted")
        {
            Title = title,
            Why = why,
            Base = ThreeLevels,
            Mutation = mutation,
            When = Moment.List,
            Make = m => MoveSeparator(m, raise),
        };

    private static NodeChart Root(Mender m) => m.Newest.Catalog.Root;

    /// <summary>The first node of level 1.</summary>
    private static NodeChart Interior(Mender m) => m.Newest.Catalog.Nodes.First(node => node.Level == 1);

    private static void Rebuild(Mender m, string name, Action<NodeDraft> change) => m.Rebuild(Root(m), name, change).Mend(Root(m).Page);

    private static void Rename(Mender m, int index, string name) =>
        Rebuild(m, "leaf cell: suffix", draft => draft.Change(index, cell => cell with { Key = Encoding.UTF8.GetBytes(name) }));

    private static void EmptyLeaf(Mender m)
    {
        m.Rebuild(Root(m), "tree node: cell count", draft => draft.Cells.Clear());
        m.Number(m.Newest.Catalog["entry count"], 0).Mend(Root(m).Page);
    }

    private static void LongPrefix(Mender m)
    {
        m.Rebuild(Root(m), "tree node: prefix length", draft =>
        {
            draft.Cells.RemoveRange(1, draft.Cells.Count - 1);
            draft.Change(0, cell => cell with { Key = [.. Enumerable.Repeat((byte)'p', 1200)] });
        });
        m.Number(m.Newest.Catalog["entry count"], 1).Mend(Root(m).Page);
    }

    private static void SwapSlots(Mender m)
    {
        (CellChart first, CellChart second) = (Root(m).Cells[0], Root(m).Cells[1]);
        m.Number(first.Slot, (ulong)second.Begin).Number(second.Slot, (ulong)first.Begin).Mend(Root(m).Page);
    }

    /// <summary>
    /// The record's last part is the value of its only attribute; its length stands before the value and the attribute's name.
    /// </summary>
    private static CellDraft GrowAttribute(CellDraft cell)
    {
        byte[] value = [.. cell.Value, (byte)'x'];
        Spot record = new(0, 0, cell.Value.Length, "catalog record");
        EntryChart entry = new(cell.Value, null!, record);
        Spot length = entry.Attribute(0, "value length");
        length.Bytes(length.Number(value) + 1).CopyTo(length.In(value));
        return cell with { Value = value };
    }

    /// <summary>Lifts a separator above the first key on its right, or lowers it onto the last key on its left.</summary>
    private static void MoveSeparator(Mender m, bool raise)
    {
        NodeChart node = Interior(m);
        int child = (int)node.Cells[0].Child.Inner(Layouts.PageReference, "page").Number(m.Bytes);
        NodeChart right = m.Newest.Catalog.Nodes.Single(other => other.Page == child);
        NodeChart left = m.Newest.Catalog.Nodes.First(other => other.IsLeaf);
        byte[] key = raise ? [.. right.Cells[0].Key, (byte)'!'] : left.Cells[^1].Key;
        m.Rebuild(node, "interior cell: suffix", draft => draft.Change(0, cell => cell with { Key = key })).Mend(node.Page);
    }

    private static void MoveReferenceToBlob(Mender m)
    {
        StateChart state = m.Newest;
        CellChart cell = state.ChunkCell("docs/data.bin");
        byte[] reference = cell.Value.In(m.Bytes).ToArray();
        long page = m.Append(reference, "long value");
        ulong birth = state.Content.Root["birth"].Number(m.Bytes);
        m.Rebuild(
            state.Content.LeafOf(cell),
            "leaf cell: value kind",
            draft => draft.Change(cell.Index, old => old with { Kind = 1, Value = HandMade.BlobReference(reference, page, birth) }));
        m.Add(state["total blocks"], 1).Mend(state.Content.Root.Page).Mend(state.Page);
    }
}
