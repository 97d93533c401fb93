using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Cartridge.Benchmarks;

/// <summary>
/// Measures what takes microseconds, with BenchmarkDotNet: the class has two benchmarks, of which the baseline is the
/// yardstick, and a parameter <c>Case</c> that takes the names of the comparisons. Both run in this process, one right after
/// the other.
/// </summary>
/// <typeparam name="T">The class with the benchmarks.</typeparam>
/// <param name="name">The group's name.</param>
internal sealed class MicroGroup<T>(string name) : Group(name)
{
    private const string CaseParameter = "Case";

    /// <inheritdoc/>
    public override IEnumerable<Result> Measure(IReadOnlyList<Comparison> wanted, Plan plan)
    {
        foreach (var comparison in wanted)
        {
            var summary = BenchmarkRunner.Run<T>(ConfigFor(comparison, plan));
            var subject = ReportOf(summary, isYardstick: false);
            var yardstick = ReportOf(summary, isYardstick: true);
            yield return ResultOf(comparison, SpreadOf(subject), SpreadOf(yardstick)) with
            {
                AllocatedBytes = subject.GcStats.GetBytesAllocatedPerOperation(subject.BenchmarkCase),
            };
        }
    }

    private static ManualConfig ConfigFor(Comparison comparison, Plan plan) => ManualConfig.CreateEmpty()
        .AddJob(JobFor(plan))
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddFilter(new SimpleFilter(benchmark => Equals(benchmark.Parameters[CaseParameter], comparison.Name)))
        .AddLogger(plan.IsVerbose ? ConsoleLogger.Default : NullLogger.Instance)
        .WithArtifactsPath(Workspace.Current.PathOf("BenchmarkDotNet"))
        .WithOptions(ConfigOptions.DisableLogFile);

    private static Job JobFor(Plan plan)
    {
        var (warmups, iterations, milliseconds) = plan.IsQuick ? (1, 2, 10) : (8, 20, 250);
        return Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithLaunchCount(1)
            .WithWarmupCount(warmups)
            .WithIterationCount(iterations)
            .WithIterationTime(TimeInterval.FromMilliseconds(milliseconds));
    }

    private static BenchmarkReport ReportOf(Summary summary, bool isYardstick)
    {
        var report = summary.Reports.SingleOrDefault(report => report.BenchmarkCase.Descriptor.Baseline == isYardstick);
        return report is { Success: true, ResultStatistics: not null }
            ? report
            : throw new InvalidOperationException(
                $"{typeof(T).Name} could not be measured; --verbose shows why. {string.Join("; ", summary.ValidationErrors.Select(e => e.Message))}");
    }

    private static Spread SpreadOf(BenchmarkReport report)
    {
        var statistics = report.ResultStatistics!;
        return new Spread(statistics.Median, statistics.Min, statistics.Max, statistics.N);
    }
}
