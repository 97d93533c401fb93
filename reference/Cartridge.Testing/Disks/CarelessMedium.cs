using Cartridge.Reference;

namespace Cartridge.Testing;

/// <summary>Which of a commit's two syncs a <see cref="CarelessMedium"/> leaves out.</summary>
public enum CommitSync
{
    /// <summary>The one between the pages of a commit and its record (CART-COM-107).</summary>
    BeforeRecord,

    /// <summary>The one after the record (CART-COM-108, and CART-COM-112 where a predecessor's record is settled).</summary>
    AfterRecord,
}

/// <summary>
/// A medium that makes a careful program careless: it swallows one of the two syncs of each commit. A test that finds nothing
/// wrong with such a program would find nothing wrong with any.
/// </summary>
/// <param name="inner">The medium behind.</param>
/// <param name="skipped">The sync that is swallowed.</param>
public sealed class CarelessMedium(IMedium inner, CommitSync skipped) : IMedium
{
    private bool _recordWritten;

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
        var sync = _recordWritten ? CommitSync.AfterRecord : CommitSync.BeforeRecord;
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
