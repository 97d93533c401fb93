namespace Cartridge.Reference;

/// <summary>The new container, which is filled in commits of bounded size.</summary>
internal sealed class SalvageTarget(CartridgeFile container) : IDisposable
{
    private const long BytesPerCommit = 64L << 20;
    private const int EntriesPerCommit = 1000;

    private Transaction? _transaction;
    private long _bytes;
    private int _entries;

    /// <summary>Whether a path is taken.</summary>
    public bool Has(string path) => container.FindEntry(path) is not null;

    public void Directory(string path, EntryMetadata metadata) => Do(0, () => container.CreateDirectory(path, metadata));

    public void Link(string path, string target, EntryMetadata metadata) => Do(0, () => container.CreateSymbolicLink(path, target, metadata));

    /// <summary>Begins a file.</summary>
    public void Begin(string path, EntryMetadata metadata) => Do(0, () => container.Write(path, [], metadata));

    /// <summary>Writes a part of it.</summary>
    public void Put(string path, long offset, ReadOnlyMemory<byte> bytes) => Do(bytes.Length, () => container.WriteAt(path, offset, bytes.Span));

    /// <summary>Ends it: gives it its length, and the times that writing it has changed.</summary>
    public void End(string path, long size, EntryMetadata metadata) => Do(0, () =>
    {
        if (container.GetEntry(path).Size != size)
        {
            container.SetLength(path, size);
        }

        container.SetMetadata(path, metadata);
        _entries++;
    });

    /// <summary>Makes durable what is not yet.</summary>
    public void Commit()
    {
        _transaction?.Commit();
        _transaction?.Dispose();
        (_transaction, _bytes, _entries) = (null, 0, 0);
    }

    public void Dispose() => _transaction?.Dispose();

    private void Do(long bytes, Action action)
    {
        if (_bytes + bytes > BytesPerCommit || _entries >= EntriesPerCommit)
        {
            Commit();
        }

        _transaction ??= container.BeginTransaction();
        action();
        _bytes += bytes;
    }
}
