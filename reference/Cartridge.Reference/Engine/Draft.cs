using System.Buffers;

namespace Cartridge.Reference;

/// <summary>
/// The state in the making: what the next commit will publish. It begins as the newest state and is changed by operations,
/// each of which can be taken back as a whole. Content is written at once, into blocks that nobody reaches; nodes wait in
/// memory until the commit (spec/04-commit.md, "The commit protocol").
/// </summary>
internal sealed class Draft : IState
{
    /// <summary>Blocks, beside one path through each tree, that ordinary operations leave for deletions (CART-LIF-119).</summary>
    private const int ReserveBeyondPaths = 4;

    /// <summary>Nodes that may wait in memory, about 64 MiB of them, before they are written ahead of the commit.</summary>
    private const int MaxFreshNodes = 8192;

    /// <summary>Nodes that publishing will have to find pages for.</summary>
    private int _freshNodes;

    /// <summary>The base and its generation, once somebody has asked.</summary>
    private (ulong Id, ulong Generation) _base;

    public Draft(CommitRecord published, PagePool pool, SpaceLedger space)
    {
        Published = published;
        Pool = pool;
        Space = space;
        Begin(published);
    }

    /// <summary>The newest durable state.</summary>
    public CommitRecord Published { get; private set; }

    public PagePool Pool { get; }

    public Identity Identity => Pool.Identity;

    public IMedium Medium => Pool.Medium;

    public SpaceLedger Space { get; }

    /// <summary>How content is stored whose file has no choice of its own.</summary>
    public CodecChoice DefaultCodec { get; set; }

    public Tree Catalog { get; set; } = null!;

    public Tree Content { get; set; } = null!;

    public Tree System { get; set; } = null!;

    public byte[] Title { get; set; } = [];

    public ulong NextFileId { get; set; }

    public ulong NextSnapshotId { get; set; }

    /// <summary>The snapshot that catalog and content descend from; 0 is none.</summary>
    public ulong BaseSnapshot { get; set; }

    /// <summary>The base's generation; 0 without one. What was born up to then belongs to the base too, and is kept for it.</summary>
    public ulong BaseGeneration
    {
        get
        {
            if (_base.Id != BaseSnapshot)
            {
                _base = (BaseSnapshot, this.GenerationOfSnapshot(BaseSnapshot));
            }

            return _base.Generation;
        }
    }

    /// <summary>The key slots; empty where nothing is encrypted.</summary>
    public byte[] KeySlots { get; set; } = [];

    /// <summary>The generation in the making (CART-COM-110); everything written for it is born in it (CART-LIF-111).</summary>
    public ulong Generation => Published.Generation < ulong.MaxValue ? Published.Generation + 1 : ulong.MaxValue;

    /// <summary>Whether there is anything to publish.</summary>
    public bool IsChanged => Catalog.Root != new Child(Published.Catalog.Root) || Content.Root != new Child(Published.Content.Root)
        || System.Root != new Child(Published.System.Root) || NextSnapshotId != Published.NextSnapshotId || BaseSnapshot != Published.BaseSnapshot
        || NextFileId != Published.NextFileId || DefaultCodec != Published.DefaultCodec || !Title.AsSpan().SequenceEqual(Published.Title)
        || !KeySlots.AsSpan().SequenceEqual(Published.KeySlots);

    /// <summary>What references of the state in the making may lead to.</summary>
    public Bounds Bounds => new(Space.Total, Identity.ContentChecksum);

    /// <summary>Starts over from a state that has just become durable.</summary>
    public void Begin(CommitRecord published)
    {
        Published = published;
        Catalog = Tree.From(PageType.CatalogNode, published.Catalog);
        Content = Tree.From(PageType.ContentNode, published.Content);
        System = Tree.From(PageType.SystemNode, published.System);
        Title = published.Title;
        KeySlots = published.KeySlots;
        NextFileId = published.NextFileId;
        NextSnapshotId = published.NextSnapshotId;
        BaseSnapshot = published.BaseSnapshot;
        DefaultCodec = published.DefaultCodec;
        _freshNodes = 0;
        Space.Settle();
    }

    /// <summary>Remembers how things stand, so that <see cref="Undo"/> can come back to it.</summary>
    public Savepoint Mark() => new(
        Catalog, Content, System, Title, DefaultCodec, KeySlots, NextFileId, NextSnapshotId, BaseSnapshot, _freshNodes, Space.Mark, Medium.Length);

