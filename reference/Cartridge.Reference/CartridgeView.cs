namespace Cartridge.Reference;

/// <summary>
/// What can be read of a container: the newest state through a <see cref="CartridgeFile"/>, pending changes included, or
/// one published state that stays as it is through a <see cref="CartridgeReader"/>.
/// </summary>
public abstract partial class CartridgeView : IDisposable
{
    private protected CartridgeView(PagePool pool) => Pool = pool;

    /// <summary>The container's slug: 1 to 255 of a-z, 0-9 and inner hyphens; fixed when it was made.</summary>
    public string Slug => Text.Decode(Pool.Identity.Slug);

    /// <summary>The id that tells this container from every other.</summary>
    public ContainerId Id => Pool.Identity.Id;

    /// <summary>When the container was made, in nanoseconds since the Unix epoch.</summary>
    public long Created => Pool.Identity.Created;

    /// <summary>The checksum that guards content.</summary>
    public ContentChecksum ContentChecksum => Pool.Identity.ContentChecksum;

    /// <summary>Whether the container's content is encrypted.</summary>
    public bool IsEncrypted => Pool.Identity.IsEncrypted;

    /// <summary>Whether content can be read: it is not encrypted, or was opened with its key.</summary>
    public bool CanReadContent => !IsEncrypted || Pool.Keys is not null;

    /// <summary>How the cache of proved pages and chunks has done.</summary>
    public CacheStatistics CacheStatistics => Pool.Statistics;

    /// <summary>The number of files, directories and links in the catalog.</summary>
    public ulong EntryCount
    {
        get
        {
            using var access = Enter();
            return access.State.Catalog.Entries;
        }
    }

    private protected PagePool Pool { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives everything back.</summary>
    /// <param name="disposing">Always true.</param>
    protected abstract void Dispose(bool disposing);

    /// <summary>Enters the state to read, for as long as the access lasts.</summary>
    private protected abstract Access Enter();

    private protected static CartridgeException NotFound(byte[] key, string what = "entry") =>
        new(ErrorCode.NotFound, $"There is no {what} {Text.Display(key)} in the container.");

    /// <summary>A state, and the turn that reading it takes.</summary>
    /// <param name="state">The state.</param>
    /// <param name="gate">What is given up in the end; null if nobody has to wait.</param>
    private protected readonly ref struct Access(IState state, Lock? gate)
    {
        public IState State => state;

        public void Dispose() => gate?.Exit();
    }
}
