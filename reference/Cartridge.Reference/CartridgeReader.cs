namespace Cartridge.Reference;

/// <summary>
/// Reads one published state and keeps it, however much is committed meanwhile: its blocks are not reused before the reader
/// is disposed. Readers wait for nobody and nobody waits for them; all members may be called from several threads.
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
        pins.Pin(state.Generation);
    }

    /// <summary>The generation of the state.</summary>
    public ulong Generation => _state.Generation;

    /// <summary>The title in this state.</summary>
    public string Title => Text.Decode(_state.Title);

    /// <summary>The hash of the state's commit record, which authenticates everything that it reaches.</summary>
    /// <returns>32 bytes of SHA-256.</returns>
    public byte[] StateHash() => _state.Record.Hash.AsSpan().ToArray();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _pins.Unpin(_state.Generation);
        }
    }

    private protected override Access Enter()
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        return new Access(_state, null);
    }
}