    /// <summary>Takes back everything since a savepoint.</summary>
    public void Undo(in Savepoint mark)
    {
        (Catalog, Content, System, KeySlots) = (mark.Catalog, mark.Content, mark.System, mark.KeySlots);
        (Title, NextFileId, NextSnapshotId, BaseSnapshot) = (mark.Title, mark.NextFileId, mark.NextSnapshotId, mark.BaseSnapshot);
        (DefaultCodec, _freshNodes) = (mark.DefaultCodec, mark.FreshNodes);
        _base = default;
        Space.Undo(mark.Space);
    }

    /// <summary>Notes that nobody will take back what was done so far: all savepoints end.</summary>
    public void Accept() => Space.Settle();

    /// <summary>
    /// Ends an operation that more will follow before anything is published. Nodes in memory are written out if they are many:
    /// nobody reaches them before the commit, and a change to one of them gives its page back.
    /// </summary>
    /// <param name="isFinal">Whether what the operation dropped cannot come back: then its blocks may be used again. A
    /// transaction that is taken back as a whole brings back what had gathered before it.</param>
    public void EndOperation(bool isFinal)
    {
        if (_freshNodes > MaxFreshNodes)
        {
            WriteNodes();
        }

        if (isFinal)
        {
            Space.EndOperation();
        }
    }

    /// <summary>Gives every fresh node a page and writes it; from then on the trees hold references only.</summary>
    public void WriteNodes() => WriteNodes([]);

    /// <summary>The same with further trees, which share fresh nodes with the current ones.</summary>
    /// <returns>References to the further trees.</returns>
    public List<TreeReference> WriteNodes(IEnumerable<Tree> others)
    {
        var pages = new Queue<ulong>(Space.Allocate(_freshNodes, inOneRun: true).SelectMany(run => run.AllPages));
        var writer = new NodeWriter(Medium, Pool, Identity.Id, Generation, pages);
        var (catalog, content, system) = (writer.Write(Catalog), writer.Write(Content), writer.Write(System));
        var references = others.Select(writer.Write).ToList();
        writer.Flush();
        Catalog = Tree.From(PageType.CatalogNode, catalog);
        Content = Tree.From(PageType.ContentNode, content);
        System = Tree.From(PageType.SystemNode, system);
        _freshNodes = 0;
        return references;
    }

    /// <summary>
    /// Gives the system back what the medium has grown by since a mark that was undone. It had that length when the state was
    /// published, so no record and no pinned state counts on more (CART-LIF-114). A medium that stays longer is valid, too.
    /// </summary>
    public void CutTo(in Savepoint mark)
    {
        try
        {
            if (Medium.Length > mark.Length)
            {
                Medium.SetLength(mark.Length);
            }
        }
        catch (IOException)
        {
            // What failed before is what the caller has to hear of.
        }
    }

    /// <summary>Blocks that operations leave which add something (CART-LIF-119): a path through each tree, and some; and what deleting snapshots takes.</summary>
    public int ReserveForDeletions => Catalog.Height + Content.Height + System.Height + ReserveBeyondPaths + ReserveForSnapshots;

    /// <summary>
    /// Blocks that others leave for deleting snapshots (CART-LIF-133). That rewrites the leaves of up to four records: of the
    /// snapshot, its child, a hidden parent that nobody needs any more, and that one's child. Their paths have the root in common.
    /// </summary>
    public int ReserveForSnapshots => System.IsEmpty ? 0 : (4 * System.Height) - 3;

    /// <summary>
    /// Makes sure that publishing will find its pages. Deleting may use the reserve that others leave, so that it is possible
    /// in a full container.
    /// </summary>
    /// <param name="beyond">Further blocks wanted.</param>
    /// <param name="purpose">What the operation is for.</param>
    public void Reserve(int beyond, Purpose purpose)
    {
        var left = purpose switch
        {
            Purpose.Adding => ReserveForDeletions,
            Purpose.Deleting => ReserveForSnapshots,
            _ => 0,
        };
        Space.Ensure((ulong)(_freshNodes + beyond + left));
    }

    /// <summary>Stores bytes outside the nodes as they are, under a SHA-256.</summary>
    /// <param name="bytes">1 byte or more.</param>
    /// <param name="purpose">What the operation is for.</param>
    public BlobReference StoreBlob(ReadOnlySpan<byte> bytes, Purpose purpose) =>
        Store(bytes, (uint)bytes.Length, CodecId.None, Hash256.Of(bytes), purpose);

