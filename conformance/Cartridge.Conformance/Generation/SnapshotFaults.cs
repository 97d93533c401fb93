using System.Buffers.Binary;
using System.Text;
using Cartridge.Conformance.Mending;

namespace Cartridge.Conformance.Generation;

/// <summary>
/// Chapter 12. Reading the current state never meets a snapshot, so all of these show in a full verification alone. In the base snapshot 1
/// is hidden, 2 and 3 descend from it, and the current state from 2.
/// </summary>
internal static class SnapshotFaults
{
    private const string BadRecord = "snapshot.bad-record";
    private const string BadName = "snapshot.bad-name";
    private const int Hidden = 0;
    private const int Base = 1;
    private const int Third = 2;

    public static IEnumerable<Source> All =>
    [
        Fault("key-of-kind-2", "CART-SNP-001", "snapshot.bad-key", "A key of an unknown kind in the system tree",
            "This edition has records of snapshots only; what else there may be decides about blocks that nobody knows of.",
            "the last key's first byte becomes 2", m => m.Rebuild(Leaf(m), "snapshot key: kind", draft => draft.Change(Third, cell => cell with { Key = [2, .. cell.Key[1..]] }))),
        Fault("key-of-10-bytes", "CART-SNP-001", "snapshot.bad-key", "A key of the system tree that goes on behind the id",
            "An id has eight bytes.",
            "a zero byte is put behind the last key", m => m.Rebuild(Leaf(m), "snapshot key: id", draft => draft.Change(Third, cell => cell with { Key = [.. cell.Key, 0] }))),
        Fault("long-record", "CART-SNP-002", "tree.bad-cell", "A snapshot's record as a long value",
            "A record always fits into its leaf.",
            "the last cell's value kind becomes 1", m => m.Number(Of(m, Third).Cell["value kind"], 1)),
        Fault("byte-after-name", "CART-SNP-003", BadRecord, "A byte behind the name",
            "The name ends where the record does.",
            "the name's length falls by 1", m => m.Add(Of(m, Third)["name length"], -1)),
        Fault("name-too-long", "CART-SNP-003", BadRecord, "A name that goes on behind the record",
            "The name ends where the record does.",
            "the name's length becomes 255", m => m.Number(Of(m, Third)["name length"], 255)),
        Fault("id-not-given-out", "CART-SNP-004", BadRecord, "A snapshot with an id that was never given out",
            "The next snapshot to be made would some day get the same one.",
            "the last snapshot's id, 3, becomes 9", m => m.Number(LastByteOfKey(m), 9)),
        Fault("generation-after-record", "CART-SNP-005", BadRecord, "A snapshot that is younger than its record",
            "The record was written when the snapshot was made or later.",
            "the last snapshot's generation becomes that of its leaf + 1",
            m => m.Number(Of(m, Third)["generation"], Leaf(m)["birth"].Number(m.Bytes) + 1)),
        Fault("flag-bit-1", "CART-SNP-006", "page.reserved-nonzero", "An unknown flag of a snapshot",
            "Bits that mean nothing are zero.",
            "the last snapshot's flags become 2", m => m.Number(Of(m, Third)["flags"], 2)),
        Fault("reserved", "CART-SNP-006", "page.reserved-nonzero", "A reserved byte of a snapshot's record in use",
            "Reserved bytes are zero.",
            "the last byte becomes 1", m => m.Number(Of(m, Third)["reserved"].Byte(5), 1)),
        Named("name-with-at", "A name that begins with @", "Programs have words of their own that begin so; no snapshot may take one.",
            "the first letter becomes '@'", (byte)'@'),
        Named("name-with-control", "A name with a line feed", "A name is shown on one line.", "the first letter becomes a line feed", (byte)'\n'),
        Named("name-with-delete", "A name with the byte 127", "It is a control character as well.", "the first letter becomes 127", 127),
        Named("name-not-utf8", "A name that is not UTF-8", "A name that no two programs show alike is none.", "the first letter becomes FF", 0xFF),
        Fault("no-name", "CART-SNP-007", BadName, "A snapshot without a name",
            "Only hidden ones have none.",
            "the last snapshot loses its name", m => Rename(m, Third, [])),
        Fault("hidden-with-name", "CART-SNP-008", BadName, "A hidden snapshot with a name",
            "It was deleted, and its name with it; another may have that.",
            "the first snapshot gets a name", m => Rename(m, Hidden, Encoding.ASCII.GetBytes("autumn"))),
        Fault("next-file-id-too-high", "CART-SNP-009", BadRecord, "A next file id above the container's",
            "Ids are given once in the life of a container; the snapshot has none that were not given yet.",
            "the last snapshot's becomes the record's + 1", m => m.Number(Of(m, Third)["next file id"], m.Newest["next file id"].Number(m.Bytes) + 1)),
        Fault("generations-exchanged", "CART-SNP-010", BadRecord, "Two snapshots of one generation",
            "Each has a commit of its own, so the later one has the higher generation.",
            "the second snapshot's becomes the third's", m => m.Number(Of(m, Base)["generation"], Of(m, Third)["generation"].Number(m.Bytes))),
        Fault("file-ids-descend", "CART-SNP-010", BadRecord, "A next file id that fell from one snapshot to the next",
            "What a snapshot shares with its parent has ids that were given before either was made.",
            "the first snapshot's becomes the record's", m => m.Number(Of(m, Hidden)["next file id"], m.Newest["next file id"].Number(m.Bytes))),
        Fault("name-twice", "CART-SNP-011", "snapshot.duplicate-name", "Two snapshots of one name",
            "Whoever asks for it could get either.",
            "the third snapshot gets the second's name", m => m.Set(Of(m, Third).Name, Of(m, Base).Name.In(m.Bytes).ToArray())),
        Fault("parent-made-later", "CART-SNP-012", "snapshot.missing", "A parent that was made after its child",
            "Descent that goes in circles would never end.",
            "the first snapshot's parent becomes the second", m => m.Number(Of(m, Hidden)["parent"], 2)),
        Fault("base-missing", "CART-SNP-013", "snapshot.missing", "A base that does not exist",
            "Which of the current blocks are a snapshot's as well, nobody could tell.",
            "the base snapshot, 2, becomes 4, which was deleted", m => m.Number(m.Newest["base snapshot"], 4).Mend(m.Newest.Page)),
        Fault("hidden-with-one-child", "CART-SNP-014", BadRecord, "A hidden snapshot from which one state descends",
            "It should have gone with the second of its children: it keeps blocks that nobody can ever get at.",
            "the second snapshot is hidden and loses its name", HideTheBase),
        Fault("parent-lacks-node", "CART-SNP-015", "snapshot.not-shared", "Nodes that are older than the parent, and not the parent's",
            "To delete the snapshot would leave them behind for ever: what is not younger than the parent is left to the parent.",
            "the first snapshot's generation becomes that before the second's",
            m => m.Number(Of(m, Hidden)["generation"], Of(m, Base)["generation"].Number(m.Bytes) - 1)),
        Fault("parent-lacks-blob", "CART-SNP-015", "snapshot.not-shared", "A blob that the parent has at another key",
            "Whoever deletes the parent looks for it at its own key, does not find it there, and frees it.",
            "the third snapshot's chunk of c.bin becomes that of a.bin", CopyChunk),
        Fault("siblings-share", "CART-PAG-002", "page.claimed-twice", "Two snapshots share what their parent lacks",
            "What is younger than the parent belongs to one snapshot and what descends from it: whichever is deleted first frees it.",
            "the third snapshot's content tree becomes the second's",
            m => m.Set(Of(m, Third)["content tree"], Of(m, Base)["content tree"].In(m.Bytes).ToArray())).Citing("CART-SNP-104"),
        Fault("file-id-not-given-out", "CART-CAT-015", "catalog.bad-record", "A file of a snapshot with an id that was not given out then",
            "In a snapshot its own next file id counts, and not the container's.",
            "the third snapshot's next file id falls by 1", m => m.Add(Of(m, Third)["next file id"], -1)),
        Fault("entry-count", "CART-TRE-013", "tree.count-mismatch", "A snapshot's catalog with an entry less than its reference says",
            "Shared or not, all entries are counted.",
            "the entry count grows by 1", m => m.Add(Of(m, Third).Catalog["entry count"], 1)),
        Fault("child-after-snapshot", "CART-PAG-011", "page.out-of-range", "A tree that is younger than its snapshot",
            "Nothing in a snapshot was written after it.",
            "the last snapshot's generation falls below its root's birth",
            m => m.Number(Of(m, Third)["generation"], Of(m, Third).Catalog.Root["birth"].Number(m.Bytes) - 1)),
        Fault("bit-rot", "CART-BLB-010", "content.checksum-mismatch", "A flipped bit in a content that only a snapshot has",
            "What is kept has to be whole, whether anybody looks at it or not.",
            "the lowest bit of the chunk's first byte is flipped",
            m => m.Flip(Spot.At(Chunk(m, 3).Pages[0] * Spot.PageSize, 1, "chunk: stored bytes")), mends: false),
        Fault("block-in-map", "CART-SPC-005", "space.overlap", "A block of a snapshot is called free",
            "The next write would overwrite what the snapshot keeps.",
            "an extent of the third snapshot's catalog node is put before the others, and counted", FreeNode),
        Fault("separator-above-shared-node", "CART-TRE-012", "tree.unsorted", "A separator that excludes a key of a shared node",
            "A shared node is sound in the parent. Below other separators it may not be: a look-up of the key would go past it.",
            "the last byte of the first separator grows by 1", RaiseSeparator, baseId: SnapshotVectors.Wide),
    ];

