using Cartridge.Reference;

namespace Cartridge.Testing;

/// <summary>A writer or a reader of one history, among others in processes of their own, any of which may be killed.</summary>
internal static class HistoryCommand
{
    /// <summary>Only a fault lets somebody wait that long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Takes turns with the other writers until a version is reached.</summary>
    public static int Write(string path, int seed, ulong last)
    {
        var cells = new Cells(seed);
        using var progress = new Progress(path);
        var random = new Random(Environment.ProcessId);
        while (progress.DoneVersion < last)
        {
            using var container = CartridgeFile.Open(path, new OpenOptions { LockTimeout = Patience });
            for (var turns = random.Next(1, 5); turns > 0; turns--)
            {
                var version = Cells.VersionOf(container) + 1;
                progress.BegunVersion = version;
                cells.Write(container, version);
                progress.DoneVersion = version;
            }
        }

        return 0;
    }

    /// <summary>
    /// Opens the container again and again, holds each state while writing goes on, and reads all of it twice with next to no
    /// cache, so that a block that was reused too early is noticed.
    /// </summary>
    public static int Read(string path, int seed, ulong last)
    {
        var cells = new Cells(seed);
        using var progress = new Progress(path);
        var (states, newest) = (0, 0UL);
        while (newest < last)
        {
            var done = progress.DoneVersion;
            using var container = CartridgeFile.OpenReadOnly(path, new OpenOptions { CacheBytes = 1 });
            var version = Cells.VersionOf(container);
            if (Wrong(cells, container, done, newest, progress.BegunVersion) is { } first)
            {
                return Report(first);
            }

            // Held over some commits, but no longer than there are any to come.
            SpinWait.SpinUntil(() => progress.DoneVersion >= Math.Min(version + 3, last), Patience);
            if (cells.Check(container) is not null || Cells.VersionOf(container) != version)
            {
                return Report($"version {version} did not stay what it was");
            }

            // A verifier is a reader as well, and no state that it pins has anything wrong.
            if (Verifier.Verify(path).Findings.FirstOrDefault(finding => finding.Severity == Severity.Error) is { } error)
            {
                return Report($"while others write: {error}");
            }

            states += version > newest ? 1 : 0;
            newest = version;
        }

        Console.Out.WriteLine(states);
        return 0;
    }

    private static string? Wrong(Cells cells, CartridgeView container, ulong done, ulong newest, ulong begun)
    {
        var version = Cells.VersionOf(container);
        return cells.Check(container)
            ?? (version < done ? $"version {version} after {done} was acknowledged"
                : version < newest ? $"version {version} after {newest} had been seen"
                : version > begun ? $"version {version}, which nobody has begun"
                : null);
    }

    private static int Report(string fault)
    {
        Console.Out.WriteLine(fault);
        return 1;
    }
}
