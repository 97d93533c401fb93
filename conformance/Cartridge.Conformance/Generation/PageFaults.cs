using Cartridge.Conformance.Mending;

namespace Cartridge.Conformance.Generation;

/// <summary>Chapter 3, references and the pages that they lead to.</summary>
internal static class PageFaults
{
    private const string Entries = "catalog/entries";
    private const string OutOfRange = "page.out-of-range";

    public static IEnumerable<Source> All =>
    [
        new Rejected("page/reference-beyond-total-blocks", "CART-PAG-001", OutOfRange)
        {
            Title = "The catalog's root stands behind the container's last block",
            Why = "The file may be longer than total_blocks, but what is there is no part of the container. The page itself is sound.",
            Base = Entries,
            Mutation = "the root is moved to a page behind the last block",
            When = Moment.List,
            Also = ["space.leak"],
            Make = MoveRootBehindTheEnd,
        },
        new Rejected("page/chunk-shared-by-two-files", "CART-PAG-002", "page.claimed-twice")
        {
            Title = "Two files share a block",
            Why = "A block has one owner in a state. Shared ones would be freed with the first file that goes; equal content does "
                + "not excuse it.",
            Base = "content/equal-files",
            Mutation = "the second file's chunk refers to the first one's page, whose bytes are equal",
            When = Moment.Verify,
            Make = m => m
                .Number(m.Newest.Chunk("b.bin").RunSpot(0, "page"), (ulong)m.Newest.Chunk("a.bin").Pages[0])
                .Mend(m.Newest.ChunkCell("b.bin").Value.Page),
        },
        new Rejected("page/block-twice-in-one-chunk", "CART-PAG-002", "page.claimed-twice")
        {
            Title = "A chunk counts a block twice",
            Why = "Not even within one blob may two runs overlap: what is freed twice is given away twice.",
            Base = "content/equal-blocks",
            Mutation = "the run of two pages becomes two runs of its first page, whose bytes the second repeats",
            When = Moment.Verify,
            Make = CountBlockTwice,
        },
        Node("type-byte", "CART-PAG-003", "page.bad-type", "A content node in the catalog, by its first byte",
            "The type tells one tree's nodes from another's before anything in them is believed.",
            "2 becomes 3", m => m.Number(Root(m)["type"], 3)),
        Node("stored-hash", "CART-PAG-004", "page.checksum-mismatch", "The hash that a node carries is not its own",
            "The hash covers bytes 33 to 4095 of the page. That the reference repeats a wrong hash does not make it right.",
            "the hash's lowest bit is flipped, in the page and in the reference to it",
            m => m.Flip(Root(m)["hash"]).Flip(RootReference(m, "hash")).MendAbove(Root(m).Page)),
        Node("bit-rot", "CART-PAG-004", "page.checksum-mismatch", "One bit of a node has rotted",
            "The lowest bit of an entry's modification time: nothing but the hash can notice.",
            "the lowest bit is flipped and no hash is mended", m => m.Flip(m.Newest.Entry("docs")["modified"])),
        Node("reference-hash", "CART-PAG-005", "page.checksum-mismatch", "The reference's hash is that of another page",
            "A node that is sound in itself, yet not the one that was referred to: an old one, say, that a lost write left in place.",
            "the lowest bit of the hash in the record's catalog tree reference is flipped",
            m => m.Flip(RootReference(m, "hash")).Mend(m.Newest.Page)),
        Node("type-again", "CART-PAG-006", "page.bad-type", "A content node in the catalog, by the type under its hash",
            "The hash does not cover the first type byte; its repetition does stand under the hash.",
            "2 becomes 3", m => m.Number(Root(m)["type again"], 3).Mend(Root(m).Page)),
        Node("header-reserved", "CART-PAG-007", "page.reserved-nonzero", "A reserved byte of a node's page header is in use",
            "Reserved bytes are zero.",
            "byte 34 becomes 1", m => m.Number(Root(m)["reserved"].Byte(0), 1).Mend(Root(m).Page)),
        Node("container-prefix", "CART-PAG-008", OutOfRange, "A node of another container",
            "A page that was copied from another container is not this one's, however sound it is.",
            "the lowest bit is flipped", m => m.Flip(Root(m)["container prefix"]).Mend(Root(m).Page)),
        Node("page-number", "CART-PAG-009", OutOfRange, "A node that says that it is another page",
            "A write that went to the wrong place is told by the number that the page carries.",
            "it grows by 1", m => m.Add(Root(m)["page number"], 1).Mend(Root(m).Page)),
        Node("birth", "CART-PAG-010", OutOfRange, "A node that was born later than its reference says",
            "Page and reference tell the same birth; what a writer may free depends on it.",
            "it grows by 1", m => m.Add(Root(m)["birth"], 1).Mend(Root(m).Page)),
        Node("birth-after-the-record", "CART-PAG-011", OutOfRange, "A node that is younger than the record that refers to it",
            "Pages are written before what refers to them, so none is younger than its holder.",
            "the birth, in the reference and in the page, becomes the generation + 1",
            m => m
                .Number(RootReference(m, "birth"), m.Newest.Generation + 1)
                .Number(Root(m)["birth"], m.Newest.Generation + 1)
                .Mend(Root(m).Page)),
        Node("tree-reference-reserved", "CART-PAG-012", "page.reserved-nonzero", "A reserved byte of a tree reference is in use",
            "Reserved bytes are zero.",
            "the last byte becomes 1", m => m.Number(m.Newest.Catalog["reserved"].Byte(6), 1).Mend(m.Newest.Page)),
        new Rejected("page/empty-tree-with-birth", "CART-PAG-013", OutOfRange)
        {
            Title = "The reference of an empty tree has a birth",
            Why = "An empty tree has no node that could have been born: its reference is zero from end to end.",
            Base = "container/empty",
            Mutation = "the birth, 0, becomes 1",
            When = Moment.List,
            Make = m => m
                .Number(m.Newest.Catalog["page reference"].Inner(Layouts.PageReference, "birth"), 1)
                .Mend(m.Newest.Page),
        },
    ];

