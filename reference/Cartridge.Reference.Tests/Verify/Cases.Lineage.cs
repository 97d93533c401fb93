using At = Cartridge.Reference.SnapshotFieldLocations;

namespace Cartridge.Reference.Tests.Verify;

/// <summary>
/// What snapshots have of their own and what they share: the first and the second, and two that descend from the second, the third and
/// the fourth, beside the current state.
/// </summary>
internal static class LineageCases
{
    private const int First = 0;
    private const int Second = 1;
    private const int Third = 2;
    private const int Fourth = 3;
    private const int Fifth = 4;

    public static Dictionary<string, Case> All { get; } = new()
    {
        ["CART-SNP-004"] = new("lineage", d => d.SystemRoot.Key(Fourth, _ => SnapshotKey.Write(9))),
        ["CART-SNP-004 zero"] = new("lineage", d =>
        {
            // Whose parent is none stays whose parent is none.
            d.SystemRoot.Value(Second).Plus(At.Parent).U64(0);
            return d.SystemRoot.Key(First, _ => SnapshotKey.Write(0));
        })
        { AloneStands = false },
        ["CART-SNP-010 file id"] = new("lineage", d =>
        {
            d.SystemRoot.Value(First).Plus(At.NextFileId).U64(d.SystemRoot.Value(Third).Plus(At.NextFileId).Number64());
            return d.SystemRoot.Value(Second);
        }),
        ["CART-SNP-015 node"] = new("lineage", d =>
        {
            // A reference that calls the root older than the parent, which lacks it: nobody has such a node.
            var root = d.SystemRoot.Value(Third).Plus(At.CatalogTree);
            root.Plus(8).U64(1);
            return d.Page(root.Number64()).Whole();
        })
        { AloneStands = false },
        ["CART-SNP-015 blob"] = new("lineage", d =>
        {
            var chunk = Root(d, Third, At.ContentTree, PageType.ContentNode).Value(2);
            chunk.Plus(8).U64(1);
            return chunk;
        })
        { AloneStands = false },
        ["CART-PAG-002 siblings"] = new("lineage", d =>
        {
            var third = d.SystemRoot.Value(Third).Plus(At.ContentTree);
            third.Span(64).CopyTo(d.SystemRoot.Value(Fourth).Plus(At.ContentTree).Span(64));
            return d.Page(third.Number64()).Whole();
        })
        { AloneStands = false },
        ["CART-SPC-008 snapshot"] = new("lineage", d =>
        {
            // A block of the snapshot that the newest commit deleted: in the older state it is still the snapshot's.
            var older = d.Record(CommitRecord.PageOf(d.Generation - 1));
            var fifth = new Spot(d, older.Number(CommitFieldLocations.SystemTree), PageType.SystemNode).Value(Fifth);
            var page = new Spot(d, fifth.Plus(At.ContentTree).Number64(), PageType.ContentNode).Value(3).Plus(50).Number64();
            var map = d.Map();
            var at = map.FindIndex(extent => page >= extent.Start && page < extent.Start + extent.Length);
            var (start, length, freedIn) = map[at];
            (ulong, uint, ulong)[] parts = [(start, (uint)(page - start), freedIn), (page, 1, 0), (page + 1, (uint)(start + length - page - 1), freedIn)];
            map.RemoveAt(at);
            map.InsertRange(at, parts.Where(part => part.Item2 > 0));
            d.SetMap([.. map]);
            return d.Page(page).Whole();
        }),
        ["CART-TRE-012 shared"] = new("lineage", d =>
        {
            // The separator left of a node that the parent has too rises above the node's first key.
            var root = Root(d, Third, At.CatalogTree, PageType.CatalogNode);
            var cell = root.Cell(0);
            cell.Plus(1 + cell.Number16()).Span(1)[0]++;
            return root.Child(1).Cell(0);
        }),
        ["CART-TRE-013 snapshot"] = new("lineage", d => d.SystemRoot.Value(Third).Plus(At.CatalogTree + 48).Add(1)),
        ["CART-CAT-015 snapshot"] = new("lineage", d =>
        {
            var next = d.SystemRoot.Value(Third).Plus(At.NextFileId).Number64();
            var record = LastLeaf(d).Value("z/2").Plus(CatalogRecordFieldLocations.FileId);
            record.U64(next);
            return record;
        }),
        ["CART-CAT-022 snapshot"] = new("lineage", d => LastLeaf(d).Record("z/link", record => record with { Size = Format.MaxLinkTarget + 1, Inline = null })),
        ["CART-BLB-010 snapshot"] = new("lineage", d =>
        {
            var page = d.Page(Root(d, Third, At.ContentTree, PageType.ContentNode).Value(2).Plus(50).Number64());
            page.Flip();
            return page.Whole();
        })
        { MendsBlobs = false },
    };

    private static Spot LastLeaf(Damage d)
    {
        var root = Root(d, Third, At.CatalogTree, PageType.CatalogNode);
        return root.Child(root.Node.Children.Length - 1);
    }

    private static Spot Root(Damage d, int snapshot, int tree, PageType type) =>
        new(d, d.SystemRoot.Value(snapshot).Plus(tree).Number64(), type);
}
