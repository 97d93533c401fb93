namespace Cartridge.Reference;

/// <summary>The system tree as a list of snapshots (spec/12-snapshots.md).</summary>
internal static class SnapshotStore
{
    /// <summary>All snapshots in the order in which they were made, hidden ones too.</summary>
    public static IEnumerable<SnapshotRecord> Snapshots(this IState state) =>
        state.System.From(state, []).Select(entry => state.DecodeSnapshot(entry.Key, entry.Value));

    /// <summary>The snapshot with an id.</summary>
    /// <exception cref="CartridgeException"><c>snapshot.missing</c>: a parent or base that does not exist.</exception>
    public static SnapshotRecord Snapshot(this IState state, ulong id)
    {
        var key = SnapshotKey.Write(id);
        return state.System.Find(state, key) is { } value
            ? state.DecodeSnapshot(key, value)
            : throw new CartridgeException(ErrorCode.SnapshotMissing, $"There is no snapshot {id} in the container, though another or the current state descends from it.");
    }

    /// <summary>The snapshot with a name, null if there is none.</summary>
    public static SnapshotRecord? FindSnapshot(this IState state, byte[] name) =>
        state.Snapshots().FirstOrDefault(snapshot => !snapshot.IsHidden && snapshot.Name.AsSpan().SequenceEqual(name));

    /// <summary>The snapshot with a name.</summary>
    /// <exception cref="CartridgeException"><c>api.not-found</c>, <c>snapshot.bad-name</c>.</exception>
    public static SnapshotRecord SnapshotNamed(this IState state, string name)
    {
        var bytes = SnapshotName.Encode(name);
        return state.FindSnapshot(bytes)
            ?? throw new CartridgeException(ErrorCode.NotFound, $"There is no snapshot {Text.Display(bytes)} in the container.");
    }

    /// <summary>The generation of a parent or base; 0 where there is none.</summary>
    public static ulong GenerationOfSnapshot(this IState state, ulong id) => id == 0 ? 0 : state.Snapshot(id).Generation;

    /// <summary>Sets a snapshot's record.</summary>
    public static void Put(this Draft draft, SnapshotRecord snapshot) =>
        draft.System = draft.System.Put(draft, SnapshotKey.Write(snapshot.Id), new TreeValue(snapshot.Write()), out _);

    /// <summary>Removes a snapshot's record.</summary>
    public static void Remove(this Draft draft, SnapshotRecord snapshot) =>
        draft.System = draft.System.Remove(draft, SnapshotKey.Write(snapshot.Id), out _);

    /// <summary>The trees of a snapshot.</summary>
    public static (Tree Catalog, Tree Content) Trees(this SnapshotRecord snapshot) =>
        (Tree.From(PageType.CatalogNode, snapshot.Catalog), Tree.From(PageType.ContentNode, snapshot.Content));

    private static SnapshotRecord DecodeSnapshot(this IState state, byte[] key, in TreeValue value)
    {
        var place = new SnapshotPlace(state.Bounds, state.NextSnapshotId, state.NextFileId);
        return SnapshotRecord.Read(key, value, place, default, default, new StrictChecker { Subject = "system tree" })!;
    }
}
