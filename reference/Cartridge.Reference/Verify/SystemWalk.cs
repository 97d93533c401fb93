namespace Cartridge.Reference;

/// <summary>A snapshot, and where its record stands.</summary>
internal readonly record struct FoundSnapshot(SnapshotRecord Record, Place KeyPlace, Place ValuePlace);

/// <summary>Walks the system tree and judges its records, each by itself and all together (spec/12-snapshots.md).</summary>
internal sealed class SystemWalk(JudgedState state) : TreeWalk(state, PageType.SystemNode, "system tree")
{
    private readonly Dictionary<ulong, SnapshotRecord> _byId = [];

    /// <summary>The snapshots by ascending id.</summary>
    public List<FoundSnapshot> Snapshots { get; } = [];

    protected override void OnEntry(in LeafEntry entry)
    {
        C.Subject = "system tree";
        var place = new SnapshotPlace(State.Bounds, State.Record.NextSnapshotId, State.Record.NextFileId);
        if (SnapshotRecord.Read(entry.Key, entry.Value, place, entry.KeyPlace, entry.ValuePlace, C) is { } snapshot)
        {
            Snapshots.Add(new FoundSnapshot(snapshot, entry.KeyPlace, entry.ValuePlace));
            _byId.TryAdd(snapshot.Id, snapshot);
            if (snapshot.Catalog.IsEmpty != IsZero(entry, SnapshotFieldLocations.CatalogTree) || snapshot.Content.IsEmpty != IsZero(entry, SnapshotFieldLocations.ContentTree))
            {
                Lose(); // There is a tree; the reader of the record has said why it cannot be followed.
            }
        }
        else
        {
            Lose();
        }
    }

    /// <summary>The snapshot with an id, null if there is none.</summary>
    public SnapshotRecord? Find(ulong id) => _byId.GetValueOrDefault(id);

    /// <summary>Judges what only all records together show.</summary>
    public void JudgeTogether()
    {
        var record = State.Record;
        var names = new HashSet<string>(StringComparer.Ordinal);
        var children = Snapshots.Select(found => found.Record.Parent).Append(record.BaseSnapshot).CountBy(id => id).ToDictionary();
        var (generation, nextFileId) = (0UL, 0UL);
        foreach (var (snapshot, keyAt, at) in Snapshots)
        {
            C.Subject = $"snapshot {snapshot.Id}";

            // "Of two snapshots the one with the higher id MUST have the higher generation, and a next file id that is not lower."
            _ = C.Skips(SnapshotRule.Order) || (snapshot.Generation > generation && snapshot.NextFileId >= nextFileId)
                || C.Fault(SnapshotRule.Order, at, $"generation {snapshot.Generation} and next file id {snapshot.NextFileId} behind {generation} and {nextFileId}");
            (generation, nextFileId) = (snapshot.Generation, snapshot.NextFileId);

            // "Two snapshots MUST NOT have the same name, hidden ones apart."
            _ = C.Skips(SnapshotRule.UniqueName) || snapshot.IsHidden || names.Add(Convert.ToHexString(snapshot.Name))
                || C.Fault(SnapshotRule.UniqueName, at.Field(SnapshotFieldLocations.NameLength), $"a second snapshot {Text.Brief(snapshot.Name)}");

            // "The parent of a snapshot MUST be 0 or the id of a snapshot that exists and has a lower id."
            _ = C.Skips(SnapshotRule.Parent) || !IsWhole || snapshot.Parent == 0 || (snapshot.Parent < snapshot.Id && Find(snapshot.Parent) is not null)
                || C.Fault(SnapshotRule.Parent, at.Field(SnapshotFieldLocations.Parent), $"the parent is snapshot {snapshot.Parent}, which is none made before");

            // "A hidden snapshot MUST have at least two children."
            _ = C.Skips(SnapshotRule.HiddenChildren) || !IsWhole || !snapshot.IsHidden || children.GetValueOrDefault(snapshot.Id) >= 2
                || C.Fault(SnapshotRule.HiddenChildren, keyAt, $"a hidden snapshot with {children.GetValueOrDefault(snapshot.Id)} children");
        }

        // "The base snapshot MUST be 0 or the id of a snapshot that exists."
        C.Subject = "system tree";
        _ = C.Skips(SnapshotRule.Base) || !IsWhole || record.BaseSnapshot == 0 || Find(record.BaseSnapshot) is not null
            || C.Fault(SnapshotRule.Base, new Place(CommitRecord.PageOf(record.Generation), CommitFieldLocations.BaseSnapshot), $"there is no snapshot {record.BaseSnapshot}");
    }

    private static bool IsZero(in LeafEntry entry, int offset) => Zero.All(entry.Value.Bytes.Span.Slice(offset, TreeReference.Length));
}
