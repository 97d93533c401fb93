using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Cartridge.Conformance.Vectors;

/// <summary>
/// One vector, as its <c>case.json</c> says it: an input, what to do with it and what must come of it.
/// <c>conformance/schema/case.schema.json</c> is the authority on the form.
/// </summary>
internal sealed record VectorCase
{
    /// <summary>The schema's place, so that editors check the file while it is written.</summary>
    [JsonPropertyName("$schema")]
    public string Schema { get; init; } = "../../../schema/case.schema.json";

    /// <summary>Area and slug, which are also the folders. Never changed, never used again.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>Why the expectation holds, for the implementer whose program fails here.</summary>
    public required string Why { get; init; }

    /// <summary>The ids of the sentences at stake. For a rejected vector the first is the one check that its fault breaks.</summary>
    public required IReadOnlyList<string> Requirements { get; init; }

    /// <summary>What an implementation must offer for the vector to concern it.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>The version of the suite that brought the vector.</summary>
    public required string Since { get; init; }

    /// <summary><c>active</c>, or <c>removed</c> for the tombstone that keeps an id from being used again.</summary>
    public string Status { get; init; } = "active";

    public required CaseInput Input { get; init; }

    /// <summary>What opens the input, if it is encrypted and opened with a key.</summary>
    public CaseKey? Keys { get; init; }

    /// <summary>Of a vector that is refused for want of a key: the accepted one whose container this is.</summary>
    public string? WithoutKeyOf { get; init; }

    public CaseLimits Limits { get; init; } = new();

    public required IReadOnlyList<CaseStep> Steps { get; init; }

    public required Expectation Expect { get; init; }

    /// <summary>Of a rejected vector: the one thing that is wrong with its input.</summary>
    public Fault? Fault { get; init; }

    /// <summary>Where the bytes come from.</summary>
    public required string Provenance { get; init; }

    /// <summary>The document that <c>case.json</c> holds.</summary>
    public string ToJson() => CanonicalJson.Document(JsonSerializer.SerializeToNode(this, CaseJson.Options));

    /// <summary>Reads a <c>case.json</c> (mirrors <see cref="ToJson"/>).</summary>
    /// <exception cref="JsonException">It is not JSON, or a member is missing or unknown.</exception>
    public static VectorCase FromJson(string text) =>
        JsonSerializer.Deserialize<VectorCase>(text, CaseJson.Options) ?? throw new JsonException("a case is an object");
}

/// <summary>The container under test: the file beside <c>case.json</c> and what it must unfold to.</summary>
internal sealed record CaseInput(string File, string Sha256, long Length);

/// <summary>What an implementation may spend on one step.</summary>
internal sealed record CaseLimits(int Seconds = 10, int Megabytes = 512);

/// <summary>One request to the implementation, with the arguments of its operation.</summary>
internal sealed record CaseStep(string Op, JsonObject? Args = null);

/// <summary>What must come of the steps.</summary>
/// <param name="Kind"><c>accept</c>, <c>reject</c> or <c>choice</c>.</param>
internal sealed record Expectation(string Kind)
{
    /// <summary>Accept: the file with the canonical projection.</summary>
    public string? Projection { get; init; }

    /// <summary>Accept: the codes that <c>verify</c> warns with; none unless they are named.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }

    /// <summary>Accept: the codes that <c>verify</c> remarks on without calling them a fault; none unless they are named.</summary>
    public IReadOnlyList<string>? Notes { get; init; }

    /// <summary>Reject: the first moment at which a reader must notice: <c>open</c>, <c>access</c> or <c>verify</c>.</summary>
    public string? When { get; init; }

    /// <summary>Reject: the codes that are right, the intended one first. Each step must be refused with one of them.</summary>
    public IReadOnlyList<string>? Codes { get; init; }

    /// <summary>Choice: the outcomes that are all conforming.</summary>
    public IReadOnlyList<Expectation>? Outcomes { get; init; }

    /// <summary>In an outcome of a choice: the sentence that permits it.</summary>
    public string? May { get; init; }
}

/// <summary>The one difference between a rejected vector and an accepted one; checksums that follow from it are not part of it.</summary>
/// <param name="Base">The accepted vector.</param>
/// <param name="Page">The page of the difference.</param>
/// <param name="Offset">Its first byte in the page.</param>
/// <param name="Length">Its length in bytes; it may run on into the next pages.</param>
/// <param name="Field">The name of the field in the specification's tables.</param>
/// <param name="Mutation">What was done to it.</param>
internal sealed record Fault(string Base, long Page, int Offset, long Length, string Field, string Mutation)
{
    /// <summary>Further places that belong to the same fault, such as a copy of the field that must agree with it.</summary>
    public IReadOnlyList<FaultPlace>? Also { get; init; }

    /// <summary>What the mutation made necessary and is right again: the hashes from the place up to the record.</summary>
    public IReadOnlyList<string>? Mended { get; init; }

    /// <summary>All places of the fault, the first one first.</summary>
    [JsonIgnore]
    public IEnumerable<FaultPlace> Places => [new(Page, Offset, Length), .. Also ?? []];
}

/// <summary>A run of bytes that a fault changed.</summary>
internal sealed record FaultPlace(long Page, int Offset, long Length);

/// <summary>How the suite's records become JSON: camel case, nothing for what is absent, nothing unknown on the way back.</summary>
internal static class CaseJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = false,
    };
}