    private static Rejected Fault(
        string slug, string requirement, string code, string title, string why, string mutation, Func<Mender, Mender> make, params string[] also) =>
        Fault(slug, requirement, code, title, why, mutation, make, mends: true, also: also);

    private static Rejected Fault(
        string slug, string requirement, string code, string title, string why, string mutation, Func<Mender, Mender> make,
        bool mends = true, string baseId = SnapshotVectors.Family, params string[] also) =>
        new($"snapshot/{slug}", requirement, code)
        {
            Title = title,
            Why = why,
            Base = baseId,
            Mutation = mutation,
            // What is wrong with a record by itself is met by whoever lists the snapshots.
            When = string.CompareOrdinal(requirement, "CART-SNP-010") < 0 && requirement.StartsWith("CART-SNP-", StringComparison.Ordinal) ? Moment.Snapshots : Moment.Verify,
            Also = also,
            Make = m =>
            {
                make(m);
                if (mends)
                {
                    m.Mend(m.Places[0].Page);
                }
            },
        };

    private static Rejected Named(string slug, string title, string why, string mutation, byte letter) =>
        Fault(slug, "CART-SNP-007", BadName, title, why, mutation, m => m.Number(Of(m, Third).Name.Byte(0), letter));

    private static SnapshotChart Of(Mender m, int index) => m.Newest.Snapshots[index];

