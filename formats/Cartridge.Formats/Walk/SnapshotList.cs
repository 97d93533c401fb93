using Cartridge.Formats.Generated;
using static Cartridge.Formats.Walk.Check;

namespace Cartridge.Formats.Walk;

/// <summary>Reads the system tree of a state: its snapshots by ascending id, and what has to be true of all of them together.</summary>
internal static class SnapshotList
{
    internal static List<Snapshot> Read(StateReach reach)
    {
        List<Snapshot> snapshots = [];
        foreach (Leaf leaf in new TreeWalk(reach, reach.Record.SystemTree, Cartridge3.PageType.SystemNode).Leaves())
        {
            snapshots.Add(Snapshot.From(leaf, reach.Record));
        }

        CheckTogether(snapshots, reach);
        return snapshots;
    }

    private static void CheckTogether(List<Snapshot> snapshots, StateReach reach)
    {
        ulong baseId = reach.Record.BaseSnapshot;
        HashSet<ulong> ids = [.. snapshots.Select(snapshot => snapshot.Id)];
        HashSet<string> names = [];
        ILookup<ulong, ulong> children = snapshots.Select(snapshot => snapshot.Fields.Parent).Append(baseId).ToLookup(parent => parent);
        Snapshot? before = null;
        foreach (Snapshot snapshot in snapshots)
        {
            bool ascends = before is null
                || (snapshot.Fields.Generation > before.Fields.Generation && snapshot.Fields.NextFileId >= before.Fields.NextFileId);
            Require(ascends, "CART-SNP-010", "snapshot.bad-record", snapshot.Page,
                $"snapshot {snapshot.Id} is not younger than snapshot {before?.Id}");
            Require(snapshot.IsHidden || names.Add(Convert.ToHexStringLower(snapshot.Fields.Name)), "CART-SNP-011", "snapshot.duplicate-name", snapshot.Page,
                $"snapshot {snapshot.Id} has a name that another one has");
            ulong parent = snapshot.Fields.Parent;
            Require(parent == 0 || (parent < snapshot.Id && ids.Contains(parent)), "CART-SNP-012", "snapshot.missing", snapshot.Page,
                $"the parent of snapshot {snapshot.Id} is {parent}");
            Require(!snapshot.IsHidden || children[snapshot.Id].Count() >= 2, "CART-SNP-014", "snapshot.bad-record", snapshot.Page,
                $"snapshot {snapshot.Id} is hidden and has {children[snapshot.Id].Count()} children");
            before = snapshot;
        }

        Require(baseId == 0 || ids.Contains(baseId), "CART-SNP-013", "snapshot.missing", reach.RootHolder.Page,
            $"the state descends from snapshot {baseId}, which there is not");
    }
}
