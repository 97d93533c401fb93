using System.Text.Json.Serialization;

namespace Cartridge.Benchmarks;

/// <summary>How long something took, several times over. All times in nanoseconds.</summary>
/// <param name="Median">The figure that stands for all.</param>
/// <param name="Min">The shortest.</param>
/// <param name="Max">The longest.</param>
/// <param name="Runs">How often it was measured.</param>
internal readonly record struct Spread(double Median, double Min, double Max, int Runs)
{
    /// <summary>The spread of single times.</summary>
    public static Spread Of(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Select(time => time.TotalNanoseconds).Order().ToList();
        var (low, high) = (sorted[(sorted.Count - 1) / 2], sorted[sorted.Count / 2]);
        return new Spread((low + high) / 2, sorted[0], sorted[^1], sorted.Count);
    }

    /// <summary>The figure, and how far the others lie around it.</summary>
    public override string ToString() => $"{Units.Time(Median)} ({Units.Time(Min)} to {Units.Time(Max)})";
}

/// <summary>What a comparison gave.</summary>
/// <param name="Id">Which comparison: group, slash, name.</param>
/// <param name="Date">The day.</param>
/// <param name="Subject">What was to be measured.</param>
/// <param name="Yardstick">What it is measured against.</param>
internal sealed record Result(string Id, DateOnly Date, Spread Subject, Spread Yardstick)
{
    /// <summary>Bytes that the subject allocates each time, where that was counted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? AllocatedBytes { get; init; }
}

/// <summary>One row of the tables.</summary>
/// <param name="Name">Unique in its group; part of what filters look at.</param>
/// <param name="Case">The case in words.</param>
/// <param name="Bar">What is demanded.</param>
internal sealed record Comparison(string Name, string Case, Bar Bar);

/// <summary>Numbers for people.</summary>
internal static class Units
{
    /// <summary>Bytes in a KiB.</summary>
    public const int KiB = 1 << 10;

    /// <summary>Bytes in a MiB.</summary>
    public const int MiB = 1 << 20;

    /// <summary>A time with three digits that count.</summary>
    public static string Time(double nanoseconds) => nanoseconds switch
    {
        < 1e3 => $"{Digits(nanoseconds)} ns",
        < 1e6 => $"{Digits(nanoseconds / 1e3)} us",
        < 1e9 => $"{Digits(nanoseconds / 1e6)} ms",
        _ => $"{Digits(nanoseconds / 1e9)} s",
    };

    /// <summary>A size in the largest unit that gives a whole number.</summary>
    public static string Size(long bytes) => bytes switch
    {
        _ when bytes % MiB == 0 => $"{bytes / MiB} MiB",
        _ when bytes % KiB == 0 => $"{bytes / KiB} KiB",
        _ => $"{bytes} bytes",
    };

    private static string Digits(double value) => value switch
    {
        < 10 => $"{value:0.00}",
        < 100 => $"{value:0.0}",
        _ => $"{value:0}",
    };
}
