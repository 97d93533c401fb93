namespace Cartridge.Reference;

/// <summary>A state that can be read: a published one, or the one in the making.</summary>
internal interface IState : INodes
{
    Tree Catalog { get; }

    Tree Content { get; }

    byte[] Title { get; }

    /// <summary>Every file id of the state is below it.</summary>
    ulong NextFileId { get; }

    /// <summary>The generation; nothing in the state is younger.</summary>
    ulong Generation { get; }

    /// <summary>What the state's references may lead to.</summary>
    Bounds Bounds { get; }

    PagePool Pool { get; }
}

/// <summary>A published state. It never changes, so it may be read from any number of threads.</summary>
internal sealed class PublishedState(CommitRecord record, PagePool pool) : IState
{
    public CommitRecord Record => record;

    public Tree Catalog { get; } = Tree.From(PageType.CatalogNode, record.Catalog);

    public Tree Content { get; } = Tree.From(PageType.ContentNode, record.Content);

    public byte[] Title => record.Title;

    public ulong NextFileId => record.NextFileId;

    public ulong Generation => record.Generation;

    public Bounds Bounds { get; } = record.BoundsWith(pool.Identity.ContentChecksum);

    public PagePool Pool => pool;

    TreeNode INodes.Load(in Child child, PageType type, byte level, in KeyRange range) => pool.Node(child, type, level, Bounds, range);

    void INodes.Made(TreeNode node) => throw new InvalidOperationException("A published state does not change.");

    void INodes.Dropped(in Child child) => throw new InvalidOperationException("A published state does not change.");
}
