using Cartridge.Reference;

namespace Cartridge.Testing;

/// <summary>
/// A disk in memory that remembers every operation in order, so that a test can ask, for each moment of a run, what might be on
/// it had the power failed right then (<see cref="States"/>, <see cref="PowerLoss"/>). Programs see it through handles
/// (<see cref="Open"/>), whose locks are per handle as a file's are.
/// </summary>
/// <remarks>Recording everything and looking back is the same as stopping at each moment, and costs one run instead of many:
/// a program cannot know that the power is about to fail. For tests that want the program itself to be hit there is <see cref="StopAfter"/>.</remarks>
public sealed class RecordingDisk
{
    private readonly byte[] _start;
    private readonly List<DiskOperation> _log = [];
    private readonly DiskLockTable _locks = new();
    private readonly DiskContent _content;

    /// <summary>A disk that holds an image, durably.</summary>
    /// <param name="image">The content; empty for a new file.</param>
    public RecordingDisk(byte[] image)
    {
        _start = image;
        _content = new DiskContent(image);
    }

    /// <summary>The disk of a system on which a program was killed: its writes are visible to the next program, and durable for nobody.</summary>
    /// <param name="state">What was durable, and what was written since; the log begins with the latter.</param>
    public RecordingDisk(DiskState state)
        : this(state.Durable)
    {
        foreach (var operation in state.Unsynced)
        {
            Record(operation);
        }
    }

    /// <summary>Every operation since the start. The n-th I/O, counted from 1, is the one at index n - 1.</summary>
    public IReadOnlyList<DiskOperation> Log => _log;

    /// <summary>After how many I/Os the power fails: every later one throws <see cref="PowerFailureException"/>. Null for never.</summary>
    public int? StopAfter { get; set; }

    /// <summary>The content as the running system sees it.</summary>
    /// <returns>A copy.</returns>
    public byte[] ToArray() => _content.ToArray();

    /// <summary>Opens the file, as a program would.</summary>
    /// <param name="readOnly">Whether the handle refuses to write.</param>
    /// <returns>A handle with locks of its own, which end with it.</returns>
    public IMedium Open(bool readOnly = false) => new Handle(this, readOnly);

    /// <summary>What was durable, and what was not yet, after the first <paramref name="count"/> I/Os.</summary>
    /// <param name="count">From 0, before all of them, to the length of the log.</param>
    public DiskState StateAfter(int count) => States().ElementAt(count);

    /// <summary>As <see cref="StateAfter"/>, for every moment from before the first I/O to after the last.</summary>
    public IEnumerable<DiskState> States()
    {
        var durable = _start;
        List<DiskOperation> unsynced = [];
        yield return new DiskState(durable, []);
        foreach (var operation in _log)
        {
            unsynced.Add(operation);
            if (operation is DiskOperation.Sync)
            {
                durable = new DiskState(durable, unsynced).Visible();
                unsynced.Clear();
            }

            yield return new DiskState(durable, [.. unsynced]);
        }
    }

    private void Do(DiskOperation operation)
    {
        if (_log.Count >= StopAfter)
        {
            throw new PowerFailureException($"The power failed after {StopAfter} I/Os.");
        }

        Record(operation);
    }

    private void Record(DiskOperation operation)
    {
        _content.Apply(operation, Fate.Arrived);
        _log.Add(operation);
    }

    private sealed class Handle(RecordingDisk disk, bool readOnly) : IMedium
    {
        private readonly DiskLocks _locks = new(disk._locks);

        public long Length => disk._content.Length;

        public bool IsReadOnly => readOnly;

        public ILocks Locks => _locks;

        public int Read(long offset, Span<byte> destination) => disk._content.Read(offset, destination);

        public void Write(long offset, ReadOnlySpan<byte> source)
        {
            // IMedium promises nothing beyond the length; a program that writes there has forgotten to grow.
            if (readOnly || offset + source.Length > Length)
            {
                throw new InvalidOperationException($"A write of {source.Length} bytes at {offset} on {(readOnly ? "a read-only handle" : $"a file of {Length}")}.");
            }

            disk.Do(new DiskOperation.Write(offset, source.ToArray()));
        }

        public void SetLength(long length) => disk.Do(new DiskOperation.SetLength(length));

        public void Sync() => disk.Do(new DiskOperation.Sync());

        public void Dispose() => _locks.Dispose();
    }
}

/// <summary>The power fails while a program runs. Not an <see cref="IOException"/>: no program lives to handle it.</summary>
/// <param name="message">When it failed.</param>
public sealed class PowerFailureException(string message) : Exception(message);
