namespace Cartridge.Reference;

/// <summary>
/// Several operations of one handle as one commit: all of them, or none. Reads of the same handle see them at once, other
/// handles when they are committed.
/// </summary>
public sealed class Transaction : IDisposable
{
    private readonly CartridgeFile _container;

    internal Transaction(CartridgeFile container, in Draft.Savepoint start, bool followsUnpublished)
    {
        _container = container;
        Start = start;
        FollowsUnpublished = followsUnpublished;
    }

    internal Draft.Savepoint Start { get; }

    /// <summary>Whether operations had gathered before it, which taking it back must leave as they were.</summary>
    internal bool FollowsUnpublished { get; }

    /// <summary>Publishes everything since the beginning, durably.</summary>
    /// <exception cref="CartridgeException"><c>api.bad-argument</c>: the transaction has ended already.</exception>
    public void Commit() => _container.Commit(this);

    /// <summary>Takes everything back, unless it was committed.</summary>
    public void Dispose() => _container.RollBack(this);
}
