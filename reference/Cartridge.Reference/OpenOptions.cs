namespace Cartridge.Reference;

/// <summary>How a container is opened.</summary>
public sealed record OpenOptions
{
    /// <summary>Whether to read only: then no lock is taken and nothing is written, not even a recovery.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>How long to wait for another writer to finish; none by default.</summary>
    public TimeSpan LockTimeout { get; init; }

    /// <summary>The clock, in nanoseconds since the Unix epoch; the system's by default.</summary>
    public Func<long>? Clock { get; init; }
}
