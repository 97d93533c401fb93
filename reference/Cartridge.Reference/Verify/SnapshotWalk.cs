namespace Cartridge.Reference;

/// <summary>The trees of a snapshot, or the current ones, by the type of their nodes.</summary>
/// <param name="Catalog">The catalog.</param>
/// <param name="Content">The content.</param>
/// <param name="Generation">The generation; nothing in the trees is younger.</param>
/// <param name="NextFileId">The next file id then; all ids in the catalog are below it.</param>
internal sealed record TreePair(Tree Catalog, Tree Content, ulong Generation, ulong NextFileId)
{
    /// <summary>What stands in for the parent of those that have none.</summary>
    public static readonly TreePair None = Of(default, default, 0, 0);

    public static TreePair Of(in TreeReference catalog, in TreeReference content, ulong generation, ulong nextFileId) =>
        new(Tree.From(PageType.CatalogNode, catalog), Tree.From(PageType.ContentNode, content), generation, nextFileId);

    public static TreePair Of(SnapshotRecord snapshot) => Of(snapshot.Catalog, snapshot.Content, snapshot.Generation, snapshot.NextFileId);

    public static TreePair Of(CommitRecord record) => Of(record.Catalog, record.Content, record.Generation, record.NextFileId);

    public Tree this[PageType type] => type == PageType.CatalogNode ? Catalog : Content;
}