    private static NodeChart Leaf(Mender m) => m.Newest.System.Root;

    private static Spot LastByteOfKey(Mender m)
    {
        Spot suffix = Of(m, Third).Cell.Suffix;
        return suffix.Byte(suffix.Length - 1) with { Name = "snapshot key: id" };
    }

    private static BlobChart Chunk(Mender m, ulong fileId) => new(m.Bytes, Of(m, Third).ChunkCell(fileId).Value, followsContainer: true);

    private static Mender Rename(Mender m, int index, byte[] name, byte flags = 0) => m.Rebuild(Leaf(m), "snapshot record: name", draft => draft.Change(index, cell =>
    {
        byte[] value = [.. cell.Value[..Layouts.SnapshotRecord.Length], .. name];
        value[Layouts.SnapshotRecord["name length"].Offset] = (byte)name.Length;
        value[Layouts.SnapshotRecord["flags"].Offset] |= flags;
        return cell with { Value = value };
    }));

    private static Mender HideTheBase(Mender m) => Rename(m, Base, [], flags: 1);

    private static Mender CopyChunk(Mender m)
    {
        byte[] older = Of(m, Third).ChunkCell(1).Value.In(m.Bytes).ToArray();
        int index = Of(m, Third).ChunkCell(3).Index;
        return m.Rebuild(Of(m, Third).Content.Root, "leaf cell: value", draft => draft.Change(index, cell => cell with { Value = older }));
    }

    /// <summary>The node stands before all free blocks, so its extent becomes the first.</summary>
    private static Mender FreeNode(Mender m)
    {
        int extents = m.Newest.Extents;
        byte[] before = m.Newest["free map area"].Slice(0, extents * Layouts.Extent.Length).In(m.Bytes).ToArray();
        byte[] first = new byte[Layouts.Extent.Length];
        BinaryPrimitives.WriteInt64LittleEndian(first, Of(m, Third).Catalog.Root.Page);
        first[Layouts.Extent["length"].Offset] = 1;
        return m.Set(m.Newest["free map area"].Slice(0, before.Length + first.Length), [.. first, .. before])
            .Add(m.Newest["extent count"], 1).Add(m.Newest["free blocks"], 1);
    }

    private static Mender RaiseSeparator(Mender m) =>
        m.Rebuild(m.Newest.Snapshots[1].Catalog.Root, "interior cell: separator", draft => draft.Change(0, cell => cell with { Key = [.. cell.Key[..^1], (byte)(cell.Key[^1] + 1)] }));
}
