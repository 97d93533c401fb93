namespace Cartridge.Reference;

/// <summary>
/// Reads one published state, or a snapshot, and keeps it, however much is committed meanwhile: its blocks are not reused before
/// the reader is disposed. Readers wait for nobody and nobody waits for them; all members may be called from several threads.
/// </summary>
public sealed class CartridgeReader : CartridgeView
{
    private readonly PublishedState _state;
    private readonly PinTable _pins;
    private int _disposed;

    internal CartridgeReader(PublishedState state, PinTable pins)
        : base(state.Pool)
    {
        _state = state;
        _pins = pins;
        pins.Pin(state.Record.Generation); // Its state reaches the snapshot, too.
    }

    internal PublishedState State => _state;

    /// <summary>The generation of the state, or of the commit that made the snapshot.</summary>
    public ulong Generation => _state.Generation;

    /// <summary>The title in this state; snapshots have none of their own.</summary>
    public string Title => Text.Decode(_state.Title);

    /// <summary>The state hash: that of the state, or that of the snapshot (spec/12-snapshots.md, section 12.7). It authenticates everything that can be read here.</summary>
    /// <returns>32 bytes of SHA-256.</returns>
    public byte[] StateHash() => _state.Hash.AsSpan().ToArray();

    /// <summary>Opens a file for reading chunk by chunk, without copying.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The content; it needs no disposing, and reads as long as this reader is open.</returns>
    /// <exception cref="CartridgeException"><c>api.not-found</c>.</exception>
    public CartridgeContent OpenContent(string path)
    {
        RequireOpen();
        var key = CatalogPath.Encode(path);
        return new CartridgeContent(this, _state, ContentAt(_state, key), key);
    }

    /// <inheritdoc/>
    public override ContainerStatistics GetStatistics()
    {
        RequireOpen();
        return ContainerStatistics.Of(_state);
    }

    internal void RequireOpen() => ObjectDisposedException.ThrowIf(_disposed != 0, this);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _pins.Unpin(_state.Record.Generation);
        }
    }

    private protected override Access Enter()
    {
        RequireOpen();
        return new Access(_state, null);
    }
}
