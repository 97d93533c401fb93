namespace Cartridge.Reference.Tests;

/// <summary>Counts the pages that are read from and written to another medium.</summary>
internal sealed class CountingMedium(IMedium inner) : IMedium
{
    public long PagesRead { get; private set; }

    public long PagesWritten { get; private set; }

    public long Syncs { get; private set; }

    public long Length => inner.Length;

    public bool IsReadOnly => inner.IsReadOnly;

    public ILocks Locks => inner.Locks;

    public void Reset() => (PagesRead, PagesWritten, Syncs) = (0, 0, 0);

    public int Read(long offset, Span<byte> destination)
    {
        PagesRead += (destination.Length + Format.PageSize - 1) / Format.PageSize;
        return inner.Read(offset, destination);
    }

    public void Write(long offset, ReadOnlySpan<byte> source)
    {
        PagesWritten += (source.Length + Format.PageSize - 1) / Format.PageSize;
        inner.Write(offset, source);
    }

    public void SetLength(long length) => inner.SetLength(length);

    public void Sync()
    {
        Syncs++;
        inner.Sync();
    }

    public void Dispose() => inner.Dispose();
}
