using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>Who reads, and what.</summary>
internal enum ReaderKind
{
    /// <summary>The current state, in the writer's process.</summary>
    Inside,

    /// <summary>A snapshot, in the writer's process.</summary>
    Snapshot,

    /// <summary>The current state, in another process.</summary>
    Outside,
}

/// <summary>One step of a history of blocks and their owners.</summary>
internal abstract record OwnerStep
{
    /// <summary>An operation of the writer.</summary>
    /// <param name="Operation">The operation.</param>
    public sealed record Do(Operation Operation) : OwnerStep
    {
        public override string ToString() => $"{Operation}";
    }

    /// <summary>An operation during which the medium refuses something once.</summary>
    /// <param name="Operation">The operation.</param>
    /// <param name="Call">What kind of call is refused.</param>
    /// <param name="Number">Which of them, from 1.</param>
    public sealed record Fail(Operation Operation, MediumCall Call, int Number) : OwnerStep
    {
        public override string ToString() => $"{Operation}, of which {Call} {Number} is refused";
    }

    /// <summary>One step of compaction.</summary>
    /// <param name="Blocks">Blocks to free at the end.</param>
    public sealed record Compact(int Blocks) : OwnerStep
    {
        public override string ToString() => $"compact {Blocks} blocks";
    }

    /// <summary>The writer closes the container and opens it again, after somebody else left out the map perhaps.</summary>
    /// <param name="WithoutMap">Whether the map is left out.</param>
    public sealed record Reopen(bool WithoutMap) : OwnerStep
    {
        public override string ToString() => WithoutMap ? "reopen without the map" : "reopen";
    }

    /// <summary>The writer publishes what has gathered.</summary>
    public sealed record Flush : OwnerStep
    {
        public override string ToString() => "flush";
    }

    /// <summary>Somebody begins to read.</summary>
    /// <param name="Kind">Who and what.</param>
    /// <param name="Snapshot">The snapshot, if one is read.</param>
    public sealed record Comes(ReaderKind Kind, string Snapshot) : OwnerStep
    {
        public override string ToString() => Kind == ReaderKind.Snapshot ? $"somebody reads snapshot {Snapshot}" : $"somebody reads {Kind}";
    }

    /// <summary>One of those who read goes.</summary>
    /// <param name="Which">Which, modulo their number.</param>
    public sealed record Goes(int Which) : OwnerStep
    {
        public override string ToString() => $"reader {Which} goes";
    }
}

/// <summary>A history: where it begins, when the writer publishes, and what is done.</summary>
/// <param name="Start">The name of a <see cref="Start"/>.</param>
/// <param name="Durability">When the writer publishes.</param>
/// <param name="Steps">What is done.</param>
internal sealed record OwnerScript(string Start, Durability Durability, IReadOnlyList<OwnerStep> Steps)
{
    /// <summary>Readable, so that a failure can be read.</summary>
    public override string ToString() => $"\n{Start}, {Durability}\n{string.Join('\n', Steps.Select((step, i) => $"{i + 1,3}. {Script.Short($"{step}")}"))}\n";
}
