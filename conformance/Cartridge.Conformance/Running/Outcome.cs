using System.Text.Json.Nodes;

namespace Cartridge.Conformance.Running;

/// <summary>What a vector says about an implementation.</summary>
internal enum Outcome
{
    /// <summary>All steps came out as expected.</summary>
    Passed,

    /// <summary>A step came out otherwise.</summary>
    Failed,

    /// <summary>The program ended or wrote no reply. It counts as nothing else, least of all as a refusal.</summary>
    Crashed,

    /// <summary>The program took too long.</summary>
    TimedOut,

    /// <summary>The program took too much memory.</summary>
    Memory,

    /// <summary>The program wrote into the container that it was to read.</summary>
    ChangedInput,

    /// <summary>A bad container was accepted by a program that promises no judgement.</summary>
    Lenient,

    /// <summary>The vector needs what the program does not offer.</summary>
    Skipped,
}

/// <summary>The outcome of one vector, with what it takes to understand it.</summary>
/// <param name="Id">The vector.</param>
/// <param name="Outcome">What it says about the implementation.</param>
/// <param name="Step">The step that decided, counted from 1; 0 where none did.</param>
/// <param name="Detail">Expected and found, in words; null where there is nothing to say.</param>
/// <param name="Milliseconds">The time that all steps took.</param>
internal sealed record VectorResult(string Id, Outcome Outcome, int Step, string? Detail, long Milliseconds)
{
    /// <summary>The implementation did not do what the vector asks, and has not said beforehand that it would not.</summary>
    public bool IsFailure => Outcome is not (Outcome.Passed or Outcome.Lenient or Outcome.Skipped);

    public JsonObject ToJson()
    {
        JsonObject line = new() { ["record"] = "result", ["id"] = Id, ["outcome"] = NameOf(Outcome) };
        if (Step > 0)
        {
            line["step"] = Step;
        }

        if (Detail is not null)
        {
            line["detail"] = Detail;
        }

        line["milliseconds"] = Milliseconds;
        return line;
    }

    /// <summary>The outcome's name in results: <c>changed-input</c>.</summary>
    public static string NameOf(Outcome outcome) => outcome switch
    {
        Outcome.TimedOut => "timed-out",
        Outcome.ChangedInput => "changed-input",
        _ => outcome.ToString().ToLowerInvariant(),
    };
}
