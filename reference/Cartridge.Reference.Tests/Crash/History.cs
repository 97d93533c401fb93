using Cartridge.Codecs;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>The states that a power failure may leave at some moment: two while an operation is under way, else one and the same.</summary>
/// <param name="Before">What was acknowledged last.</param>
/// <param name="After">What is being done.</param>
internal readonly record struct Allowed(ModelContainer Before, ModelContainer After);

/// <summary>
/// A run that was recorded: every I/O of a program on a disk, and what its user knew at each moment. A crash test looks at each
/// moment and asks what the disk may hold, had the power failed then.
/// </summary>
internal sealed class History
{
    private readonly Start _start;
    private readonly int _first;

    // From which number of I/Os on what is allowed; the last entry that applies counts.
    private readonly List<(int From, Allowed Allowed)> _promises = [];

    private History(Start start, RecordingDisk disk)
    {
        _start = start;
        Disk = disk;
        _first = disk.Log.Count;
    }

    /// <summary>The disk, its log included.</summary>
    public RecordingDisk Disk { get; }

    /// <summary>Opens a container, carries operations out and closes it.</summary>
    /// <param name="start">What is on the disk.</param>
    /// <param name="operations">What the program does.</param>
    /// <param name="careless">The sync that the program forgets, if any.</param>
    public static History Record(Start start, IEnumerable<Operation> operations, CommitSync? careless = null)
    {
        var history = new History(start, new RecordingDisk(start.Image));
        history.Promise(new Allowed(start.Content, start.Content));
        history.Run(operations, careless);
        return history;
    }

    /// <summary>
    /// As <see cref="Record"/>, but the program comes after another one that was killed. What that one wrote is visible, some of
    /// it may not be durable, and which of two states it left shows when the container is opened.
    /// </summary>
    /// <param name="start">What the killed program had begun with.</param>
    /// <param name="disk">What it left.</param>
    /// <param name="allowed">The states that it may have left.</param>
    /// <param name="operations">What the second program does.</param>
    /// <param name="careless">The sync that the second program forgets, if any.</param>
    public static History RecordAfterKill(Start start, DiskState disk, Allowed allowed, IEnumerable<Operation> operations, CommitSync? careless = null)
    {
        var history = new History(start, new RecordingDisk(disk));
        history.Promise(allowed);
        history.Run(operations, careless);
        return history;
    }

    /// <summary>Every moment of the run: the disk, the states that a power failure then may leave, and the I/O that led there.</summary>
    public IEnumerable<(DiskState Disk, Allowed Allowed, DiskOperation? Last)> Moments() =>
        Disk.States().Select((disk, count) => (disk, count)).Skip(_first).Select(moment => (
            moment.disk,
            _promises.Last(promise => promise.From <= moment.count).Allowed,
            moment.count > 0 ? Disk.Log[moment.count - 1] : null));

    private void Promise(Allowed allowed, int ahead = 0) => _promises.Add((Disk.Log.Count + ahead, allowed));

    private void Run(IEnumerable<Operation> operations, CommitSync? careless)
    {
        var clock = new StepClock();
        var handle = Disk.Open();
        using var container = CartridgeFile.Open(
            careless is { } skipped ? new CarelessMedium(handle, skipped) : handle, new OpenOptions { Clock = clock.Read, Key = Specimens.KeyFor(_start.Image), Codecs = SystemCodecs.All });

        // From here on a predecessor's last commit is settled, one way or the other (CART-COM-112).
        var state = ModelContainer.Of(container);
        Assert.True(state.Equals(_promises[0].Allowed.Before) || state.Equals(_promises[0].Allowed.After));
        Promise(new Allowed(state, state));

        foreach (var operation in operations)
        {
            var io = Disk.Log.Count;
            var now = clock.Advance();
            var answer = operation.RunOn(container);
            var (after, expected) = _start.Cap > 0 ? operation.ApplyTo(state, now, answer) : operation.ApplyTo(state, now);
            Assert.Equal(expected, answer);
            Promise(new Allowed(state, after), ahead: io + 1 - Disk.Log.Count);
            Promise(new Allowed(after, after));
            state = after;
        }
    }
}
