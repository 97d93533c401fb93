namespace Cartridge.Reference;

/// <summary>
/// What a container is kept on: a length, reads and writes at offsets, and a sync. The engine trusts it with what the
/// specification says (spec/01-conventions.md, "What the medium is trusted with"): a completed sync makes everything
/// written before it durable, a crash may tear unsynced writes and lose or keep each of them, and it leaves synced bytes
/// alone.
/// </summary>
public interface IMedium : IDisposable
{
    /// <summary>The length in bytes.</summary>
    long Length { get; }

    /// <summary>Whether writing is refused.</summary>
    bool IsReadOnly { get; }

    /// <summary>The locks by which writers and readers of several handles and processes agree.</summary>
    ILocks Locks { get; }

    /// <summary>Reads at an offset.</summary>
    /// <param name="offset">In bytes from the start.</param>
    /// <param name="destination">Filled as far as the medium reaches.</param>
    /// <returns>Bytes read: less than asked for only at the end.</returns>
    /// <exception cref="IOException">The system refused.</exception>
    int Read(long offset, Span<byte> destination);

    /// <summary>Writes at an offset within the length.</summary>
    /// <param name="offset">In bytes from the start.</param>
    /// <param name="source">The bytes.</param>
    /// <exception cref="IOException">The system refused, for want of space say.</exception>
    void Write(long offset, ReadOnlySpan<byte> source);

    /// <summary>Lengthens (with zeros) or cuts.</summary>
    /// <param name="length">The new length in bytes.</param>
    /// <exception cref="IOException">The system refused.</exception>
    void SetLength(long length);

    /// <summary>Returns once everything written before is durable, the length included.</summary>
    /// <exception cref="IOException">The system refused; what became durable is unknown.</exception>
    void Sync();
}

/// <summary>The locks of one handle on a container (spec/05-lifetimes.md, "Pins").</summary>
public interface ILocks
{
    /// <summary>Tries to become the one writer.</summary>
    /// <returns>Whether this handle is the writer now.</returns>
    bool TryLockWriter();

    /// <summary>Lets another writer come.</summary>
    void UnlockWriter();

    /// <summary>Keeps the state of a generation from being overwritten while this handle reads it.</summary>
    /// <param name="generation">The state's generation.</param>
    void Pin(ulong generation);

    /// <summary>Gives a pinned generation up.</summary>
    /// <param name="generation">The state's generation.</param>
    void Unpin(ulong generation);

    /// <summary>The oldest generation that another handle has pinned, up to <paramref name="newest"/>.</summary>
    /// <param name="newest">The newest generation to ask for.</param>
    /// <returns>The generation, or null if none is pinned.</returns>
    ulong? OldestPin(ulong newest);
}
