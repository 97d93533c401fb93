using Cartridge.Formats.Generated;

namespace Cartridge.Formats.Walk;

/// <summary>
/// Walks all snapshots of a state, parents first, and last the current trees once more: of each what is younger than its parent. That has
/// one home, the tree in which it was found; all else must be the parent's.
/// </summary>
internal sealed class SnapshotWalk
{
    private readonly StateReach _state;
    private readonly PageSet _homes = new();
    private readonly Dictionary<ulong, ulong> _counts = [];

    private SnapshotWalk(StateReach state)
    {
        _state = state;
        foreach (OwnedPages owned in state.Owned.Where(owned => owned.Owner.Use is PageUse.SystemNode or PageUse.Map))
        {
            _homes.AddAll(owned.Start, owned.Count);
        }
    }

    /// <summary>The catalog and the content of a snapshot, or of the current state.</summary>
    private sealed record Trees(Cartridge3.TreeReference Catalog, Cartridge3.TreeReference Content, ulong Generation);

    /// <summary>Walks the snapshots of a state whose own trees and map have been walked.</summary>
    /// <param name="state">The state; what only snapshots reach is added to its pages.</param>
    /// <param name="snapshots">Its snapshots.</param>
    /// <param name="reads">Whether records and blobs are looked at too, and not only where they are.</param>
    internal static void Verify(StateReach state, IReadOnlyList<Snapshot> snapshots, bool reads)
    {
        if (snapshots.Count == 0)
        {
            return;
        }

        SnapshotWalk walk = new(state);
        Dictionary<ulong, Trees> trees = [];
        foreach (Snapshot snapshot in snapshots)
        {
            Trees own = new(snapshot.Fields.CatalogTree, snapshot.Fields.ContentTree, snapshot.Fields.Generation);
            StateReach view = state.Of(snapshot, walk._homes);
            walk.Walk(view, own, trees.GetValueOrDefault(snapshot.Fields.Parent), reads);
            trees.Add(snapshot.Id, own);
            view.Owned.ToList().ForEach(state.Share);
        }

        Cartridge3.CommitRecord record = state.Record;
        Trees current = new(record.CatalogTree, record.ContentTree, record.Proof.Generation);
        walk.Walk(state.Again(walk._homes), current, trees.GetValueOrDefault(record.BaseSnapshot), reads: false);
    }

    private void Walk(StateReach view, Trees own, Trees? parent, bool reads)
    {
        ParentTree Parent(Cartridge3.TreeReference? tree, Cartridge3.PageType type) => new(_state, tree, type, parent?.Generation ?? 0, _counts);
        WalkCatalog(view, own.Catalog, Parent(parent?.Catalog, Cartridge3.PageType.CatalogNode), reads);
        WalkContent(view, own.Content, Parent(parent?.Content, Cartridge3.PageType.ContentNode), reads);
    }

    private static void WalkCatalog(StateReach view, Cartridge3.TreeReference tree, ParentTree parent, bool reads)
    {
        BlobReader blobs = new(view);
        CatalogWalk catalog = new(view, blobs);
        foreach (Leaf leaf in new TreeWalk(view, tree, Cartridge3.PageType.CatalogNode, parent).Leaves())
        {
            string path = CatalogPath.Decode(leaf.Key, leaf.Holder.Page);
            Cartridge3.BlobReference? blob = CatalogWalk.LongValue(leaf)?.Blob;
            if (blob is not null && blob.Birth <= parent.Generation)
            {
                parent.RequireValue(leaf, blob.Birth);
            }
            else if (reads)
            {
                _ = catalog.Entry(leaf, path);
            }
            else if (blob is not null)
            {
                blobs.Claim(blob, BlobReader.MaxLength, leaf.Holder, new PageOwner(PageUse.LongValue, 0, path));
            }
        }
    }

    /// <summary>Whose the chunks are, and how long they may be, only catalog and content together say; that is no matter of sharing.</summary>
    private static void WalkContent(StateReach view, Cartridge3.TreeReference tree, ParentTree parent, bool reads)
    {
        BlobReader blobs = new(view);
        PageOwner owner = new(PageUse.Chunk);
        foreach (Leaf leaf in new TreeWalk(view, tree, Cartridge3.PageType.ContentNode, parent).Leaves())
        {
            Cartridge3.ContentKey key = ContentWalk.Key(leaf);
            Cartridge3.BlobReference blob = ContentWalk.Chunk(leaf, $"chunk {key.ChunkNumber} of file {key.FileId}", view.Identity).Blob;
            if (blob.Birth <= parent.Generation)
            {
                parent.RequireValue(leaf, blob.Birth);
            }
            else if (reads)
            {
                _ = blobs.Read(blob, BlobReader.MaxLength, leaf.Holder, owner);
            }
            else
            {
                blobs.Claim(blob, BlobReader.MaxLength, leaf.Holder, owner);
            }
        }
    }
}