    /// <summary>Stores a chunk of content.</summary>
    /// <param name="content">The content, 1 byte or more.</param>
    /// <param name="encoded">What to store of it.</param>
    /// <param name="checksum">The checksum of what to store; null if it was not computed yet.</param>
    /// <param name="context">Whose chunk it is.</param>
    /// <param name="purpose">What the operation is for.</param>
    public BlobReference StoreChunk(ReadOnlySpan<byte> content, in Encoded encoded, Hash256? checksum, in ChunkContext context, Purpose purpose)
    {
        var stored = encoded.Bytes(content);
        if (Identity.IsEncrypted)
        {
            return StoreEncrypted(stored, (uint)content.Length, encoded.Codec, context, purpose);
        }

        return Store(stored, (uint)content.Length, encoded.Codec, checksum ?? Checksums.Compute(Identity.ContentChecksum, stored), purpose);
    }

    /// <summary>Stores a chunk of content that was encrypted ahead for the place where it stands.</summary>
    public BlobReference StoreSealed(ReadOnlySpan<byte> content, Portion portion, Purpose purpose) => Store(
        portion.Encoded.Bytes(content), (uint)content.Length, portion.Encoded.Codec, portion.Checksum!.Value, purpose, portion.Seal);

    private BlobReference StoreEncrypted(ReadOnlySpan<byte> bytes, uint logicalLength, byte codec, in ChunkContext context, Purpose purpose)
    {
        var room = ArrayPool<byte>.Shared.Rent(bytes.Length);
        try
        {
            var ciphertext = room.AsSpan(0, bytes.Length);
            var seal = Pool.Coder.Encrypt(bytes, new AssociatedData(context.FileId, context.Number, Generation, logicalLength, codec), ciphertext);
            return Store(ciphertext, logicalLength, codec, Checksums.Compute(Identity.ContentChecksum, ciphertext), purpose, seal);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    private BlobReference Store(
        ReadOnlySpan<byte> bytes, uint logicalLength, byte codec, in Hash256 checksum, Purpose purpose, byte[]? seal = null)
    {
        Reserve(BlobReference.PagesFor(bytes.Length), purpose);
        var runs = Space.Allocate(BlobReference.PagesFor(bytes.Length));
        BlobWriter.Write(Medium, runs, bytes);
        return new BlobReference
        {
            LogicalLength = logicalLength,
            StoredLength = (uint)bytes.Length,
            Birth = Generation,
            Checksum = checksum,
            Codec = codec,
            Runs = [.. runs],
            Seal = seal,
        };
    }

    /// <summary>
    /// Drops a chunk or a long value from the current trees. What is older than the base belongs to the base too, and stays
    /// (CART-LIF-120).
    /// </summary>
    public void Release(BlobReference blob)
    {
        if (blob.Birth > BaseGeneration)
        {
            Free(blob);
        }
    }

    /// <summary>Frees a blob that no tree reaches any more, or that none but the current state ever did: the free map's.</summary>
    public void Free(BlobReference blob)
    {
        foreach (var run in blob.Runs)
        {
            Space.Release(run.Page, run.Pages, blob.Birth, Generation);
        }

        Pool.Forget(PagePool.KeyOf(blob));
    }

    /// <summary>Frees a node that no tree reaches any more.</summary>
    public void Free(PageType type, in PageReference node)
    {
        Space.Release(node.Page, 1, node.Birth, Generation);
        Pool.Forget(new PoolKey(type, node));
    }

    TreeNode INodes.Load(in Child child, PageType type, byte level, in KeyRange range) => Pool.Node(child, type, level, Bounds, range);

    void INodes.Made(TreeNode node) => _freshNodes++;

    void INodes.Dropped(in Child child, PageType type)
    {
        if (child.Fresh is not null)
        {
            _freshNodes--;
        }
        else if (type == PageType.SystemNode || child.Reference.Birth > BaseGeneration)
        {
            // Nodes of the system tree belong to no snapshot (CART-LIF-121).
            Free(type, child.Reference);
        }
    }

    /// <summary>How things stood.</summary>
    internal readonly record struct Savepoint(
        Tree Catalog, Tree Content, Tree System, byte[] Title, CodecChoice DefaultCodec, byte[] KeySlots,
        ulong NextFileId, ulong NextSnapshotId, ulong BaseSnapshot, int FreshNodes, int Space, long Length);
}
