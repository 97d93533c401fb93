using At = Cartridge.Reference.SnapshotFieldLocations;

namespace Cartridge.Reference.Tests.Verify;

/// <summary>The system tree and its snapshots: the first (hidden), another and a third, which the current state descends from.</summary>
internal static class SnapshotCases
{
    private const int First = 0;
    private const int Other = 1;
    private const int Third = 2;

    public static Dictionary<string, Case> All { get; } = new()
    {
        ["CART-SNP-001"] = new("snapshots", d => d.SystemRoot.Key(Third, key => [2, .. key[1..]])),
        ["CART-SNP-002"] = new("snapshots", d => d.SystemRoot.Cell(Third).Plus(2).U8(1).Plus(-2)) { AloneStands = false },
        ["CART-SNP-003"] = new("snapshots", d => d.SystemRoot.Value(Third).Plus(At.NameLength).U8(6).Plus(-At.NameLength)) { AloneStands = false },
        ["CART-SNP-005"] = new("snapshots", d => d.SystemRoot.Value(Third).U64(d.SystemRoot.Number(PageHeaderFieldLocations.Birth) + 1)) { Also = ["CART-SNP-015"] },
        ["CART-SNP-006"] = new("snapshots", d => d.SystemRoot.Value(Third).Plus(At.Reserved).U8(1).Plus(At.Flags - At.Reserved)),
        ["CART-SNP-006 flag"] = new("snapshots", d => d.SystemRoot.Value(Third).Plus(At.Flags).U8(2)),
        ["CART-SNP-007"] = new("snapshots", d => d.SystemRoot.Value(Third).Plus(At.Name).U8((byte)'@').Plus(-1)),
        ["CART-SNP-008"] = new("snapshots", d => Change(d, First, record => record with { Name = "name"u8.ToArray() }).Plus(At.NameLength)),
        ["CART-SNP-009"] = new("snapshots", d => d.SystemRoot.Value(Third).Plus(At.NextFileId).U64(1000)),
        ["CART-SNP-010"] = new("snapshots", d =>
        {
            var third = d.SystemRoot.Value(Third);
            d.SystemRoot.Value(Other).U64(third.Number64());
            return third;
        }),
        ["CART-SNP-011"] = new("snapshots", d =>
        {
            "other"u8.CopyTo(d.SystemRoot.Value(Third).Plus(At.Name).Span(5));
            return d.SystemRoot.Value(Third).Plus(At.NameLength);
        }),
        ["CART-SNP-012"] = new("snapshots", d => d.SystemRoot.Value(First).Plus(At.Parent).U64(2)) { AloneStands = false },
        ["CART-SNP-013"] = new("snapshots", d => d.Newest.At(CommitFieldLocations.BaseSnapshot).U64(4)) { AloneStands = false },
        ["CART-SNP-014"] = new("snapshots", d =>
        {
            Change(d, Other, record => record with { IsHidden = true, Name = [] });
            return d.SystemRoot.Cell(Other);
        }),
        ["CART-SNP-015"] = new("snapshots", d =>
        {
            // What the current state has written since is then as old as the snapshot, which does not reach it.
            d.SystemRoot.Value(Third).U64(d.SystemRoot.Number(PageHeaderFieldLocations.Birth));
            return d.CatalogRoot.Whole();
        })
        { AloneStands = false },
    };

    private static Spot Change(Damage d, int index, Func<SnapshotRecord, SnapshotRecord> change)
    {
        d.SystemRoot.Rebuild(cells =>
        {
            var (key, value) = cells[index];
            var place = new SnapshotPlace(new Bounds((ulong)Format.MaxBlocks, default), ulong.MaxValue, ulong.MaxValue);
            var record = SnapshotRecord.Read(key, value, place, default, default, SilentChecker.Lenient)!;
            cells[index] = KeyValuePair.Create(key, new TreeValue(change(record).Write()));
        });
        return d.SystemRoot.Value(index);
    }
}
