namespace Cartridge.Reference;

/// <summary>A state that can be read: a published one, or the one in the making.</summary>
internal interface IState : INodes
{
    Tree Catalog { get; }

    Tree Content { get; }

    /// <summary>What is not content and is never rolled back: the snapshots.</summary>
    Tree System { get; }

    byte[] Title { get; }

    /// <summary>Every snapshot id is below it.</summary>
    ulong NextSnapshotId { get; }

    /// <summary>Every file id of the state is below it.</summary>
    ulong NextFileId { get; }

    /// <summary>The generation; nothing in the state is younger.</summary>
    ulong Generation { get; }

    /// <summary>What the state's references may lead to.</summary>
    Bounds Bounds { get; }

    PagePool Pool { get; }
}

/// <summary>A published state, or a snapshot in it. It never changes, so it may be read from any number of threads.</summary>
internal sealed class PublishedState(CommitRecord record, PagePool pool, SnapshotRecord? snapshot = null) : IState
{
    public CommitRecord Record => record;

    public Tree Catalog { get; } = Tree.From(PageType.CatalogNode, snapshot?.Catalog ?? record.Catalog);

    public Tree Content { get; } = Tree.From(PageType.ContentNode, snapshot?.Content ?? record.Content);

    public Tree System { get; } = Tree.From(PageType.SystemNode, record.System);

    public byte[] Title => record.Title;

    public ulong NextFileId => snapshot?.NextFileId ?? record.NextFileId;

    public ulong NextSnapshotId => record.NextSnapshotId;

    /// <summary>The snapshot's generation, or the state's.</summary>
    public ulong Generation => snapshot?.Generation ?? record.Generation;

    /// <summary>The snapshot's state hash, or the state's.</summary>
    public Hash256 Hash => snapshot?.StateHash(pool.Identity) ?? record.Hash;

    public Bounds Bounds { get; } = record.BoundsWith(pool.Identity.ContentChecksum);

    public PagePool Pool => pool;

    /// <summary>A snapshot of this state.</summary>
    public PublishedState At(SnapshotRecord which) => new(record, pool, which);

    TreeNode INodes.Load(in Child child, PageType type, byte level, in KeyRange range) => pool.Node(child, type, level, Bounds, range);

    void INodes.Made(TreeNode node) => throw new InvalidOperationException("A published state does not change.");

    void INodes.Dropped(in Child child, PageType type) => throw new InvalidOperationException("A published state does not change.");
}
