using Cartridge.Conformance.Mending;

namespace Cartridge.Conformance.Generation;

/// <summary>Chapter 8, the content tree and what the catalog says of it.</summary>
internal static class ContentFaults
{
    private const string Entries = "catalog/entries";
    private const string File = "docs/data.bin";

    public static IEnumerable<Source> All =>
    [
        new Rejected("content/orphan", "CART-CON-001", "content.orphan")
        {
            Title = "A chunk of a file that does not exist",
            Why = "Content without an entry is never read and never freed: the space is lost. The file that it came from is a hole now.",
            Base = Entries,
            Mutation = "the chunk's file id becomes one that no entry has",
            When = Moment.Verify,
            Make = m => Rekey(m, StateChart.Key(m.Newest["next file id"].Number(m.Bytes) + 1, 0)),
        },
        new Rejected("content/chunk-of-inline-file", "CART-CON-002", "content.overlap")
        {
            Title = "A file with inline content and a chunk",
            Why = "A content stands in one place. Which of two would be read depends on the reader.",
            Base = "content/inline-and-one-byte-chunk",
            Mutation = "the chunk's file id becomes that of the file with inline content",
            When = Moment.Verify,
            Make = m => Rekey(m, StateChart.Key(m.Newest.Entry("inline.bin")["file id"].Number(m.Bytes), 0), "sparse.bin"),
        },
        new Rejected("content/chunk-beyond-size", "CART-CON-003", "content.size-mismatch")
        {
            Title = "A chunk that reaches beyond the file's end",
            Why = "Shrinking a file rewrites its last chunk; what stands beyond the end must not come back when the file grows.",
            Base = Entries,
            Mutation = "the file's size, 5000, becomes 4999",
            When = Moment.Read(File),
            Make = m => m.Add(m.Newest.Entry(File)["size"], -1).Mend(m.Newest.Catalog.Root.Page),
        },
        new Rejected("content/chunk-behind-the-end", "CART-CON-003", "content.size-mismatch")
        {
            Title = "A chunk that begins behind the file's end",
            Why = "All of a file's chunks lie within its size, also those that a reader of the file would never ask for.",
            Base = Entries,
            Mutation = "the chunk's number, 0, becomes 1",
            When = Moment.Verify,
            Make = m => Rekey(m, StateChart.Key(m.Newest.Entry(File)["file id"].Number(m.Bytes), 1)),
        },
        new Rejected("content/key-of-15-bytes", "CART-CON-004", "tree.bad-cell")
        {
            Title = "A key of 15 bytes",
            Why = "A content key is a file id and a chunk number of eight bytes each.",
            Base = Entries,
            Mutation = "the key loses its last byte",
            When = Moment.Read(File),
            Make = m => Rekey(m, m.Newest.ChunkCell(File).Key[..^1]),
        },
    ];

    private static void Rekey(Mender m, byte[] key, string path = File)
    {
        CellChart cell = m.Newest.ChunkCell(path);
        NodeChart leaf = m.Newest.Content.LeafOf(cell);
        m.Rebuild(leaf, "content key", draft => draft.Change(cell.Index, old => old with { Key = key })).Mend(leaf.Page);
    }
}