    private static Rejected Node(
        string slug, string requirement, string code, string title, string why, string mutation, Action<Mender> make) =>
        new($"page/node-{slug}", requirement, code)
        {
            Title = title,
            Why = why,
            Base = Entries,
            Mutation = mutation,
            When = Moment.List,
            Make = make,
        };

    private static NodeChart Root(Mender m) => m.Newest.Catalog.Root;

    private static Spot RootReference(Mender m, string field) =>
        m.Newest.Catalog["page reference"].Inner(Layouts.PageReference, field);

    private static void CountBlockTwice(Mender m)
    {
        CellChart cell = m.Newest.ChunkCell("twice.bin");
        NodeChart leaf = m.Newest.Content.LeafOf(cell);
        m.Rebuild(leaf, "blob reference: runs", draft => draft.Change(cell.Index, old =>
        {
            byte[] fixedPart = old.Value[..Layouts.BlobReference.Length];
            byte[] run = old.Value[Layouts.BlobReference.Length..];
            fixedPart[Layouts.BlobReference["run count"].Offset] = 2;
            run[Layouts.Run["pages"].Offset] = 1;
            return old with { Value = [.. fixedPart, .. run, .. run] };
        })).Mend(leaf.Page);
    }

    private static void MoveRootBehindTheEnd(Mender m)
    {
        long page = m.Bytes.Length / Spot.PageSize;
        Spot root = new(Root(m).Page, 0, Spot.PageSize, "root");
        m.Append(root.In(m.Bytes), "catalog node");
        m.Number(Spot.Of(Layouts.PageHeader, "page number", page), (ulong)page);
        m.Set(Spot.Of(Layouts.PageHeader, "hash", page), Chart.PageHash(m.Bytes, page));
        ulong birth = Root(m)["birth"].Number(m.Bytes);
        m.Set(m.Newest.Catalog["page reference"], HandMade.PageReference(m.Bytes, page, birth)).Mend(m.Newest.Page);
    }
}
