using Cartridge.Conformance.Mending;

namespace Cartridge.Conformance.Generation;

/// <summary>Chapter 3, references to bytes outside the nodes: chunks, long values, the free map.</summary>
internal static class BlobFaults
{
    private const string Entries = "catalog/entries";
    private const string File = "docs/data.bin";
    private const string OutOfRange = "page.out-of-range";
    private const string SizeMismatch = "content.size-mismatch";

    public static IEnumerable<Source> All =>
    [
        new Rejected("blob/byte-after-reference", "CART-BLB-001", "tree.bad-cell")
        {
            Title = "A byte too many behind a blob reference",
            Why = "A reference is as long as its run count says, and the cell's value is the reference and nothing else.",
            Base = Entries,
            Mutation = "the cell's value grows by a zero byte",
            When = Moment.Read(File),
            Make = m => Rebuild(m, cell => cell with { Value = [.. cell.Value, 0] }),
        },
        Chunk("no-run", "CART-BLB-002", OutOfRange, "A blob without a run",
            "A blob has at least one byte, so at least one run leads to it.",
            "the run count becomes 0 and the run goes",
            m => Rebuild(m, cell => cell with { Value = WithoutRun(cell.Value) }), SizeMismatch),
        Chunk("codec-3", "CART-BLB-003", "codec.unknown", "A codec that is not defined",
            "Whoever does not know the codec cannot give the content; handing out the stored bytes would be worse than refusing.",
            "0 becomes 3", m => m.Number(Blob(m)["codec"], 3).Mend(Leaf(m))),
        new Rejected("blob/long-value-with-codec", "CART-BLB-012", OutOfRange)
        {
            Title = "A long catalog value that is said to be encoded",
            Why = "Metadata is never encoded: whoever lists a container needs no codec.",
            Base = "catalog/long-value",
            Mutation = "the codec becomes 1",
            When = Moment.List,
            Also = [SizeMismatch],
            Make = m =>
            {
                Spot codec = m.Newest.Catalog.Cell("annotated.txt").Value.Inner(Layouts.BlobReference, "codec");
                m.Number(codec, 1).Mend(codec.Page);
            },
        },
        Chunk("codec-1", "CART-BLB-013", SizeMismatch, "A codec that has not made anything shorter",
            "What a codec does not make shorter is stored as it is; so the pages of an encoded chunk are never more than the content's.",
            "the codec, 0, becomes 1", m => m.Number(Blob(m)["codec"], 1).Mend(Leaf(m))),
        new Rejected("blob/longer-than-chunk", "CART-BLB-004", SizeMismatch)
        {
            Title = "A chunk with more bytes than a chunk has",
            Why = "The chunk size places each chunk in the file; bytes beyond it would stand where the next chunk's are.",
            Base = Entries,
            Mutation = "the file's chunk shift, 16, becomes 12, and its only chunk has 5000 bytes",
            When = Moment.Read(File),
            Make = m => m.Number(m.Newest.Entry(File)["chunk shift"], 12).Mend(m.Newest.Entry(File)["chunk shift"].Page),
        },
        Chunk("stored-length-differs", "CART-BLB-005", SizeMismatch, "Fewer bytes than are stored, without a codec",
            "Codec 0 stores the bytes as they are, so both lengths are one number.",
            "the logical length falls by 1", m => m.Add(Blob(m)["logical length"], -1).Mend(Leaf(m))),
        Chunk("run-beyond-total-blocks", "CART-BLB-006", OutOfRange, "A run that leaves the container",
            "The file may be longer than total_blocks, but what is there is no part of the container. The bytes themselves are right.",
            "the run is moved behind the last block, with a copy of its pages", MoveRunBehindTheEnd, "space.leak"),
        Chunk("run-of-no-page", "CART-BLB-006", OutOfRange, "A run without a page",
            "A run that says nothing gives one content many spellings.",
            "a second run is added, of 0 pages", m => Rebuild(m, cell => cell with { Value = WithEmptyRun(cell.Value) })),
        Chunk("run-too-long", "CART-BLB-007", SizeMismatch, "A page more than the bytes need",
            "The pages are those that the stored length needs; one more would be a block that nobody uses and nobody frees.",
            "the run's pages grow by 1", m => m.Add(Blob(m).RunSpot(0, "pages"), 1).Mend(Leaf(m)),
            "page.reserved-nonzero", "space.overlap"),
        Chunk("birth-after-the-node", "CART-BLB-008", OutOfRange, "A chunk that is younger than the node that refers to it",
            "Blobs are written before what refers to them, so none is younger than its holder.",
            "the birth becomes that of the node + 1",
            m => m.Number(Blob(m)["birth"], m.Newest.Content.Root["birth"].Number(m.Bytes) + 1).Mend(Leaf(m))),
        new Rejected("blob/crc-with-more-bytes", "CART-BLB-009", "page.reserved-nonzero")
        {
            Title = "A CRC-32C with a fifth byte",
            Why = "A CRC-32C has four bytes; the rest of the checksum's field is zero.",
            Base = "content/crc-32c",
            Mutation = "the checksum's last byte becomes 1",
            When = Moment.Read("data.bin"),
            Make = m => m.Number(m.Newest.Chunk("data.bin")["checksum"].Byte(31), 1).Mend(m.Newest.ChunkCell("data.bin").Value.Page),
        }.With("crc-32c"),
        Chunk("checksum-damaged", "CART-BLB-010", "content.checksum-mismatch", "The checksum of a chunk is wrong",
            "The reference's checksum is that of the stored bytes.",
            "the lowest bit is flipped", m => m.Flip(Blob(m)["checksum"]).Mend(Leaf(m))),
        Chunk("bit-rot", "CART-BLB-010", "content.checksum-mismatch", "One bit of a file's content has rotted",
            "No byte of a chunk may be handed out before the checksum over all of them has been found right.",
            "the lowest bit of the first byte is flipped and no checksum is mended",
            m => m.Flip(new Spot(Blob(m).Pages[0], 0, 1, "chunk: stored bytes"))),
        new Rejected("blob/crc-bit-rot", "CART-BLB-010", "content.checksum-mismatch")
        {
            Title = "One bit of a file's content has rotted, under a CRC-32C",
            Why = "CRC-32C is enough against accidents, and must be checked like any other.",
            Base = "content/crc-32c",
            Mutation = "the lowest bit of the first byte is flipped and no checksum is mended",
            When = Moment.Read("data.bin"),
            Make = m => m.Flip(new Spot(m.Newest.Chunk("data.bin").Pages[0], 0, 1, "chunk: stored bytes")),
        }.With("crc-32c"),
        new Rejected("blob/long-value-bit-rot", "CART-BLB-010", "content.checksum-mismatch")
        {
            Title = "One bit of a long catalog value has rotted",
            Why = "A record that stands outside its leaf is proved by the reference's checksum, as a record inside is by the node's hash.",
            Base = "catalog/long-value",
            Mutation = "the lowest bit of the record's modification time is flipped and no checksum is mended",
            When = Moment.List,
            Make = m => m.Flip(m.Newest.Entry("annotated.txt")["modified"]),
        },
        Chunk("padding", "CART-BLB-011", "page.reserved-nonzero", "Something stands behind a chunk's last byte",
            "The last page is filled up with zeros, so that nothing of what the page held before is given away.",
            "the page's last byte becomes 1", m => m.Number(new Spot(Blob(m).Pages[^1], Spot.PageSize - 1, 1, "chunk: padding"), 1)),
    ];

