namespace Cartridge.Benchmarks;

/// <summary>Comparisons of one kind: the same subject against the same yardstick, in several cases.</summary>
/// <param name="name">In ids, file names and filters.</param>
internal abstract class Group(string name)
{
    /// <summary>The group's name, the first part of ids.</summary>
    public string Name => name;

    /// <summary>The heading of its table.</summary>
    public required string Title { get; init; }

    /// <summary>What is measured.</summary>
    public required string Subject { get; init; }

    /// <summary>What it is measured against, in the same run.</summary>
    public required string Yardstick { get; init; }

    /// <summary>The cases.</summary>
    public required IReadOnlyList<Comparison> Comparisons { get; init; }

    /// <summary>The id of one of its comparisons.</summary>
    public string IdOf(Comparison comparison) => $"{name}/{comparison.Name}";

    /// <summary>Why the group cannot be measured here; null if it can.</summary>
    public virtual string? ObstacleTo(Plan plan) => null;

    /// <summary>Measures some of the cases.</summary>
    /// <param name="wanted">Which.</param>
    /// <param name="plan">How.</param>
    /// <returns>A result for each, as soon as there is one.</returns>
    public abstract IEnumerable<Result> Measure(IReadOnlyList<Comparison> wanted, Plan plan);

    /// <summary>Today's result of a comparison.</summary>
    protected Result ResultOf(Comparison comparison, in Spread subject, in Spread yardstick) =>
        new(IdOf(comparison), DateOnly.FromDateTime(DateTime.UtcNow), subject, yardstick);
}
