namespace Cartridge.Reference;

/// <summary>
/// A container: files, directories and symbolic links in one file that survives its writers. Every change is one atomic,
/// durable commit, unless a <see cref="Transaction"/> gathers several or durability is deferred. All members may be called
/// from several threads; they take turns. The bytes are specified in <c>spec/</c>, whose chapters are the folders of this
/// library.
/// </summary>
public sealed partial class CartridgeFile : CartridgeView
{
    private readonly Lock _gate = new();
    private readonly IMedium _medium;
    private readonly Draft _draft;
    private readonly Publisher? _publisher;
    private readonly PinTable _pins;
    private readonly Func<long> _clock;
    private readonly Durability _durability;
    private readonly ulong _pinned;
    private Transaction? _transaction;
    private int _operations;
    private bool _disposed;

    private CartridgeFile(Draft draft, Publisher? publisher, PinTable pins, OpenOptions options, IReadOnlyList<Finding> warnings)
        : base(draft.Pool)
    {
        _medium = draft.Medium;
        _draft = draft;
        _publisher = publisher;
        _pins = pins;
        _clock = options.Clock ?? Clock.Now;
        _durability = options.Durability;
        _pinned = draft.Published.Generation;
        Warnings = warnings;
    }

    /// <summary>Whether this handle cannot write.</summary>
    public bool IsReadOnly => _publisher is null;

    /// <summary>What was noticed on opening and is no error: a torn last commit, an unknown compatible feature.</summary>
    public IReadOnlyList<Finding> Warnings { get; }

    /// <summary>The generation of the newest published state.</summary>
    public ulong Generation => Published.Generation;

    /// <summary>The size of the newest published state, in blocks of 4096 bytes.</summary>
    public ulong TotalBlocks => Published.TotalBlocks;

    /// <summary>Blocks from 3 on that the newest published state does not reach.</summary>
    public ulong FreeBlocks => Published.FreeBlocks;