    private static Rejected Chunk(
        string slug, string requirement, string code, string title, string why, string mutation,
        Action<Mender> make, params string[] also) =>
        new($"blob/{slug}", requirement, code)
        {
            Title = title,
            Why = why,
            Base = Entries,
            Mutation = mutation,
            When = Moment.Read(File),
            Also = also,
            Make = make,
        };

    private static BlobChart Blob(Mender m) => m.Newest.Chunk(File);

    private static long Leaf(Mender m) => m.Newest.ChunkCell(File).Value.Page;

    private static void Rebuild(Mender m, Func<CellDraft, CellDraft> change)
    {
        CellChart cell = m.Newest.ChunkCell(File);
        m.Rebuild(m.Newest.Content.LeafOf(cell), "leaf cell: value", draft => draft.Change(cell.Index, change)).Mend(Leaf(m));
    }

    private static byte[] WithoutRun(byte[] reference)
    {
        byte[] shorter = reference[..Layouts.BlobReference.Length];
        shorter[Layouts.BlobReference["run count"].Offset] = 0;
        return shorter;
    }

    private static byte[] WithEmptyRun(byte[] reference)
    {
        byte[] longer = [.. reference, .. reference[Layouts.BlobReference.Length..]];
        longer[Layouts.BlobReference["run count"].Offset] = 2;
        longer.AsSpan(longer.Length - Layouts.Run["pages"].Length).Clear();
        return longer;
    }

    private static void MoveRunBehindTheEnd(Mender m)
    {
        BlobChart blob = Blob(m);
        ulong end = (ulong)(m.Bytes.Length / Spot.PageSize);
        foreach (long page in blob.Pages)
        {
            m.Append(new Spot(page, 0, Spot.PageSize, "chunk").In(m.Bytes), "chunk: stored bytes");
        }

        m.Number(blob.RunSpot(0, "page"), end).Mend(Leaf(m));
    }
}
