using System.Text.Json.Nodes;
using Cartridge.Conformance.Mending;
using Cartridge.Conformance.Vectors;

namespace Cartridge.Conformance.Generation;

/// <summary>A vector as its author writes it down; the generator makes the three files of it.</summary>
/// <param name="Id">Area and slug.</param>
/// <param name="Requirements">The ids of the sentences at stake.</param>
internal abstract record Source(string Id, IReadOnlyList<string> Requirements)
{
    public required string Title { get; init; }

    /// <summary>Why the expectation holds, told to the implementer whose program fails here.</summary>
    public required string Why { get; init; }

    public IReadOnlyList<string> Features { get; init; } = ["core"];

    /// <summary>What opens the container, if it is encrypted and to be opened.</summary>
    public CaseKey? Keys { get; init; }

    public string Since { get; init; } = "0.1.0";

    /// <summary>Whether the container is one of format 1.</summary>
    public bool IsFormatOne => Features.Contains("format-1", StringComparer.Ordinal);
}

/// <summary>A container that every reader must accept.</summary>
internal sealed record Accepted(string Id, params IReadOnlyList<string> Requirements) : Source(Id, Requirements)
{
    /// <summary>How the reference makes it: operations on a fresh container.</summary>
    public Action<Maker>? Make { get; init; }

    /// <summary>Or: the vector that it varies by hand, and how.</summary>
    public string? Base { get; init; }

    public Action<Mender>? Vary { get; init; }

    /// <summary>Or: who else made it, for bytes that stand in their carthex alone.</summary>
    public string? Foreign { get; init; }

    /// <summary>The codes that <c>verify</c> warns with, if it does what it should.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }

    /// <summary>What was done to the base that a reader should, or may, remark on.</summary>
    public string? Mutation { get; init; }

    /// <summary>The sentence that recommends the warnings: without them an implementation conforms as well.</summary>
    public string? Should { get; init; }

    /// <summary>The codes that <c>verify</c> remarks on.</summary>
    public IReadOnlyList<string>? Notes { get; init; }
}

/// <summary>An accepted container with exactly one fault.</summary>
/// <param name="Id">Area and slug.</param>
/// <param name="Requirement">The one check that the fault breaks.</param>
/// <param name="Code">The error that the check gives.</param>
internal sealed record Rejected(string Id, string Requirement, string Code) : Source(Id, [Requirement])
{
    /// <summary>The accepted vector.</summary>
    public required string Base { get; init; }

    /// <summary>What is done to the field.</summary>
    public required string Mutation { get; init; }

    /// <summary>When a reader must notice, and the steps that must fail then.</summary>
    public required Moment When { get; init; }

    /// <summary>The codes of checks that the same fault breaks unavoidably; a reader may meet them first.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    public required Action<Mender> Make { get; init; }

    /// <summary>
    /// The vector with a second check that its fault breaks unavoidably, under the same code; or with a further sentence that it tests.
    /// </summary>
    public Rejected Citing(string requirement) => this with { Requirements = [.. Requirements, requirement] };

    /// <summary>The vector for implementations with one more feature.</summary>
    public Rejected With(string feature) => this with { Features = [.. Features, feature] };
}

/// <summary>An accepted container that nothing is wrong with, asked without its key for what needs it.</summary>
/// <param name="Id">Area and slug.</param>
/// <param name="Requirement">The sentence that demands the refusal.</param>
/// <param name="Code">The error.</param>
internal sealed record Denied(string Id, string Requirement, string Code) : Source(Id, [Requirement])
{
    /// <summary>The accepted vector, which has a key.</summary>
    public required string Of { get; init; }

    /// <summary>The steps that are refused.</summary>
    public required Moment When { get; init; }
}

/// <summary>The latest moment at which a reader must notice a fault, and the operations that show it.</summary>
internal sealed record Moment(string When, IReadOnlyList<CaseStep> Steps)
{
    private static readonly CaseStep Verifying = new("verify");

    /// <summary>No operation at all works.</summary>
    public static readonly Moment Open = new("open", [new CaseStep("inspect"), Verifying]);

    /// <summary>The catalog cannot be listed.</summary>
    public static readonly Moment List = new("access", [new CaseStep("list"), Verifying]);

    /// <summary>The snapshots cannot be listed.</summary>
    public static readonly Moment Snapshots = new("access", [new CaseStep("snapshots"), Verifying]);

    /// <summary>Only a full verification looks at everything that the fault contradicts.</summary>
    public static readonly Moment Verify = new("verify", [Verifying]);

    /// <summary>A content cannot be read.</summary>
    public static Moment Read(string path) => new("access", [Reading([path]), Verifying]);

    /// <summary>The step that reads contents, of a snapshot if one is named.</summary>
    public static CaseStep Reading(IEnumerable<string> paths, string? snapshot = null)
    {
        JsonObject arguments = new() { ["paths"] = new JsonArray([.. paths.Select(path => JsonValue.Create(path))]) };
        if (snapshot is not null)
        {
            arguments["snapshot"] = snapshot;
        }

        return new("read", arguments);
    }
}
