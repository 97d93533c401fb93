using Cartridge.Reference;

namespace Cartridge.Format1;

/// <summary>A snapshot's pages in the places where they stood in the container; page 0 as the snapshot describes it.</summary>
internal sealed class SnapshotMedium : IMedium
{
    private readonly FileStream _file;
    private readonly Dictionary<ulong, long> _pages;
    private readonly byte[] _header;

    public SnapshotMedium(string path, Format1Header header, Dictionary<ulong, long> pages)
    {
        if (pages.Count == 0)
        {
            throw new CartridgeException(ErrorCode.SnapshotBadRecord, "The snapshot holds no pages: its writer saved what it had in memory, and that was nothing.");
        }

        _file = File.OpenRead(path);
        _pages = pages;
        Length = checked((long)(Math.Max(pages.Keys.Max(), 2) + 1) * Layout.PageSize);
        _header = header.Write();
    }

    public long Length { get; }

    public bool IsReadOnly => true;

    public ILocks Locks => throw new NotSupportedException("A snapshot is not locked.");

    /// <summary>Whether the snapshot has the page.</summary>
    public bool Holds(ulong page) => page == 0 || _pages.ContainsKey(page);

    public int Read(long offset, Span<byte> destination)
    {
        var done = 0;
        while (done < destination.Length && offset < Length)
        {
            var within = (int)(offset % Layout.PageSize);
            var part = destination.Slice(done, Math.Min(destination.Length - done, Layout.PageSize - within));
            var page = (ulong)(offset / Layout.PageSize);
            if (page == 0)
            {
                _header.AsSpan(within, part.Length).CopyTo(part);
            }
            else if (_pages.TryGetValue(page, out var position))
            {
                _file.Position = position + within;
                _file.ReadExactly(part);
            }
            else
            {
                return done;
            }

            done += part.Length;
            offset += part.Length;
        }

        return done;
    }

    public void Write(long offset, ReadOnlySpan<byte> source) => throw Refusal();

    public void SetLength(long length) => throw Refusal();

    public void Sync()
    {
    }

    public void Dispose() => _file.Dispose();

    private static CartridgeException Refusal() => new(ErrorCode.ReadOnly, "A snapshot is not written to.");
}
