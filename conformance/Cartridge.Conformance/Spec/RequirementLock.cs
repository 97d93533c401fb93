using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cartridge.Conformance.Spec;

/// <summary>One id that was ever given.</summary>
/// <param name="Id">The id.</param>
/// <param name="Chapter">The chapter in which its sentence stands, or stood.</param>
/// <param name="Code">The error code, if it is a check.</param>
/// <param name="Status"><c>active</c>, or <c>removed</c> for a tombstone.</param>
/// <param name="Sha256">The hash of the normalised sentence.</param>
/// <param name="Untestable">Why no vector can test it, if none can.</param>
internal sealed record LockedRequirement(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("chapter")] string Chapter,
    [property: JsonPropertyName("code")] string? Code,
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("sha256")] string Sha256,
    [property: JsonPropertyName("untestable")] string? Untestable)
{
    /// <summary>The status of an id whose sentence stands in the specification.</summary>
    public const string Active = "active";

    /// <summary>The status of an id whose sentence is gone.</summary>
    public const string Removed = "removed";

    /// <summary>Whether its sentence stands in the specification.</summary>
    [JsonIgnore]
    public bool IsActive => Status == Active;
}

/// <summary>
/// The lock file: every id ever given with the hash of its sentence. A sentence that changes without it fails a test, so that
/// nobody changes what the code and the vectors obey without looking at them.
/// </summary>
internal sealed class RequirementLock
{
    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly SortedDictionary<string, LockedRequirement> _requirements = new(StringComparer.Ordinal);

    private RequirementLock(IEnumerable<LockedRequirement> requirements)
    {
        foreach (LockedRequirement requirement in requirements)
        {
            _requirements.Add(requirement.Id, requirement);
        }
    }

    /// <summary>A lock without ids.</summary>
    public static RequirementLock Empty => new([]);

    /// <summary>All ids ever given, tombstones included, in order.</summary>
    public IReadOnlyCollection<LockedRequirement> Requirements => _requirements.Values;

    /// <summary>The path of the lock file in a work tree.</summary>
    public static string PathIn(string root) => Path.Combine(root, "spec", "requirements.lock.json");

    /// <summary>The lock of a work tree; empty if there is none yet.</summary>
    public static RequirementLock Load(string root) => File.Exists(PathIn(root)) ? Parse(File.ReadAllText(PathIn(root))) : Empty;

    /// <summary>The reasons of a work tree's <c>spec/untestable.json</c>, by id.</summary>
    public static IReadOnlyDictionary<string, string> LoadReasons(string root) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(root, "spec", "untestable.json")), Options) ?? [];

    /// <summary>Reads a lock file (mirrors <see cref="ToText"/>).</summary>
    public static RequirementLock Parse(string text) =>
        new(JsonSerializer.Deserialize<Dictionary<string, LockedRequirement[]>>(text, Options)?["requirements"] ?? []);

    /// <summary>The file's text: one id a line, so that a change of one sentence is a change of one line.</summary>
    public string ToText() =>
        "{\n  \"requirements\": [\n"
        + string.Join(",\n", Requirements.Select(requirement => "    " + JsonSerializer.Serialize(requirement, Options)))
        + "\n  ]\n}\n";

    /// <summary>The entry of an id, or null if it was never given.</summary>
    public LockedRequirement? Find(string id) => _requirements.GetValueOrDefault(id);

    /// <summary>The lock that the specification as it is now needs; ids whose sentence is gone become tombstones.</summary>
    /// <param name="specification">The specification.</param>
    /// <param name="reasons">Why requirements cannot be tested, by id.</param>
    public RequirementLock Updated(Specification specification, IReadOnlyDictionary<string, string> reasons)
    {
        SortedDictionary<string, LockedRequirement> next = new(_requirements, StringComparer.Ordinal);
        foreach (LockedRequirement gone in Requirements)
        {
            next[gone.Id] = gone with { Status = LockedRequirement.Removed, Untestable = null };
        }

        foreach (Requirement requirement in specification.Requirements)
        {
            next[requirement.Id] = new(
                requirement.Id,
                requirement.Chapter,
                specification.FindCheck(requirement.Id)?.Code,
                LockedRequirement.Active,
                requirement.Sha256,
                reasons.GetValueOrDefault(requirement.Id));
        }

        return new(next.Values);
    }

    /// <summary>
    /// What no update of this lock may do: wake an id whose sentence was removed, or carry a sentence over from one id to another.
    /// </summary>
    public IEnumerable<string> Forbids(Specification specification)
    {
        HashSet<string> current = [.. specification.Requirements.Select(requirement => requirement.Id)];
        foreach (Requirement requirement in specification.Requirements)
        {
            if (Find(requirement.Id) is { IsActive: false })
            {
                yield return $"{requirement.Chapter}:{requirement.Line}: {requirement.Id} was removed once, and its number stays taken";
            }

            if (Find(requirement.Id) is null
                && Requirements.FirstOrDefault(old => old.Sha256 == requirement.Sha256 && !current.Contains(old.Id)) is { } old)
            {
                yield return $"{requirement.Chapter}:{requirement.Line}: the sentence of {old.Id} is now called {requirement.Id}; an id stays with its sentence";
            }
        }
    }

    /// <summary>Where this lock and the specification differ, in words for whoever changed one of them.</summary>
    public IEnumerable<string> Differences(Specification specification, IReadOnlyDictionary<string, string> reasons)
    {
        RequirementLock wanted = Updated(specification, reasons);
        foreach (LockedRequirement entry in wanted.Requirements)
        {
            LockedRequirement? locked = Find(entry.Id);
            if (locked == entry)
            {
                continue;
            }

            yield return (locked, entry) switch
            {
                (null, _) => $"{entry.Id} is new and not in the lock",
                (_, { IsActive: false }) => $"{entry.Id} is gone from {locked.Chapter} and has no tombstone",
                _ when locked.Sha256 != entry.Sha256 => $"the sentence of {entry.Id} has changed: look at what cites it (spec/coverage.md), then update the lock",
                _ => $"{entry.Id} has another chapter, code, status or reason than the lock says",
            };
        }

        foreach (string id in reasons.Keys.Where(id => wanted.Find(id) is not { IsActive: true }))
        {
            yield return $"spec/untestable.json gives a reason for {id}, which is no requirement";
        }
    }
}
