using System.Text.Json.Nodes;
using Cartridge.Conformance.Protocol;

namespace Cartridge.Conformance.Adapters;

/// <summary>
/// The reference with one thing wrong: each of these must fail the suite, or the suite proves nothing. They test the tests.
/// </summary>
internal sealed class MutantAdapter(string kind) : IAdapter
{
    /// <summary>What there is to choose from.</summary>
    public static readonly IReadOnlyList<string> Kinds =
    [
        "accept-all", "reject-all", "unsupported-all", "crash", "garbage", "hang", "eat-memory", "flip-bit", "forget-entry", "forget-snapshots", "change-input",
    ];

    private readonly ReferenceAdapter _sane = new();

    public Hello Hello => _sane.Hello with { Name = $"mutant {kind}" };

    public Answer Run(Request request)
    {
        Answer answer = _sane.Run(request);
        return kind switch
        {
            "accept-all" => answer is Answer.Ok ? answer : new Answer.Ok([]),
            "reject-all" => new Answer.Reject("page", "checksum-mismatch", null),
            "unsupported-all" => new Answer.Unsupported("nothing is supported"),
            "crash" => Crash(),
            "garbage" => Garbage(answer),
            "hang" => Hang(),
            "eat-memory" => EatMemory(),
            "flip-bit" => FlipBit(request, answer),
            "forget-entry" => ForgetEntry(answer),
            "forget-snapshots" => ForgetSnapshots(request, answer),
            "change-input" => ChangeInput(request, answer),
            _ => throw new UsageException($"there is no mutant '{kind}'"),
        };
    }

    private static Answer.Error Crash()
    {
        Environment.Exit(1); // the very code by which other suites know a rejection
        return new Answer.Error("unreachable");
    }

    private static Answer Garbage(Answer answer)
    {
        Console.Out.WriteLine("not { JSON");
        return answer;
    }

    private static Answer.Error Hang()
    {
        Thread.Sleep(Timeout.Infinite);
        return new Answer.Error("unreachable");
    }

    private static Answer.Error EatMemory()
    {
        List<byte[]> eaten = [];
        while (true)
        {
            byte[] bite = new byte[1 << 24];
            Array.Fill(bite, (byte)1); // memory that is not touched is not used
            eaten.Add(bite);
        }
    }

    private static Answer FlipBit(Request request, Answer answer)
    {
        foreach (string file in Directory.EnumerateFiles(request.OutputFolder))
        {
            byte[] content = File.ReadAllBytes(file);
            if (content.Length > 0)
            {
                content[^1] ^= 0x80;
                File.WriteAllBytes(file, content);
            }
        }

        return answer;
    }

    private static Answer ForgetEntry(Answer answer)
    {
        if (answer is Answer.Ok { Result: var result } && result["entries"] is JsonArray { Count: > 0 } entries)
        {
            entries.RemoveAt(entries.Count - 1);
        }

        return answer;
    }

    /// <summary>Finds nothing wrong with any snapshot.</summary>
    private static Answer ForgetSnapshots(Request request, Answer answer) => answer is Answer.Reject { Class: "snapshot" }
        ? new Answer.Ok(request.Operation == "verify" ? new JsonObject { ["warnings"] = new JsonArray(), ["notes"] = new JsonArray() } : [])
        : answer;

    private static Answer ChangeInput(Request request, Answer answer)
    {
        using FileStream container = new(request.Input, FileMode.Append);
        container.WriteByte(0);
        return answer;
    }
}
