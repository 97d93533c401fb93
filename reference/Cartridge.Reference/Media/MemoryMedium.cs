namespace Cartridge.Reference;

/// <summary>A container in memory, for tests, notebooks and programs that keep it elsewhere.</summary>
public sealed class MemoryMedium : IMedium
{
    private readonly SharedLocks _locks = new();
    private byte[] _bytes;
    private int _length;

    /// <summary>Makes an empty medium.</summary>
    public MemoryMedium()
        : this([])
    {
    }

    /// <summary>Takes over the bytes of a container.</summary>
    /// <param name="container">Used, not copied, as long as the length stays.</param>
    /// <param name="readOnly">Whether writing is refused.</param>
    public MemoryMedium(byte[] container, bool readOnly = false)
    {
        ArgumentNullException.ThrowIfNull(container);
        _bytes = container;
        _length = container.Length;
        IsReadOnly = readOnly;
    }

    /// <inheritdoc/>
    public long Length => _length;

    /// <inheritdoc/>
    public bool IsReadOnly { get; }

    /// <inheritdoc/>
    public ILocks Locks => _locks;

    /// <summary>The bytes as they are now.</summary>
    /// <returns>A copy.</returns>
    public byte[] ToArray() => _bytes.AsSpan(0, _length).ToArray();

    /// <inheritdoc/>
    public int Read(long offset, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        var length = (int)Math.Min(destination.Length, Math.Max(0, _length - offset));
        _bytes.AsSpan(_length - (int)Math.Max(0, _length - offset), length).CopyTo(destination);
        return length;
    }

    /// <inheritdoc/>
    public void Write(long offset, ReadOnlySpan<byte> source) => source.CopyTo(_bytes.AsSpan(0, _length)[checked((int)offset)..]);

    /// <inheritdoc/>
    public void SetLength(long length)
    {
        if (length > Array.MaxLength)
        {
            throw new IOException($"A container in memory has at most {Array.MaxLength} bytes.");
        }

        var target = (int)length;
        if (target > _bytes.Length)
        {
            Array.Resize(ref _bytes, target);
        }
        else
        {
            _bytes.AsSpan(target).Clear();
        }

        _length = target;
    }

    /// <inheritdoc/>
    public void Sync()
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The bytes stay readable by ToArray; there is nothing to give back.
    }

    /// <summary>All handles on this medium share it, and with it these locks.</summary>
    private sealed class SharedLocks : ILocks
    {
        private readonly Lock _gate = new();
        private readonly PinTable _pins = new();
        private bool _writer;

        public bool TryLockWriter()
        {
            lock (_gate)
            {
                return !_writer && (_writer = true);
            }
        }

        public void UnlockWriter()
        {
            lock (_gate)
            {
                _writer = false;
            }
        }

        public void Pin(ulong generation) => _pins.Pin(generation);

        public void Unpin(ulong generation) => _pins.Unpin(generation);

        public ulong? OldestPin(ulong newest) => _pins.Oldest <= newest ? _pins.Oldest : null;
    }
}
