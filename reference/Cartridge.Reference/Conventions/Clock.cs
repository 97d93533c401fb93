namespace Cartridge.Reference;

/// <summary>Time as the format counts it: nanoseconds since 1970-01-01T00:00:00Z, in 64 bits with sign.</summary>
public static class Clock
{
    private const long NanosecondsPerTick = 100;

    /// <summary>The system's time.</summary>
    public static long Now() => FromDateTime(DateTimeOffset.UtcNow);

    /// <summary>Nanoseconds since the epoch of a point in time.</summary>
    /// <exception cref="OverflowException">The time lies beyond the years 1677 to 2262.</exception>
    public static long FromDateTime(DateTimeOffset time) => checked((time - DateTimeOffset.UnixEpoch).Ticks * NanosecondsPerTick);

    /// <summary>The point in time, rounded down to .NET's 100 nanoseconds.</summary>
    public static DateTimeOffset ToDateTime(long nanoseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks((long)Math.Floor((decimal)nanoseconds / NanosecondsPerTick));
}
