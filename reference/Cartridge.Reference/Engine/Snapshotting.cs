namespace Cartridge.Reference;

/// <summary>
/// Makes, restores and deletes snapshots in the state in the making. Which blocks that frees is the heart of
/// spec/05-lifetimes.md, "Snapshots": who changes a line here has to run the model of all owners again.
/// </summary>
internal static class Snapshotting
{
    /// <summary>
    /// Makes a snapshot of catalog and content. Its generation is the one in the making, so this must be the last thing that
    /// the commit holds (CART-LIF-122). It costs a path through the system tree, however much there is.
    /// </summary>
    public static SnapshotRecord CreateSnapshot(this Draft draft, byte[] name, long created)
    {
        if (draft.FindSnapshot(name) is not null)
        {
            throw new CartridgeException(ErrorCode.Exists, $"There is a snapshot {Text.Display(name)} already.");
        }

        // The roots need pages: they are referred to from a record, and no longer from the commit record alone.
        draft.WriteNodes();
        var snapshot = new SnapshotRecord(NextId(draft))
        {
            Generation = draft.Generation,
            Created = created,
            Parent = draft.BaseSnapshot,
            NextFileId = draft.NextFileId,
            Catalog = draft.Catalog.ToReference(),
            Content = draft.Content.ToReference(),
            Name = name,
        };
        draft.Put(snapshot);
        draft.BaseSnapshot = snapshot.Id;
        return snapshot;
    }

    /// <summary>
    /// Puts catalog and content back to what they were. The current trees go, as far as they are younger than the base
    /// (CART-LIF-123); the system tree and the ids that were given stay (CART-LIF-124).
    /// </summary>
    public static void RestoreSnapshot(this Draft draft, SnapshotRecord snapshot)
    {
        var (former, since) = (draft.BaseSnapshot, draft.BaseGeneration);
        var (catalog, content) = snapshot.Trees();
        new TreeRelease(draft, since, draft.Catalog, null).Run();
        new TreeRelease(draft, since, draft.Content, null).Run();
        (draft.Catalog, draft.Content, draft.BaseSnapshot) = (catalog, content, snapshot.Id);
        draft.CollapseIfHidden(former);
    }

    /// <summary>Deletes a snapshot. What others share of it stays, and where several descend from it, so does its record, hidden.</summary>
    public static void DeleteSnapshot(this Draft draft, SnapshotRecord snapshot)
    {
        // The current state counts as a child of its base (CART-LIF-125).
        var children = draft.Snapshots().Where(child => child.Parent == snapshot.Id).Take(2).ToList();
        var isBase = draft.BaseSnapshot == snapshot.Id;
        if (children.Count + (isBase ? 1 : 0) > 1)
        {
            // "Deleting a snapshot with several children MUST leave it, hidden and without a name." (CART-LIF-127)
            draft.Put(snapshot with { IsHidden = true, Name = [] });
            return;
        }

        // What is older than the parent is the parent's; what the child reaches is the child's from now on (CART-LIF-126).
        var since = draft.GenerationOfSnapshot(snapshot.Parent);
        (Tree Catalog, Tree Content)? heir = children.Count > 0 ? children[0].Trees() : isBase ? (draft.Catalog, draft.Content) : null;
        var (catalog, content) = snapshot.Trees();
        new TreeRelease(draft, since, catalog, heir?.Catalog).Run();
        new TreeRelease(draft, since, content, heir?.Content).Run();
        draft.Remove(snapshot);
        if (children.Count > 0)
        {
            draft.Put(children[0] with { Parent = snapshot.Parent });
        }
        else if (isBase)
        {
            draft.BaseSnapshot = snapshot.Parent;
        }

        draft.CollapseIfHidden(snapshot.Parent);
    }

    /// <summary>A hidden snapshot that has lost all children but one has no use any more: it goes in the same commit (CART-LIF-128).</summary>
    private static void CollapseIfHidden(this Draft draft, ulong id)
    {
        if (id != 0 && draft.Snapshot(id) is { IsHidden: true } hidden)
        {
            draft.DeleteSnapshot(hidden);
        }
    }

    /// <summary>An id that was never given before and never will be again (CART-SNP-102).</summary>
    private static ulong NextId(Draft draft) => draft.NextSnapshotId < ulong.MaxValue
        ? draft.NextSnapshotId++
        : throw new CartridgeException(ErrorCode.LimitExceeded, "The container has given all snapshot ids away.");
}
