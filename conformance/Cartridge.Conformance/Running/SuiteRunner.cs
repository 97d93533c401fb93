using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Cartridge.Conformance.Protocol;
using Cartridge.Conformance.Vectors;

namespace Cartridge.Conformance.Running;

/// <summary>
/// Puts one vector after the other to an implementation. Each gets a folder of its own with the container unfolded in it; after every
/// step the container is hashed again, for a reader may not modify what it reads.
/// </summary>
internal sealed class SuiteRunner(VectorFolder vectors, IAdapterClient adapter, string workFolder)
{
    private const int Format = 3;

    private readonly Judge _judge = new(adapter.Hello);

    /// <summary>If set, takes the place of the seconds that a vector allows a step.</summary>
    public int? Seconds { get; init; }

    /// <summary>Runs one vector.</summary>
    /// <exception cref="VectorException">The vector itself cannot be read.</exception>
    public VectorResult Run(VectorCase vector)
    {
        if (Missing(vector) is { } missing)
        {
            return new VectorResult(vector.Id, Outcome.Skipped, 0, missing, 0);
        }

        string folder = Path.Combine(workFolder, vector.Id.Replace('/', '_'));
        string input = Path.Combine(folder, "input.cart");
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(input, vectors.Input(vector.Id));
        Stopwatch watch = Stopwatch.StartNew();
        VectorResult result = new(vector.Id, Outcome.Passed, 0, null, 0);
        for (int i = 0; i < vector.Steps.Count && result.Outcome == Outcome.Passed; i++)
        {
            if (Offers(vector.Steps[i]))
            {
                result = RunStep(vector, i, input, Path.Combine(folder, $"out{i}"));
            }
        }

        Directory.Delete(folder, recursive: true);
        return result with { Milliseconds = watch.ElapsedMilliseconds };
    }

    private VectorResult RunStep(VectorCase vector, int index, string input, string outputFolder)
    {
        CaseStep step = vector.Steps[index];
        Directory.CreateDirectory(outputFolder);
        Request request = new(step.Op, input, vector.Keys?.ToRequest(), step.Args ?? [], outputFolder);
        Answer answer = adapter.Ask(request, TimeSpan.FromSeconds(Seconds ?? vector.Limits.Seconds), vector.Limits.Megabytes);
        (Outcome outcome, string? detail) = Judged(vector, step, answer, input, outputFolder);
        return new VectorResult(vector.Id, outcome, outcome == Outcome.Passed ? 0 : index + 1, detail, 0);
    }

    private (Outcome Outcome, string? Detail) Judged(
        VectorCase vector, CaseStep step, Answer answer, string input, string outputFolder)
    {
        switch (answer)
        {
            case Answer.Crashed: return (Outcome.Crashed, answer.ToString());
            case Answer.TimedOut: return (Outcome.TimedOut, answer.ToString());
            case Answer.OutOfMemory: return (Outcome.Memory, answer.ToString());
        }

        if (HashOf(input) != vector.Input.Sha256)
        {
            return (Outcome.ChangedInput, $"{step.Op} changed the container");
        }

        if (answer is Answer.Ok && vector.Expect.Kind == "reject" && adapter.Hello.Checks == "partial")
        {
            return (Outcome.Lenient, $"{step.Op} succeeded on a container that is {vector.Expect.Codes![0]}");
        }

        JsonObject? projection = Projection(vector);
        string? fault = _judge.Fault(vector, step, answer, projection, outputFolder);
        return fault is null ? (Outcome.Passed, null) : (Outcome.Failed, fault);
    }

    private JsonObject? Projection(VectorCase vector)
    {
        IEnumerable<Expectation> outcomes = vector.Expect.Outcomes ?? [vector.Expect];
        string? file = outcomes.Select(outcome => outcome.Projection).FirstOrDefault(name => name is not null);
        return file is null ? null : JsonNode.Parse(vectors.Text(vector.Id, file))!.AsObject();
    }

    /// <summary>What the vector needs and the implementation does not offer, in words; null if it offers all.</summary>
    private string? Missing(VectorCase vector)
    {
        Hello hello = adapter.Hello;
        string[] features = [.. vector.Features.Except(hello.Features, StringComparer.Ordinal)];
        return vector.Status != "active" ? "the vector is a tombstone"
            : !hello.Formats.Contains(Format) ? $"format {Format} is not offered"
            : features.Length > 0 ? $"not offered: {string.Join(", ", features)}"
            : !vector.Steps.Any(Offers) ? "none of its operations is offered"
            : null;
    }

    /// <summary>Who does not offer <c>snapshots</c> is not asked to read in one either.</summary>
    private bool Offers(CaseStep step) => adapter.Hello.Operations.Contains(step.Op, StringComparer.Ordinal)
        && (step.Args?["snapshot"] is null || adapter.Hello.Operations.Contains("snapshots", StringComparer.Ordinal));

    private static string? HashOf(string file)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        using FileStream stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
