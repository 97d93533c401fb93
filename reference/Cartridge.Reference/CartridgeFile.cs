namespace Cartridge.Reference;

/// <summary>
/// A container: files, directories and symbolic links in one file that survives its writers. Every change is one atomic,
/// durable commit, unless a <see cref="Transaction"/> gathers several. All members may be called from several threads; they
/// take turns. The bytes are specified in <c>spec/</c>, whose chapters are the folders of this library.
/// </summary>
public sealed partial class CartridgeFile : IDisposable
{
    private readonly Lock _gate = new();
    private readonly IMedium _medium;
    private readonly Draft _draft;
    private readonly Publisher? _publisher;
    private readonly Func<long> _clock;
    private readonly ulong _pinned;
    private Transaction? _transaction;
    private bool _disposed;

    private CartridgeFile(IMedium medium, Draft draft, Publisher? publisher, Func<long> clock, IReadOnlyList<Finding> warnings)
    {
        _medium = medium;
        _draft = draft;
        _publisher = publisher;
        _clock = clock;
        _pinned = draft.Published.Generation;
        Warnings = warnings;
    }

    /// <summary>The container's slug: 1 to 255 of a-z, 0-9 and inner hyphens; fixed when it was made.</summary>
    public string Slug => Text.Decode(_draft.Identity.Slug);

    /// <summary>The id that tells this container from every other.</summary>
    public ContainerId Id => _draft.Identity.Id;

    /// <summary>When the container was made, in nanoseconds since the Unix epoch.</summary>
    public long Created => _draft.Identity.Created;

    /// <summary>The checksum that guards content.</summary>
    public ContentChecksum ContentChecksum => _draft.Identity.ContentChecksum;

    /// <summary>Whether this handle cannot write.</summary>
    public bool IsReadOnly => _publisher is null;

    /// <summary>What was noticed on opening and is no error: a torn last commit, an unknown compatible feature.</summary>
    public IReadOnlyList<Finding> Warnings { get; }

    /// <summary>The generation of the newest published state.</summary>
    public ulong Generation => Locked(() => _draft.Published.Generation);

    /// <summary>The size of the newest published state, in blocks of 4096 bytes.</summary>
    public ulong TotalBlocks => Locked(() => _draft.Published.TotalBlocks);

    /// <summary>Blocks from 3 on that the newest published state does not reach.</summary>
    public ulong FreeBlocks => Locked(() => _draft.Published.FreeBlocks);

    /// <summary>The number of files, directories and links in the catalog.</summary>
    public ulong EntryCount => Locked(() => _draft.Catalog.Entries);

    /// <summary>The title: at most 255 bytes of UTF-8. Setting it is a commit of its own.</summary>
    /// <exception cref="CartridgeException"><c>api.bad-argument</c>: it is too long or no text.</exception>
    public string Title
    {
        get => Locked(() => Text.Decode(_draft.Title));
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Change(() => _draft.Title = Text.EncodeShort(value, "The title"));
        }
    }

    /// <summary>The hash of the newest commit record, which authenticates everything that it reaches.</summary>
    /// <returns>32 bytes of SHA-256.</returns>
    public byte[] StateHash() => Locked(() => _draft.Published.Hash.AsSpan().ToArray());

    /// <summary>Gathers the following operations of this handle into one commit.</summary>
    /// <returns>Dispose it without committing to take everything back.</returns>
    /// <exception cref="CartridgeException"><c>api.bad-argument</c>: a transaction is open already. <c>api.read-only</c>.</exception>
    public Transaction BeginTransaction() => Locked(() =>
    {
        _ = Writable();
        return _transaction is null
            ? _transaction = new Transaction(this, _draft.Mark())
            : throw new CartridgeException(ErrorCode.BadArgument, "A transaction is open already; they do not nest.");
    });

    /// <summary>Closes the container; an open transaction is taken back.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _transaction?.Dispose();
            _disposed = true;
            LeaveMap();
            if (IsReadOnly)
            {
                _medium.Locks.Unpin(_pinned);
            }
            else
            {
                _medium.Locks.UnlockWriter();
            }

            _medium.Dispose();
        }
    }

    internal void Commit(Transaction transaction)
    {
        lock (_gate)
        {
            RequireCurrent(transaction);
            _transaction = null;
            try
            {
                PublishChanges();
            }
            catch
            {
                _draft.Undo(transaction.Start);
                throw;
            }
        }
    }

    internal void RollBack(Transaction transaction)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_transaction, transaction))
            {
                _transaction = null;
                _draft.Undo(transaction.Start);
            }
        }
    }

    private void RequireCurrent(Transaction transaction)
    {
        if (!ReferenceEquals(_transaction, transaction))
        {
            throw new CartridgeException(ErrorCode.BadArgument, "The transaction has ended already.");
        }
    }

    /// <summary>Spares the next writer the walk through all trees. Nothing is lost if this fails.</summary>
    private void LeaveMap()
    {
        if (_publisher is { IsPoisoned: false } publisher && _draft.Published.FreeMapField.Kind == FreeMapKind.Absent)
        {
            try
            {
                publisher.Publish(last: true);
            }
            catch (Exception e) when (e is IOException or CartridgeException)
            {
                // The container is whole without a map; whoever opens it next rebuilds one.
            }
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return read();
        }
    }

    private Publisher Writable()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_publisher is not { } publisher)
        {
            throw new CartridgeException(ErrorCode.ReadOnly, "The container was opened for reading only.");
        }

        return publisher.IsPoisoned
            ? throw new CartridgeException(ErrorCode.Poisoned, "An earlier write failed and its outcome is unknown; open the container again.")
            : publisher;
    }

    /// <summary>
    /// Carries an operation out: all of it, as one commit or as part of the open transaction, or nothing. A container that
    /// seems full is given the chance to let freed blocks mature, by an empty commit, before anybody is told so (CART-LIF-118);
    /// an operation that fails leaves everything as it was (CART-COM-114).
    /// </summary>
    private void Change(Action operation, bool deletes = false)
    {
        lock (_gate)
        {
            var publisher = Writable();
            try
            {
                Attempt(operation, deletes);
            }
            catch (CartridgeException e) when (e.Code == ErrorCode.LimitExceeded && _transaction is null && !publisher.IsPoisoned)
            {
                publisher.Publish();
                Attempt(operation, deletes);
            }
        }
    }

    private void Attempt(Action operation, bool deletes)
    {
        var before = _draft.Mark();
        try
        {
            operation();
            _draft.Reserve(0, deletes);
            if (_transaction is null)
            {
                PublishChanges();
            }
        }
        catch
        {
            _draft.Undo(before);
            throw;
        }
    }

    private void PublishChanges()
    {
        if (_draft.IsChanged)
        {
            Writable().Publish();
        }
    }
}
