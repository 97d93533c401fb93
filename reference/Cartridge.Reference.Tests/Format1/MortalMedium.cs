namespace Cartridge.Reference.Tests.Format1;

/// <summary>A file whose writer dies: after so many writes, nothing arrives any more.</summary>
internal sealed class MortalMedium(IMedium inner) : IMedium
{
    /// <summary>How many more writes arrive.</summary>
    public int Remaining { get; set; } = int.MaxValue;

    public long Length => inner.Length;

    public bool IsReadOnly => inner.IsReadOnly;

    public ILocks Locks => inner.Locks;

    public int Read(long offset, Span<byte> destination) => inner.Read(offset, destination);

    public void Write(long offset, ReadOnlySpan<byte> source)
    {
        if (Remaining > 0)
        {
            Remaining--;
            inner.Write(offset, source);
        }
    }

    public void SetLength(long length) => inner.SetLength(length);

    public void Sync() => inner.Sync();

    public void Dispose() => inner.Dispose();
}