    /// <summary>The title: at most 255 bytes of UTF-8. Setting it is an operation like any other.</summary>
    /// <exception cref="CartridgeException"><c>api.bad-argument</c>: it is too long or no text.</exception>
    public string Title
    {
        get
        {
            using var access = Enter();
            return Text.Decode(access.State.Title);
        }

        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Change(() => _draft.Title = Text.EncodeShort(value, "The title"));
        }
    }

    /// <summary>How content is stored whose file has no choice of its own. Setting it is an operation like any other; what is
    /// stored already stays as it is.</summary>
    public CodecChoice DefaultCodec
    {
        get
        {
            using var access = Enter();
            return _draft.DefaultCodec;
        }

        set => Change(() => _draft.DefaultCodec = value);
    }

    private CommitRecord Published
    {
        get
        {
            using var access = Enter();
            return _draft.Published;
        }
    }

    /// <summary>The hash of the newest commit record, which authenticates everything that it reaches.</summary>
    /// <returns>32 bytes of SHA-256.</returns>
    public byte[] StateHash() => Published.Hash.AsSpan().ToArray();

    /// <summary>Opens a reader that keeps the newest published state while this handle goes on writing.</summary>
    /// <returns>The reader; dispose it, or the blocks of its state are never reused.</returns>
    public CartridgeReader OpenReader()
    {
        using var access = Enter();
        return new CartridgeReader(new PublishedState(_draft.Published, Pool), _pins);
    }

    /// <inheritdoc/>
    public override ContainerStatistics GetStatistics()
    {
        using var reader = OpenReader();
        return reader.GetStatistics();
    }

    /// <summary>Writes the container's manifest; slug and title in it are always the container's.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <exception cref="CartridgeException">As for <see cref="Write(string, ReadOnlySpan{byte}, EntryMetadata?)"/>.</exception>
    public void WriteManifest(CartridgeManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        using var access = Enter();
        var created = manifest.Created ?? Clock.ToDateTime(Created).ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        Write(CartridgeManifest.Path, (manifest with { Slug = Slug, Title = Title, Created = created }).Write());
    }

    /// <summary>Gathers the following operations of this handle into one commit.</summary>
    /// <returns>Dispose it without committing to take everything back.</returns>
    /// <exception cref="CartridgeException"><c>api.bad-argument</c>: a transaction is open already. <c>api.read-only</c>.</exception>
    public Transaction BeginTransaction()
    {
        using var access = Enter();
        RequireNoOperation();
        _ = Writable();
        return _transaction is null
            ? _transaction = new Transaction(this, _draft.Mark(), _draft.IsChanged)
            : throw new CartridgeException(ErrorCode.BadArgument, "A transaction is open already; they do not nest.");
    }

    /// <summary>
    /// Publishes what has gathered since the last commit, as one commit, durably. Only a handle with deferred durability
    /// gathers anything.
    /// </summary>
    /// <exception cref="CartridgeException"><c>api.bad-argument</c>: a transaction is open; it decides. <c>api.read-only</c>,
    /// <c>api.poisoned</c>.</exception>
    /// <exception cref="IOException">The system refused.</exception>
    public void Flush()
    {
        using var access = Enter();
        RequireNoOperation();
        _ = Writable();
        if (_transaction is not null)
        {
            throw new CartridgeException(ErrorCode.BadArgument, "A transaction is open; commit it.");
        }

        PublishChanges();
    }

    /// <summary>Closes the container: takes an open transaction back, and publishes what has gathered.</summary>
    /// <param name="disposing">Always true.</param>
    /// <exception cref="IOException">The system refused to write what had gathered; the container is as it was published
    /// last.</exception>
    protected override void Dispose(bool disposing)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            RequireNoOperation();
            _transaction?.Dispose();
            _disposed = true;
            try
            {
                Leave();
            }
            finally
            {
                if (IsReadOnly)
                {
                    _medium.Locks.Unpin(_pinned);
                }
                else
                {
                    _medium.Locks.UnlockWriter();
                }

                Pool.Keys?.Dispose();
                _medium.Dispose();
            }
        }
    }

    internal void Commit(Transaction transaction)
    {
        lock (_gate)
        {
            RequireNoOperation();
            if (!ReferenceEquals(_transaction, transaction))
            {
                throw new CartridgeException(ErrorCode.BadArgument, "The transaction has ended already.");
            }

            _transaction = null;
            try
            {
                Settle();
            }
            catch
            {
                Undo(transaction.Start);
                throw;
            }
        }
    }

    internal void RollBack(Transaction transaction)
    {
        lock (_gate)
        {
            RequireNoOperation();
            if (ReferenceEquals(_transaction, transaction))
            {
                _transaction = null;
                Undo(transaction.Start);
            }
        }
    }

    private protected override Access Enter()
    {
        _gate.Enter();
        if (_disposed)
        {
            _gate.Exit();
            ObjectDisposedException.ThrowIf(_disposed, this);
        }

        return new Access(_draft, _gate);
    }

    /// <summary>
    /// Publishes what has gathered, and leaves a free map behind, which spares the next writer the walk through all trees. A
    /// container is whole without a map, so nothing is said where that one fails.
    /// </summary>
    private void Leave()
    {
        if (_publisher is not { IsPoisoned: false } publisher)
        {
            return;
        }

        if (_draft.IsChanged)
        {
            publisher.Publish(last: true);
        }
        else if (_draft.Published.FreeMapField.Kind == FreeMapKind.Absent)
        {
            try
            {
                publisher.Publish(last: true);
            }
            catch (Exception e) when (e is IOException or CartridgeException)
            {
                // Whoever opens the container next rebuilds the map.
            }
        }
    }

    private Publisher Writable()
    {
        if (_publisher is not { } publisher)
        {
            throw new CartridgeException(ErrorCode.ReadOnly, "The container was opened for reading only.");
        }

        if (publisher.IsPoisoned)
        {
            throw new CartridgeException(ErrorCode.Poisoned, "An earlier write failed and its outcome is unknown; open the container again.");
        }

        publisher.RequireGeneration();
        return publisher;
    }

    /// <summary>
    /// Carries an operation out: all of it, as one commit (CART-COM-119) or as part of what is gathering (CART-COM-120), or nothing. A container that seems
    /// full is given the chance to let freed blocks mature, by a commit, before anybody is told so (CART-LIF-118); an operation
    /// that fails leaves everything as it was (CART-COM-114).
    /// </summary>
    private void Change(Action operation, Purpose purpose = Purpose.Adding, bool publishes = false) => Change([], _ => operation(), purpose, publishes);

    /// <summary>The same with a caller's bytes, which are not copied.</summary>
    private void Change(ReadOnlySpan<byte> bytes, Action<ReadOnlySpan<byte>> operation, Purpose purpose = Purpose.Adding, bool publishes = false)
    {
        using var access = Enter();
        var publisher = Writable();
        var mayPublish = _transaction is null && _operations == 0;
        try
        {
            Attempt(bytes, operation, purpose, publishes);
        }
        catch (CartridgeException e) when (e.Code == ErrorCode.LimitExceeded && mayPublish && !publisher.IsPoisoned)
        {
            if (_draft.IsChanged)
            {
                // What had gathered; the blocks that it freed mature with the empty commit after it.
                publisher.Publish();
            }

            publisher.Publish();
            Attempt(bytes, operation, purpose, publishes);
        }
    }

    private void Attempt(ReadOnlySpan<byte> bytes, Action<ReadOnlySpan<byte>> operation, Purpose purpose, bool publishes)
    {
        var before = _draft.Mark();
        _operations++;
        try
        {
            operation(bytes);
            _draft.Reserve(0, purpose);
            if (_operations > 1)
            {
                _draft.EndOperation(isFinal: false); // It may still be taken back with the operation that it is a step of.
            }
            else if (_transaction is null)
            {
                Settle(publishes);
            }
            else
            {
                _draft.EndOperation(isFinal: !_transaction.FollowsUnpublished);
            }
        }
        catch
        {
            Undo(before);
            throw;
        }
        finally
        {
            _operations--;
        }
    }

    /// <summary>Nothing may end, or be published, in the middle of an operation that is made of others.</summary>
    private void RequireNoOperation()
    {
        if (_operations > 0)
        {
            throw new CartridgeException(ErrorCode.BadArgument, "An operation is under way; it decides.");
        }
    }

    /// <summary>
    /// Goes back to a mark, in the length of the medium too: a failed operation does not leave a full disk behind. After a
    /// failure whose outcome is unknown, a record may count on the new length, so it stays.
    /// </summary>
    private void Undo(in Draft.Savepoint mark)
    {
        _draft.Undo(mark);
        if (_publisher is { IsPoisoned: false })
        {
            _draft.CutTo(mark);
        }
    }

    /// <summary>What follows an operation or a transaction: a commit, or waiting for one.</summary>
    private void Settle(bool publishes = false)
    {
        if (publishes || _durability == Durability.Immediate)
        {
            PublishChanges();
        }
        else
        {
            _draft.EndOperation(isFinal: true);
            _draft.Accept();
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
