using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>
/// Looks at every moment of recorded runs, at every state of the disk that a power failure then may leave, and collects what is
/// wrong. A state that was looked at before, with the same meaning, is not looked at again.
/// </summary>
/// <param name="seed">For what <see cref="PowerLoss"/> draws.</param>
internal sealed class CrashSearch(int seed)
{
    private readonly ConcurrentDictionary<(UInt128 Key, Allowed Allowed), bool> _seen = new();
    private readonly ConcurrentQueue<string> _violations = new();
    private long _moments;
    private long _losses;
    private long _states;

    /// <summary>What is wrong, each with the way to it.</summary>
    public IReadOnlyCollection<string> Violations => _violations;

    /// <summary>How many different states of the disk were looked at.</summary>
    public long States => _states;

    /// <summary>Looks at runs, as many at a time as there are processors.</summary>
    /// <param name="runs">What to record, each with a name.</param>
    public void Search(IEnumerable<(string Name, Func<History> Record)> runs) =>
        Parallel.ForEach(runs, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, run => Search(run.Name, run.Record()));

    /// <summary>Looks at one run.</summary>
    /// <param name="name">For messages.</param>
    /// <param name="history">The run.</param>
    public void Search(string name, History history)
    {
        // Runs that begin alike have their first moments in common: they are known by the way that led to them.
        var path = default(UInt128);
        foreach (var (disk, allowed, last) in history.Moments())
        {
            var step = path == default ? [.. disk.Durable, .. disk.Visible()] : last is DiskOperation.Write write ? write.Bytes : [];
            path = Key([.. MemoryMarshal.AsBytes([path]), .. Encoding.UTF8.GetBytes($"{last}"), .. step]);
            if (_seen.TryAdd((path, allowed), true))
            {
                Interlocked.Increment(ref _moments);
                Search(name, disk, allowed);
            }
        }
    }

    private void Search(string name, DiskState disk, Allowed allowed)
    {
        foreach (var (fates, image) in disk.Images(PowerLoss.Fates(disk, seed)))
        {
            Interlocked.Increment(ref _losses);
            if (_seen.TryAdd((Key(image.Span), allowed), true))
            {
                Interlocked.Increment(ref _states);
                if (CrashCheck.Violation(image.ToArray(), allowed) is { } violation)
                {
                    _violations.Enqueue($"{name}; power lost with {PowerLoss.Describe(disk, fates)}: {violation}");
                }
            }
        }
    }

    /// <summary>What was looked at, for the test's output.</summary>
    public override string ToString() =>
        $"{_moments} moments, {_losses} possible losses, {_states} different states of the disk, {_violations.Count} violations (seed {seed})";

    private static UInt128 Key(ReadOnlySpan<byte> image) => MemoryMarshal.Read<UInt128>(SHA256.HashData(image));
}
