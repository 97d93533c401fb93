using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary>A container that is read from end to end, and shows how much of it has been.</summary>
/// <param name="inner">The container.</param>
/// <param name="status">Where it is shown.</param>
/// <param name="doing">What is being done.</param>
/// <param name="interruption">What may end it.</param>
internal sealed class WatchedMedium(IMedium inner, StatusLine status, string doing, Interruption? interruption = null) : IMedium
{
    private long _read;

    public long Length => inner.Length;

    public bool IsReadOnly => inner.IsReadOnly;

    public ILocks Locks => inner.Locks;

    public int Read(long offset, Span<byte> destination)
    {
        interruption?.ThrowIfRequested();
        var read = inner.Read(offset, destination);
        _read += read;
        status.Show(() => $"{doing}: {Words.Size(_read)} of {Words.Size(Length)}");
        return read;
    }

    public void Write(long offset, ReadOnlySpan<byte> source) => inner.Write(offset, source);

    public void SetLength(long length) => inner.SetLength(length);

    public void Sync() => inner.Sync();

    public void Dispose() => inner.Dispose();
}
