using System.Text.Json;
using System.Text.Json.Nodes;
using Cartridge.Conformance.Vectors;

namespace Cartridge.Conformance.Protocol;

/// <summary>
/// The protocol's lines: JSON objects, one a line, a request answered by one reply. Requests carry no ids and no expectations, so that
/// no implementation can be tuned to a vector.
/// </summary>
internal static class Messages
{
    /// <summary>The version that <c>hello</c> names.</summary>
    public const int Protocol = 1;

    public static JsonObject HelloRequest() => new() { ["request"] = "hello", ["protocol"] = Protocol };

    public static JsonObject ToJson(Request request) => new()
    {
        ["request"] = "run",
        ["operation"] = request.Operation,
        ["input"] = request.Input,
        ["key"] = request.Key,
        ["arguments"] = request.Arguments.DeepClone(),
        ["outputFolder"] = request.OutputFolder,
    };

    public static JsonObject ToJson(Hello hello)
    {
        JsonObject line = new() { ["reply"] = "hello", ["protocol"] = Protocol };
        foreach ((string name, JsonNode? value) in JsonSerializer.SerializeToNode(hello, CaseJson.Options)!.AsObject())
        {
            line[name] = value?.DeepClone();
        }

        return line;
    }

    public static JsonObject ToJson(Answer reply) => reply switch
    {
        Answer.Ok ok => new() { ["reply"] = "ok", ["result"] = ok.Result.DeepClone() },
        Answer.Reject reject => ToJson(reject),
        Answer.Unsupported unsupported => new() { ["reply"] = "unsupported", ["reason"] = unsupported.Reason },
        Answer.Error error => new() { ["reply"] = "error", ["message"] = error.Message },
        _ => throw new ArgumentException("a program cannot reply that it crashed", nameof(reply)),
    };

    /// <summary>Reads the reply to <c>hello</c>.</summary>
    /// <exception cref="FormatException">The line is no such reply.</exception>
    public static Hello HelloFrom(string line)
    {
        JsonObject reply = ReplyObject(line);
        Require(Text(reply, "reply") == "hello", $"the reply to hello is '{Text(reply, "reply")}'");
        Require(reply["protocol"] is JsonValue version && version.TryGetValue(out int number) && number == Protocol,
            $"the protocol's version is {Protocol}");
        reply.Remove("reply");
        reply.Remove("protocol");
        Hello hello = Reading(() => reply.Deserialize<Hello>(CaseJson.Options)!);
        Require(hello is { Formats: not null, Operations: not null, Features: not null }, "formats, operations and features are lists");
        Require(hello.ErrorDetail is "none" or "class" or "code", "errorDetail is none, class or code");
        Require(hello.Checks is "full" or "partial", "checks is full or partial");
        return hello;
    }

    /// <summary>Reads the reply to <c>run</c>.</summary>
    /// <exception cref="FormatException">The line is no such reply.</exception>
    public static Answer AnswerFrom(string line)
    {
        JsonObject reply = ReplyObject(line);
        return Text(reply, "reply") switch
        {
            "ok" => new Answer.Ok(reply["result"] as JsonObject ?? throw new FormatException("'ok' has a result, an object")),
            "reject" => new Answer.Reject(OptionalText(reply, "class"), OptionalText(reply, "code"), Page(reply)),
            "unsupported" => new Answer.Unsupported(Text(reply, "reason")),
            "error" => new Answer.Error(Text(reply, "message")),
            string other => throw new FormatException($"'{other}' is no reply to run"),
        };
    }

    /// <summary>Reads a request, for the programs on the other side.</summary>
    /// <returns>Null for <c>hello</c>.</returns>
    /// <exception cref="FormatException">The line is no request.</exception>
    public static Request? RequestFrom(string line)
    {
        JsonObject request = ReplyObject(line);
        return Text(request, "request") switch
        {
            "hello" => null,
            "run" => new Request(
                Text(request, "operation"), Text(request, "input"), OptionalText(request, "key"),
                request["arguments"] as JsonObject ?? [], Text(request, "outputFolder")),
            string other => throw new FormatException($"'{other}' is no request"),
        };
    }

    private static JsonObject ToJson(Answer.Reject reject)
    {
        JsonObject line = new() { ["reply"] = "reject" };
        if (reject.Class is not null)
        {
            line["class"] = reject.Class;
        }

        if (reject.Code is not null)
        {
            line["code"] = reject.Code;
        }

        if (reject.Page is not null)
        {
            line["page"] = reject.Page;
        }

        return line;
    }

    private static JsonObject ReplyObject(string line) =>
        Reading(() => JsonNode.Parse(line)) as JsonObject ?? throw new FormatException("a line is one JSON object");

    private static string Text(JsonObject members, string name) =>
        OptionalText(members, name) ?? throw new FormatException($"'{name}' is a string");

    private static string? OptionalText(JsonObject members, string name) => members[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out string? text) => text,
        _ => throw new FormatException($"'{name}' is a string"),
    };

    private static long? Page(JsonObject reply) => reply["page"] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out long page) => page,
        _ => throw new FormatException("'page' is a number"),
    };

    private static T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            throw new FormatException($"it is not JSON of the expected form ({e.Message})", e);
        }
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new FormatException(message);
        }
    }
}
