namespace Cartridge.Cli;

/// <summary>Long work with many files, as whoever waits for it sees it: how far it is, and that it can be interrupted.</summary>
/// <param name="status">Where it is shown.</param>
/// <param name="doing">What is being done.</param>
/// <param name="interruption">What may end it.</param>
internal sealed class Work(StatusLine status, string doing, Interruption interruption)
{
    private long _files;
    private long _bytes;

    /// <summary>One more file, folder or link is begun.</summary>
    /// <exception cref="Interrupted">The work was interrupted.</exception>
    public void Begin() => Count(1, 0);

    /// <summary>So many more bytes have passed.</summary>
    /// <exception cref="Interrupted">The work was interrupted.</exception>
    public void Pass(int bytes) => Count(0, bytes);

    private void Count(int files, int bytes)
    {
        interruption.ThrowIfRequested();
        var (allFiles, allBytes) = (Interlocked.Add(ref _files, files), Interlocked.Add(ref _bytes, bytes));
        status.Show(() => $"{doing}: {Words.Count(allFiles, "entry", "entries")}, {Words.Size(allBytes)}");
    }
}
