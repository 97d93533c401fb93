namespace Cartridge.Reference;

/// <summary>
/// Walks a tree of the older state only as far as it differs from the newest: nodes, and the runs of the blobs, without
/// their bytes. The older state is what remains if the newest record is lost, so its damage is worth a warning; and what it
/// reaches must not be reused yet.
/// </summary>
internal sealed class OlderWalk(JudgedState state, JudgedState newest, PageType type, string name) : TreeWalk(state, type, name)
{
    private readonly bool _isContent = type == PageType.ContentNode;
    private readonly bool _isSystem = type == PageType.SystemNode;

    /// <summary>Whole subtrees are shared with the newest state, and not counted again.</summary>
    protected override bool CountsEntries => false;

    protected override Step Enter(in NodePlace place, in KeyRange range)
    {
        var page = place.Reference.Page;
        if (!newest.Owners.Reached.Contains(page))
        {
            // Trees of snapshots share nodes with each other.
            return State.HasSnapshots && State.Owners.Reached.Contains(page) ? Step.Pass : base.Enter(place, range);
        }

        // The newest state has this page. If it is what the reference says, hash for hash, then so is everything below it.
        if (Nodes.Read(State.Medium, place, SilentChecker.Strict) is not null)
        {
            return Step.Pass;
        }

        return C.HasFindingOn(page) ? Step.Lost : Step.Follow;
    }

    protected override void OnEntry(in LeafEntry entry)
    {
        if (_isSystem)
        {
            OnSnapshot(entry);
            return;
        }

        if (!_isContent && !entry.Value.IsLong)
        {
            return;
        }

        var limit = _isContent ? 1 << Format.MaxChunkShift : Format.MaxLongValue;
        if (State.ReadReference(entry, limit, _isContent) is { } blob)
        {
            ClaimWhatIsNotShared(blob, State, newest);
        }
        else
        {
            Lose();
        }
    }

    /// <summary>A snapshot of the older state reaches its trees; one that the newest state has as well is passed over at its roots.</summary>
    private void OnSnapshot(in LeafEntry entry)
    {
        var place = new SnapshotPlace(State.Bounds, State.Record.NextSnapshotId, State.Record.NextFileId);
        if (SnapshotRecord.Read(entry.Key, entry.Value, place, entry.KeyPlace, entry.ValuePlace, C) is { } snapshot)
        {
            RunTree(PageType.CatalogNode, snapshot.Catalog, entry.ValuePlace.Field(SnapshotFieldLocations.CatalogTree));
            RunTree(PageType.ContentNode, snapshot.Content, entry.ValuePlace.Field(SnapshotFieldLocations.ContentTree));
        }
        else
        {
            Lose();
        }
    }

    private void RunTree(PageType tree, in TreeReference reference, Place at)
    {
        if (!reference.IsEmpty)
        {
            new OlderWalk(State, newest, tree, "a snapshot of the older state").Run(reference, at);
        }
    }

    /// <summary>Gives those pages of a blob to the older state that the newest does not have.</summary>
    public static void ClaimWhatIsNotShared(BlobReference blob, JudgedState older, JudgedState newest)
    {
        foreach (var run in blob.Runs)
        {
            foreach (var (from, end) in newest.Owners.Reached.Gaps(run.Page, unchecked(run.Page + run.Pages)))
            {
                if (older.HasSnapshots)
                {
                    older.Owners.Share(from, (uint)(end - from), "the older state");
                }
                else if (!older.Owners.Claim(from, (uint)(end - from), "the older state", older.Collector))
                {
                    older.Lose();
                }
            }
        }
    }
}
