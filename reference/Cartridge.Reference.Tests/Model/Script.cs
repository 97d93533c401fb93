using System.Text.RegularExpressions;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>One step of a script.</summary>
public abstract record Step
{
    /// <summary>An operation of the writer.</summary>
    /// <param name="Operation">The operation.</param>
    public sealed record Do(Operation Operation) : Step
    {
        public override string ToString() => $"{Operation}";
    }

    /// <summary>The writer closes the container and opens it again.</summary>
    public sealed record Reopen : Step
    {
        public override string ToString() => "reopen";
    }

    /// <summary>The writer publishes what has gathered, if its commits are deferred.</summary>
    public sealed record Flush : Step
    {
        public override string ToString() => "flush";
    }

    /// <summary>Somebody opens the container for reading, and keeps what he sees, or the one who has read longest closes it.</summary>
    /// <param name="Comes">Whether one comes or goes.</param>
    public sealed record Reader(bool Comes) : Step
    {
        public override string ToString() => Comes ? "a reader comes" : "a reader goes";
    }

    /// <summary>The power fails within an operation; what is left is drawn.</summary>
    /// <param name="Operation">The operation.</param>
    /// <param name="After">After how many I/Os of it.</param>
    /// <param name="Seed">Draws what is left.</param>
    public sealed record LosePower(Operation Operation, int After, int Seed) : Step
    {
        public override string ToString() => $"lose power {After} I/Os into ({Operation}), leaving draw {Seed}";
    }
}

/// <summary>A container's properties and what is done with it: one case of the model test.</summary>
public sealed partial record Script
{
    /// <summary>The most blocks; 0 for no cap.</summary>
    public long Cap { get; init; }

    /// <summary>The growth threshold in percent.</summary>
    public int Threshold { get; init; }

    /// <summary>The checksum of content.</summary>
    public ContentChecksum Checksum { get; init; } = ContentChecksum.Sha256;

    /// <summary>Whether the container is encrypted.</summary>
    public bool Encrypted { get; init; }

    /// <summary>When the writer publishes.</summary>
    public Durability Durability { get; init; }

    /// <summary>What is done.</summary>
    public required IReadOnlyList<Step> Steps { get; init; }

    /// <summary>Readable, so that a failure can be read.</summary>
    public override string ToString() =>
        $"\ncap {Cap}, threshold {Threshold}, {Checksum}, {(Encrypted ? "encrypted, " : "")}{Durability}\n{string.Join('\n', Steps.Select((step, i) => $"{i + 1,3}. {Short($"{step}")}"))}\n";

    internal static string Short(string text) => Repetition().Replace(text, match => $"{match.Groups[1]}...({match.Length})");

    [GeneratedRegex("(v|n|0123456789abcdef)\\1{4,}")]
    private static partial Regex Repetition();
}
