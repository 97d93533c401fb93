namespace Cartridge.Reference;

/// <summary>
/// Walks a tree of the older state only as far as it differs from the newest: nodes, and the runs of the blobs, without
/// their bytes. The older state is what remains if the newest record is lost, so its damage is worth a warning; and what it
/// reaches must not be reused yet.
/// </summary>
internal sealed class OlderWalk(JudgedState state, JudgedState newest, PageType type, string name) : TreeWalk(state, type, name)
{
    private readonly bool _isContent = type == PageType.ContentNode;

    /// <summary>Whole subtrees are shared with the newest state, and not counted again.</summary>
    protected override bool CountsEntries => false;

    protected override Step Enter(in NodePlace place)
    {
        var page = place.Reference.Page;
        if (!newest.Owners.Reached.Contains(page))
        {
            return base.Enter(place);
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

    /// <summary>Gives those pages of a blob to the older state that the newest does not have.</summary>
    public static void ClaimWhatIsNotShared(BlobReference blob, JudgedState older, JudgedState newest)
    {
        foreach (var run in blob.Runs)
        {
            foreach (var (from, end) in newest.Owners.Reached.Gaps(run.Page, unchecked(run.Page + run.Pages)))
            {
                if (!older.Owners.Claim(from, (uint)(end - from), "the older state", older.Collector))
                {
                    older.Lose();
                }
            }
        }
    }
}
