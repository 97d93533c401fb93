namespace Cartridge.Formats.Walk;

/// <summary>How far a walk goes and what it may cost.</summary>
public sealed record WalkOptions
{
    /// <summary>All of the container, up to 16 GiB of zeros in holes.</summary>
    public static WalkOptions Default { get; } = new();

    /// <summary>The last phase that is carried out.</summary>
    public WalkPhase Until { get; init; } = WalkPhase.Verify;

    /// <summary>The key of an encrypted container; without it contents are left out, and what only the key can tell.</summary>
    public WalkKey? Key { get; init; }

    /// <summary>
    /// How many bytes of holes are hashed, in all files together, before the walk gives up with <c>limit.exceeded</c>: a hole costs
    /// nothing in the container, and a file of a few bytes may consist of 2^63 zeros.
    /// </summary>
    public long MaxHoleBytes { get; init; } = 1L << 34;
}
