using System.Collections;

namespace Cartridge.Reference;

/// <summary>
/// Which blocks a state reaches, found by walking its trees. Whoever writes into a container without a free map begins
/// here (spec/05-lifetimes.md, "An absent map"); if the newest state is damaged, nobody writes (CART-LIF-117).
/// </summary>
internal static class Reachability
{
    /// <summary>Walks a state.</summary>
    /// <returns>One bit for each block of the state.</returns>
    /// <exception cref="CartridgeException">The state is damaged.</exception>
    public static BitArray Of(CommitRecord record, Identity identity, IMedium medium)
    {
        if (record.TotalBlocks > int.MaxValue)
        {
            throw new CartridgeException(ErrorCode.LimitExceeded, $"A free map of {record.TotalBlocks} blocks cannot be rebuilt here; at most {int.MaxValue} can.");
        }

        var reached = new BitArray((int)record.TotalBlocks);
        var walk = new Walk(record, identity, medium, reached);
        walk.Tree(Tree.From(PageType.SystemNode, record.System), 0);

        // Parents first: what is older than a parent was reached with it, and what is younger is nobody else's (CART-LIF-129).
        var generations = walk.Snapshots.ToDictionary(snapshot => snapshot.Id, snapshot => snapshot.Generation);
        foreach (var snapshot in walk.Snapshots)
        {
            walk.Trees(snapshot.Catalog, snapshot.Content, SinceOf(snapshot.Parent, generations, snapshot.Id));
        }

        walk.Trees(record.Catalog, record.Content, SinceOf(record.BaseSnapshot, generations, ulong.MaxValue));
        if (FreeMap.Read(record, identity.ContentChecksum, new StrictChecker()).Blob is { } map)
        {
            walk.Claim(map);
        }

        return reached;
    }

    /// <summary>
    /// The stamps of a container without a map: what only the older state reaches was freed in the newest generation; what
    /// neither reaches was freed in the older one at the latest (CART-LIF-115). Without an older state, all of it was freed in
    /// the newest (CART-LIF-116).
    /// </summary>
    public static List<FreeExtent> Rebuild(CommitRecord newest, CommitRecord? older, Identity identity, IMedium medium)
    {
        var reached = Of(newest, identity, medium);
        var before = older is null ? null : TryOf(older, identity, medium);
        var extents = new List<FreeExtent>();
        for (var block = (int)Format.FirstFreeBlock; block < reached.Length; block++)
        {
            if (reached[block])
            {
                continue;
            }

            var onlyOlder = before is null || (block < before.Length && before[block]);
            var freedIn = onlyOlder ? newest.Generation : newest.Generation - 1;
            if (extents.Count > 0 && extents[^1] is var last && last.End == (ulong)block && last.FreedIn == freedIn && last.Length < uint.MaxValue)
            {
                extents[^1] = last with { Length = last.Length + 1 };
            }
            else
            {
                extents.Add(new FreeExtent((ulong)block, 1, freedIn));
            }
        }

        return extents;
    }

    /// <summary>The generation of a parent or base, which must have been made before.</summary>
    private static ulong SinceOf(ulong id, Dictionary<ulong, ulong> generations, ulong child) =>
        id == 0 ? 0
        : id < child && generations.TryGetValue(id, out var generation) ? generation
        : throw new CartridgeException(ErrorCode.SnapshotMissing, $"There is no snapshot {id}, though another or the current state descends from it.");

    /// <summary>Damage in the older state alone does not keep anybody from writing: then nothing counts as reusable yet.</summary>
    private static BitArray? TryOf(CommitRecord record, Identity identity, IMedium medium)
    {
        try
        {
            return Of(record, identity, medium);
        }
        catch (CartridgeException)
        {
            return null;
        }
    }

    private sealed class Walk(CommitRecord record, Identity identity, IMedium medium, BitArray reached)
    {
        private readonly Bounds _bounds = record.BoundsWith(identity.ContentChecksum);
        private readonly StrictChecker _checker = new();

        /// <summary>The snapshots that were met in the system tree, by ascending id.</summary>
        public List<SnapshotRecord> Snapshots { get; } = [];

        public void Trees(in TreeReference catalog, in TreeReference content, ulong since)
        {
            Tree(Reference.Tree.From(PageType.CatalogNode, catalog), since);
            Tree(Reference.Tree.From(PageType.ContentNode, content), since);
        }

        /// <summary>Walks a tree, as far as it is younger than a generation.</summary>
        public void Tree(Tree tree, ulong since)
        {
            if (!tree.IsEmpty)
            {
                Reference.Tree.CheckLevel(tree.ToReference(), new Place(CommitRecord.PageOf(record.Generation)), _checker);
                Node(tree.Root.Reference, tree.Type, tree.Level, since);
            }
        }

        public void Claim(BlobReference blob)
        {
            foreach (var run in blob.Runs)
            {
                for (ulong i = 0; i < run.Pages; i++)
                {
                    Claim(run.Page + i);
                }
            }
        }

        private void Node(in PageReference reference, PageType type, byte level, ulong since)
        {
            if (!IsYoung(reference.Page, reference.Birth, since))
            {
                return;
            }

            Claim(reference.Page);
            var page = new byte[Format.PageSize];
            Pages.ReadRaw(medium, reference.Page, page);
            var node = TreeNode.Read(page, new NodePlace(reference, type, level, _bounds, identity.Id), _checker)!;
            foreach (var child in node.Children)
            {
                Node(child.Reference, type, (byte)(level - 1), since);
            }

            for (var i = 0; i < node.Values.Length; i++)
            {
                Value(node.Keys[i], node.Values[i], reference, type, since);
            }
        }

        private void Value(byte[] key, in TreeValue value, in PageReference leaf, PageType type, ulong since)
        {
            if (type == PageType.SystemNode)
            {
                var place = new SnapshotPlace(_bounds, record.NextSnapshotId, record.NextFileId);
                Snapshots.Add(SnapshotRecord.Read(key, value, place, new Place((long)leaf.Page), new Place((long)leaf.Page), _checker)!);
            }
            else if (value.IsLong || type == PageType.ContentNode)
            {
                var isContent = type == PageType.ContentNode;
                var longest = isContent ? 1 << Format.MaxChunkShift : Format.MaxLongValue;
                var checksum = isContent ? identity.ContentChecksum : ContentChecksum.Sha256;
                var place = new BlobPlace(_bounds, longest, leaf.Birth, checksum, isContent, isContent && identity.IsEncrypted);
                var blob = BlobReference.Read(value.Bytes.Span, place, new Place((long)leaf.Page), _checker)!;
                if (IsYoung(blob.Runs[0].Page, blob.Birth, since))
                {
                    Claim(blob);
                }
            }
        }

        /// <summary>Whether a block belongs to the tree itself, and not to its parent, which then was walked before.</summary>
        private bool IsYoung(ulong page, ulong birth, ulong since) =>
            birth > since || (!reached[(int)page] && _checker.Fault(SnapshotRule.Shared, new Place((long)page), "the block is older than the parent, which does not reach it"));

        private void Claim(ulong block)
        {
            if (reached[(int)block])
            {
                _checker.Fault(PageRule.OneOwner, new Place((long)block), "the block has two owners");
            }

            reached[(int)block] = true;
        }
    }
}
