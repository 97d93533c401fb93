namespace Cartridge.Reference;

public sealed partial class CartridgeFile
{
    /// <summary>The snapshots in the order in which they were made, pending changes included. Deleted ones are not among them, even where they are kept for others.</summary>
    public IReadOnlyList<SnapshotInfo> Snapshots
    {
        get
        {
            using var access = Enter();
            return [.. _draft.Snapshots().Where(snapshot => !snapshot.IsHidden).Select(snapshot => SnapshotInfo.From(snapshot, _draft.BaseSnapshot))];
        }
    }

    /// <summary>
    /// Keeps catalog and content as they are now under a name. This publishes a commit of its own, whatever the durability,
    /// together with what has gathered before; it costs the same however much the container holds.
    /// </summary>
    /// <param name="name">1 to 255 bytes of UTF-8 without control characters, not beginning with '@'; no snapshot may have it.</param>
    /// <returns>The snapshot.</returns>
    /// <exception cref="CartridgeException"><c>snapshot.bad-name</c>, <c>api.exists</c>; <c>api.bad-argument</c>: a transaction
    /// or another operation is under way, whose later steps would join the commit; <c>limit.exceeded</c>, <c>api.read-only</c>,
    /// <c>api.poisoned</c>.</exception>
    /// <exception cref="IOException">The system refused; unless the handle is poisoned, the container is as it was.</exception>
    public SnapshotInfo CreateSnapshot(string name)
    {
        var bytes = SnapshotName.Encode(name);
        using var access = Enter();
        RequireNoOperation();
        if (_transaction is not null)
        {
            throw new CartridgeException(ErrorCode.BadArgument, "A snapshot is a commit of its own and cannot be a part of a transaction.");
        }

        SnapshotRecord? made = null;
        Change(() => made = _draft.CreateSnapshot(bytes, _clock()), publishes: true);
        return SnapshotInfo.From(made!, made!.Id);
    }

    /// <summary>
    /// Puts all entries and their content back to a snapshot. What was made or changed since the last snapshot is gone;
    /// snapshots, the title and the ids that were given stay.
    /// </summary>
    /// <param name="name">The snapshot's name.</param>
    /// <exception cref="CartridgeException"><c>api.not-found</c>, <c>snapshot.bad-name</c>, <c>limit.exceeded</c>,
    /// <c>api.read-only</c>, <c>api.poisoned</c>.</exception>
    /// <exception cref="IOException">The system refused; the container is as it was.</exception>
    public void RestoreSnapshot(string name) =>
        Change(() => _draft.RestoreSnapshot(_draft.SnapshotNamed(name)), Purpose.Freeing);

    /// <summary>Deletes a snapshot and frees what only it kept. Entries and other snapshots stay as they are.</summary>
    /// <param name="name">The snapshot's name.</param>
    /// <exception cref="CartridgeException">As for <see cref="RestoreSnapshot"/>.</exception>
    /// <exception cref="IOException">The system refused; the container is as it was.</exception>
    public void DeleteSnapshot(string name) =>
        Change(() => _draft.DeleteSnapshot(_draft.SnapshotNamed(name)), Purpose.Freeing);

    /// <summary>Opens a snapshot of the newest published state for reading. It stays readable, even if the snapshot is deleted meanwhile.</summary>
    /// <param name="name">The snapshot's name.</param>
    /// <returns>The reader; dispose it, or the blocks of its state are never reused.</returns>
    /// <exception cref="CartridgeException"><c>api.not-found</c>, <c>snapshot.bad-name</c>.</exception>
    public CartridgeReader OpenSnapshot(string name)
    {
        using var access = Enter();
        var published = new PublishedState(_draft.Published, Pool);
        return new CartridgeReader(published.At(published.SnapshotNamed(name)), _pins);
    }

    /// <summary>
    /// What differs between two snapshots, or between one and the current state as it was published last: entries added,
    /// removed and changed, in the order of their paths. Only what the two do not share is read.
    /// </summary>
    /// <param name="before">The name of a snapshot; null for the current state.</param>
    /// <param name="after">The name of a snapshot; null for the current state.</param>
    /// <returns>The differences, found as the caller goes. Both states are those of the moment when it begins, and are kept until
    /// it ends; the names are looked up then, too.</returns>
    /// <exception cref="CartridgeException"><c>api.not-found</c>, <c>snapshot.bad-name</c>; or a node is damaged.</exception>
    public IEnumerable<EntryDifference> Diff(string? before, string? after)
    {
        using var a = OpenState(before);
        using var b = OpenState(after);
        foreach (var difference in StateDifference.Between(a.State, b.State))
        {
            yield return difference;
        }
    }

    private CartridgeReader OpenState(string? name) => name is null ? OpenReader() : OpenSnapshot(name);
}