/// <summary>
/// Walks what a snapshot, or the current state, has and its parent has not. What is older than the parent must be the
/// parent's, at the same keys; all else must be nobody else's: so each block is looked at with the one tree that it belongs
/// to, and every deletion will free what it should, and nothing that another still needs.
/// </summary>
/// <param name="state">The state.</param>
/// <param name="type">Which tree.</param>
/// <param name="owner">Whose tree it is, in findings.</param>
/// <param name="own">What the tree is one of.</param>
/// <param name="parent">The parent's trees.</param>
/// <param name="proved">The trees that have been verified whole: what they have as well is not read again.</param>
/// <param name="homes">To whom blocks belong, however many share them.</param>
/// <param name="nodes">For looking up.</param>
/// <param name="isCurrent">Whether it is the current tree, whose entries were counted before.</param>
internal sealed class SnapshotWalk(
    JudgedState state, PageType type, string owner, TreePair own, TreePair parent, TreePair proved, Ownership homes, QuietNodes nodes, bool isCurrent)
    : TreeWalk(state, type, $"{(type == PageType.CatalogNode ? "catalog" : "content")} tree of {owner}")
{
    private readonly bool _isContent = type == PageType.ContentNode;
    private readonly byte[] _room = new byte[BlobReader.MaxLength];

    protected override bool CountsEntries => !isCurrent;

    protected override Step Enter(in NodePlace place, in KeyRange range)
    {
        var reference = place.Reference;
        if (C.HasFindingOn(reference.Page))
        {
            return Step.Lost; // It was said what is wrong with it.
        }

        if (reference.Birth <= parent.Generation)
        {
            return ParentReaches(place, range) ? Step.Pass : Step.Lost;
        }

        if (!homes.Claim(reference.Page, 1, owner, C))
        {
            return Step.Lost;
        }

        State.Owners.Share(reference.Page, 1, owner);
        return Step.Follow;
    }

    protected override void OnEntry(in LeafEntry entry)
    {
        C.Subject = _isContent ? Name : entry.Key;
        if (_isContent)
        {
            ContentCheck.Key(entry.Key, entry.KeyPlace, C);
            ContentCheck.Value(entry.Value, entry.KeyPlace, C);
            OnBlob(entry);
            return;
        }

        CatalogPath.Check(entry.Key, entry.KeyPlace, C);
        var bytes = entry.Value.IsLong ? OnBlob(entry) : entry.Value.Bytes.Span;
        if (bytes.IsEmpty)
        {
            return;
        }

        if (CatalogRecord.Read(bytes, own.NextFileId, entry.ValuePlace, C, State.Identity.IsEncrypted) is not { } record)
        {
            Lose();
        }
        else if (record.Type == EntryType.SymbolicLink)
        {
            LinkTarget.CheckLength(record.Size, entry.ValuePlace, C);
        }
    }

    private string Name => $"{(_isContent ? "content" : "catalog")} tree of {owner}";

    /// <summary>Judges the blob that an entry refers to.</summary>
    /// <returns>Its bytes, if they were read.</returns>
    private ReadOnlySpan<byte> OnBlob(in LeafEntry entry)
    {
        if (State.ReadReference(entry, _isContent ? 1 << Format.MaxChunkShift : Format.MaxLongValue, _isContent) is not { } blob)
        {
            Lose();
            return [];
        }

        if (blob.Birth <= parent.Generation)
        {
            // "What is born no later than the parent's generation MUST be reached by the parent, by an equal reference at the same key."
            var isShared = C.Skips(SnapshotRule.Shared) || Has(parent, entry) is not false
                || C.Fault(SnapshotRule.Shared, entry.ValuePlace, $"a blob born in {blob.Birth} that the parent, of generation {parent.Generation}, does not have");
            if (!isShared)
            {
                Lose();
            }

            return [];
        }

        if (C.HasFindingOn(blob.Runs[0].Page) || !homes.Claim(blob, owner, C))
        {
            Lose();
            return [];
        }

        foreach (var run in blob.Runs)
        {
            State.Owners.Share(run.Page, run.Pages, owner);
        }

        var checksum = _isContent ? State.Identity.ContentChecksum : ContentChecksum.Sha256;
        return Has(proved, entry) is not true && BlobReader.TryRead(State.Medium, blob, checksum, _room, C, out var bytes) ? bytes : [];
    }

    /// <summary>Whether other trees have the same value at the same key; null where that cannot be found out.</summary>
    private bool? Has(TreePair trees, in LeafEntry entry)
    {
        try
        {
            return trees[Type].Find(nodes, entry.Key) is { } value
                && value.IsLong == entry.Value.IsLong && value.Bytes.Span.SequenceEqual(entry.Value.Bytes.Span);
        }
        catch (QuietNodes.LostException)
        {
            return null;
        }
    }

    /// <summary>Whether the parent has a node, which then was verified with it: but for the separators above the node.</summary>
    private bool ParentReaches(in NodePlace place, in KeyRange range)
    {
        var (reference, level, tree) = (place.Reference, place.Level, parent[Type]);
        try
        {
            // The separators around a node may have changed beside it; a key of its own leads to it for certain.
            var isShared = C.Skips(SnapshotRule.Shared)
                || tree.Reaches(nodes, reference, level, range.Low ?? [])
                || (KeyIn(place) is { } key && tree.Reaches(nodes, reference, level, key))
                || C.Fault(SnapshotRule.Shared, Place.Of(reference.Page), $"a node born in {reference.Birth} that the parent, of generation {parent.Generation}, does not have");
            if (isShared)
            {
                CheckEdge(reference, level, range with { High = null });
                CheckEdge(reference, level, range with { Low = null });
            }

            return isShared;
        }
        catch (QuietNodes.LostException)
        {
            return false;
        }
    }

    /// <summary>A key of a node; null if the node is not what its reference says, and so nobody's.</summary>
    private byte[]? KeyIn(in NodePlace place)
    {
        try
        {
            return nodes.Load(new Child(place.Reference), Type, place.Level, KeyRange.All).Keys[0];
        }
        catch (QuietNodes.LostException)
        {
            return null;
        }
    }

    /// <summary>Checks the bound on one side of a shared subtree. What stands between its own separators does so everywhere.</summary>
    private void CheckEdge(in PageReference reference, byte level, in KeyRange range)
    {
        if (range == KeyRange.All)
        {
            return;
        }

        var node = nodes.Load(new Child(reference), Type, level, range);
        range.Check(node, reference.Page, C);
        if (level > 0)
        {
            var at = range.Low is null ? node.Children.Length - 1 : 0;
            CheckEdge(node.Children[at].Reference, (byte)(level - 1), range);
        }
    }
}
