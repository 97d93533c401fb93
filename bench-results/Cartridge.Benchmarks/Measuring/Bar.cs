namespace Cartridge.Benchmarks;

/// <summary>What a bar is held against.</summary>
internal enum BarKind
{
    /// <summary>Nothing is demanded; the figure is there to be known.</summary>
    None,

    /// <summary>The speed as a part of the yardstick's: at least the limit.</summary>
    Speed,

    /// <summary>The time as a multiple of the yardstick's: at most the limit.</summary>
    Time,

    /// <summary>The time itself, in nanoseconds: at most the limit.</summary>
    Nanoseconds,
}

/// <summary>What is demanded of a comparison.</summary>
/// <param name="Kind">What is compared.</param>
/// <param name="Limit">With what.</param>
internal readonly record struct Bar(BarKind Kind, double Limit)
{
    /// <summary>Nothing is demanded.</summary>
    public static readonly Bar None = new(BarKind.None, 0);

    /// <summary>The bar in words.</summary>
    public string Text => Kind switch
    {
        BarKind.Speed => $"at least {Limit:0.00} of its speed",
        BarKind.Time => $"at most {Limit:0.0} times as long",
        BarKind.Nanoseconds => $"at most {Units.Time(Limit)}",
        _ => "-",
    };

    /// <summary>At least so much of the yardstick's speed.</summary>
    public static Bar Speed(double atLeast) => new(BarKind.Speed, atLeast);

    /// <summary>At most so many times as long as the yardstick.</summary>
    public static Bar Time(double atMost) => new(BarKind.Time, atMost);

    /// <summary>At most so long.</summary>
    public static Bar Below(TimeSpan atMost) => new(BarKind.Nanoseconds, atMost.TotalNanoseconds);

    /// <summary>The number that a result is judged by, or is known by where nothing is demanded.</summary>
    public double RatioOf(Result result) => Kind == BarKind.Speed
        ? result.Yardstick.Median / result.Subject.Median
        : result.Subject.Median / result.Yardstick.Median;

    /// <summary>Whether a result meets the bar; null where nothing is demanded.</summary>
    public bool? IsMet(Result result) => Kind switch
    {
        BarKind.Speed => RatioOf(result) >= Limit,
        BarKind.Time => RatioOf(result) <= Limit,
        BarKind.Nanoseconds => result.Subject.Median <= Limit,
        _ => null,
    };
}
