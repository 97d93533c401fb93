using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Cartridge.Conformance.Protocol;
using Cartridge.Conformance.Vectors;

namespace Cartridge.Conformance.Running;

/// <summary>Holds the answer to one step against the vector's expectation.</summary>
internal sealed class Judge(Hello hello)
{
    /// <summary>What is wrong with the answer, or null if it is right.</summary>
    /// <param name="vector">The vector; only its expectation is used.</param>
    /// <param name="step">The step that was asked for.</param>
    /// <param name="answer">What the implementation replied; not a crash.</param>
    /// <param name="projection">The expected projection, for outcomes that accept.</param>
    /// <param name="outputFolder">Where the implementation put what it made.</param>
    public string? Fault(VectorCase vector, CaseStep step, Answer answer, JsonObject? projection, string outputFolder) =>
        vector.Expect.Kind == "choice"
            ? FaultOfChoice(vector.Expect.Outcomes!, step, answer, projection, outputFolder)
            : Fault(vector.Expect, step, answer, projection, outputFolder);

    private string? FaultOfChoice(
        IReadOnlyList<Expectation> outcomes, CaseStep step, Answer answer, JsonObject? projection, string outputFolder)
    {
        List<string?> faults = [.. outcomes.Select(outcome => Fault(outcome, step, answer, projection, outputFolder))];
        return faults.Contains(null) ? null : string.Join("; or: ", faults);
    }

    private string? Fault(Expectation expect, CaseStep step, Answer answer, JsonObject? projection, string outputFolder) =>
        (expect.Kind, answer) switch
        {
            ("accept", Answer.Ok ok) => FaultOfResult(expect, step, ok.Result, projection!, outputFolder),
            ("accept", _) => $"{step.Op} should succeed and gave {answer}",
            ("reject", Answer.Reject reject) => FaultOfReject(expect, step, reject),
            _ => $"{step.Op} should be refused with {string.Join(" or ", expect.Codes!)} and gave {answer}",
        };

    /// <summary>A refusal is compared as precisely as the implementation says it refuses.</summary>
    private string? FaultOfReject(Expectation expect, CaseStep step, Answer.Reject reject)
    {
        string given = $"{reject.Class}.{reject.Code}";
        bool right = hello.ErrorDetail switch
        {
            "none" => true,
            "class" => expect.Codes!.Any(code => code.Split('.')[0] == reject.Class),
            _ => expect.Codes!.Contains(given, StringComparer.Ordinal),
        };
        return right ? null : $"{step.Op} should be refused with {string.Join(" or ", expect.Codes!)} and gave {reject}";
    }

    private string? FaultOfResult(Expectation expect, CaseStep step, JsonObject result, JsonObject projection, string outputFolder) =>
        step.Op switch
        {
            "inspect" => Differences.First(HeadOf(projection), result),
            "list" => Differences.First(ListOf(projection), result),
            "snapshots" => Differences.First(SnapshotsOf(projection), result),
            "read" => FaultOfContents(step, projection, outputFolder),
            "verify" => FaultOfVerify(expect, projection, result),
            _ => $"the suite knows no operation '{step.Op}'",
        };

    /// <summary>What <c>inspect</c> tells: the projection without its entries.</summary>
    public static JsonObject HeadOf(JsonObject projection)
    {
        JsonObject head = projection.DeepClone().AsObject();
        head.Remove("entries");
        head.Remove("snapshots");
        return head;
    }

    /// <summary>What <c>list</c> tells: the entries, without what only their contents say.</summary>
    public static JsonObject ListOf(JsonObject projection) => new() { ["entries"] = EntriesOf(projection) };

    /// <summary>What <c>snapshots</c> tells: all of them, with their entries as <c>list</c> tells them.</summary>
    public static JsonObject SnapshotsOf(JsonObject projection)
    {
        JsonArray snapshots = projection["snapshots"]?.DeepClone().AsArray() ?? [];
        foreach (JsonNode? snapshot in snapshots)
        {
            snapshot!["entries"] = EntriesOf(snapshot.AsObject());
        }

        return new JsonObject { ["snapshots"] = snapshots };
    }

    private static JsonArray EntriesOf(JsonObject state)
    {
        JsonArray entries = state["entries"]!.DeepClone().AsArray();
        foreach (JsonNode? entry in entries)
        {
            entry!.AsObject().Remove("sha256");
            entry.AsObject().Remove("target");
        }

        return entries;
    }

    /// <summary>The contents are judged by the bytes in the output folder, not by what the implementation says of them.</summary>
    private static string? FaultOfContents(CaseStep step, JsonObject projection, string outputFolder)
    {
        JsonArray paths = step.Args!["paths"]!.AsArray();
        JsonNode state = step.Args["snapshot"] is { } name
            ? projection["snapshots"]!.AsArray().Single(item => item!["name"]!.GetValue<string>() == name.GetValue<string>())!
            : projection;
        for (int i = 0; i < paths.Count; i++)
        {
            string path = paths[i]!.GetValue<string>();
            JsonNode entry = state["entries"]!.AsArray().Single(item => item!["path"]!.GetValue<string>() == path)!;
            FileInfo output = new(Path.Combine(outputFolder, $"{i}"));
            if (!output.Exists)
            {
                return $"read left no file '{i}' for '{path}'";
            }

            using FileStream content = output.OpenRead();
            string hash = Convert.ToHexStringLower(SHA256.HashData(content));
            if (hash != entry["sha256"]!.GetValue<string>())
            {
                return $"read gave {output.Length} bytes with SHA-256 {hash} for '{path}', not the {entry["size"]} bytes expected";
            }
        }

        return null;
    }

    /// <summary>A program that tells no warnings, or no notes, leaves them out; one that tells them tells the right ones.</summary>
    private string? FaultOfVerify(Expectation expect, JsonObject projection, JsonObject result)
    {
        // Format 1 has neither.
        JsonObject expected = [];
        foreach (string name in (ReadOnlySpan<string>)["generation", "stateHash"])
        {
            if (projection[name] is { } said)
            {
                expected[name] = said.DeepClone();
            }
        }

        JsonObject actual = result.DeepClone().AsObject();
        foreach ((string name, IReadOnlyList<string>? codes) in (ReadOnlySpan<(string, IReadOnlyList<string>?)>)
            [("warnings", expect.Warnings), ("notes", expect.Notes)])
        {
            if (actual.ContainsKey(name))
            {
                expected[name] = Reported(codes);
                actual[name] = Reported(actual[name]);
            }
        }

        return Differences.First(expected, actual);
    }

    private JsonArray Reported(JsonNode? codes) =>
        Reported((codes as JsonArray)?.Select(code => code?.ToString() ?? "").ToList());

    // At the declared detail, each code once, in one order: how often and in which order they are reported is free.
    private JsonArray Reported(IReadOnlyList<string>? codes) => new([.. (codes ?? [])
        .Select(code => hello.ErrorDetail switch { "none" => "any", "class" => code.Split('.')[0], _ => code })
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal)
        .Select(code => JsonValue.Create(code))]);
}
