using System.Diagnostics;

namespace Cartridge.Benchmarks;

/// <summary>
/// Measures what waits for a disk or is a process of its own: subject and yardstick take turns, so that whatever else the
/// disk and the machine do hits both. Medians are compared, and the extremes printed.
/// </summary>
/// <param name="name">The group's name.</param>
/// <param name="pairs">How many times each is measured.</param>
/// <param name="warmUps">How many turns of each come before, uncounted.</param>
internal abstract class PairedGroup(string name, int pairs, int warmUps = 1) : Group(name)
{
    private const int QuickPairs = 2;

    /// <inheritdoc/>
    public override IEnumerable<Result> Measure(IReadOnlyList<Comparison> wanted, Plan plan)
    {
        foreach (var comparison in wanted)
        {
            using var pair = Prepare(comparison, plan);
            var (subject, yardstick) = TakeTurns(pair, plan.IsQuick ? QuickPairs : pairs, plan.IsQuick ? 1 : warmUps);
            yield return ResultOf(comparison, subject, yardstick);
        }
    }

    /// <summary>Sets a case up.</summary>
    protected abstract Pair Prepare(Comparison comparison, Plan plan);

    private static (Spread Subject, Spread Yardstick) TakeTurns(Pair pair, int pairs, int warmUps)
    {
        // The first turns compile code, then compile it better, and fill caches; they do not count.
        for (var i = 0; i < warmUps; i++)
        {
            pair.Subject();
            pair.Yardstick();
        }

        List<TimeSpan> subject = [], yardstick = [];
        for (var i = 0; i < pairs; i++)
        {
            // Who goes first changes, so that neither always finds what the other leaves.
            if (i % 2 == 0)
            {
                subject.Add(pair.Subject());
                yardstick.Add(pair.Yardstick());
            }
            else
            {
                yardstick.Add(pair.Yardstick());
                subject.Add(pair.Subject());
            }
        }

        return (Spread.Of(subject), Spread.Of(yardstick));
    }
}

/// <summary>A case that was set up. Each call does the work once and says how long that took, without what surrounds it.</summary>
internal abstract class Pair : IDisposable
{
    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>What is to be measured.</summary>
    public abstract TimeSpan Subject();

    /// <summary>What it is measured against.</summary>
    public abstract TimeSpan Yardstick();

    /// <summary>How long some work takes.</summary>
    protected static TimeSpan Time(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start);
    }
}
