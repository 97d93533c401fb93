using System.Text.Json.Nodes;
using Cartridge.Codecs;
using Cartridge.Conformance.Adapters;
using Cartridge.Conformance.Vectors;
using Cartridge.Format1;
using Cartridge.Reference;
using Cartridge.Testing;

namespace Cartridge.Conformance.Tests.Vectors;

/// <summary>The vectors of the work tree, read once for all tests.</summary>
internal static class Suite
{
    public static readonly string Folder = RepositoryRoot.Combine("conformance", "vectors");

    public static readonly VectorFolder Vectors = new(Folder);

    public static readonly IReadOnlyList<VectorCase> Cases = [.. Vectors.Cases()];

    /// <summary>All vectors in force whose container is valid, whatever may be remarked on it.</summary>
    public static TheoryData<string> Accepted => Ids(vector => vector.Status == "active" && IsAccepted(vector));

    public static bool IsAccepted(VectorCase vector) =>
        (vector.Expect.Outcomes ?? [vector.Expect]).All(outcome => outcome.Kind == "accept");

    public static TheoryData<string> Ids(Func<VectorCase, bool> chosen) => [.. Cases.Where(chosen).Select(vector => vector.Id)];

    /// <summary>The input, for reading only. Vectors are shared between tests that run at once.</summary>
    public static byte[] Input(string id)
    {
        lock (Vectors)
        {
            return Vectors.Input(id);
        }
    }

    public static JsonObject Projection(string id) => JsonNode.Parse(Vectors.Text(id, VectorFolder.ProjectionFile))!.AsObject();

    /// <summary>Whether the vector is about format 1.</summary>
    public static bool IsFormatOne(string id) => Vectors.Case(id).Features.Contains("format-1", StringComparer.Ordinal);

    /// <summary>What a verifier of the vector's format finds in its input, with its key.</summary>
    public static IReadOnlyList<Finding> Findings(string id, params string[] switchedOff)
    {
        if (!IsFormatOne(id))
        {
            return Verify(id, switchedOff).Findings;
        }

        using MemoryMedium medium = new(Input(id), readOnly: true);
        return Format1Verifier.Verify(medium, new Format1VerifyOptions
        {
            SwitchedOff = switchedOff.ToHashSet(StringComparer.Ordinal),
            Key = FormatOneReader.KeyOf(Vectors.Case(id).Keys?.ToRequest()),
        }).Findings;
    }

    /// <summary>Verifies a vector's input, with its key.</summary>
    public static VerifyReport Verify(string id, params string[] switchedOff)
    {
        using MemoryMedium medium = new(Input(id), readOnly: true);
        if (IsFormatOne(id))
        {
            throw new InvalidOperationException($"{id} is a container of format 1; Findings knows it");
        }

        using CartridgeKey? key = ReferenceAdapter.KeyOf(Vectors.Case(id).Keys?.ToRequest());
        VerifyOptions options = new() { Codecs = SystemCodecs.All, SwitchedOff = switchedOff.ToHashSet(StringComparer.Ordinal), Key = key };
        return Verifier.Verify(medium, options);
    }

    public static string Describe(IEnumerable<Finding> findings) => string.Join('\n', findings);
}
