using Cartridge.Reference;

namespace Cartridge.Testing;

/// <summary>Which sync a <see cref="CarelessMedium"/> leaves out.</summary>
public enum CommitSync
{
    /// <summary>The one between the pages of a commit and its record (CART-COM-107).</summary>
    BeforeRecord,

    /// <summary>The one after the record (CART-COM-108).</summary>
    AfterRecord,

    /// <summary>The first one of a handle, by which it makes its predecessor's last commit durable (CART-COM-112).</summary>
    OfPredecessor,
}

/// <summary>
/// A medium that makes a careful program careless: it swallows one of the syncs that the commit protocol asks for. A test that finds nothing
/// wrong with such a program would find nothing wrong with any.
/// </summary>
/// <param name="inner">The medium behind.</param>
/// <param name="skipped">The sync that is swallowed.</param>
public sealed class CarelessMedium(IMedium inner, CommitSync skipped) : IMedium
{
    private bool _recordWritten;
    private bool _opened;

    /// <summary>How many syncs were swallowed.</summary>
    public int Skipped { get; private set; }

    /// <inheritdoc/>
    public long Length => inner.Length;

    /// <inheritdoc/>
    public bool IsReadOnly => inner.IsReadOnly;

    /// <inheritdoc/>
    public ILocks Locks => inner.Locks;

    /// <inheritdoc/>
    public int Read(long offset, Span<byte> destination) => inner.Read(offset, destination);

    /// <inheritdoc/>
    public void Write(long offset, ReadOnlySpan<byte> source)
    {
        // Pages 1 and 2 hold the records; a write that begins below page 3 and is not page 0 alone is one.
        _recordWritten |= offset + source.Length > Format.PageSize && offset < Format.FixedBlocks * Format.PageSize;
        inner.Write(offset, source);
    }

    /// <inheritdoc/>
    public void SetLength(long length) => inner.SetLength(length);

    /// <inheritdoc/>
    public void Sync()
    {
        var sync = !_opened ? CommitSync.OfPredecessor : _recordWritten ? CommitSync.AfterRecord : CommitSync.BeforeRecord;
        _opened = true;
        _recordWritten = false;
        if (sync == skipped)
        {
            Skipped++;
            return;
        }

        inner.Sync();
    }

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();
}
