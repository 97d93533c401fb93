using System.Text.Json.Nodes;
using Cartridge.Conformance.Vectors;
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

    public static VerifyReport Verify(byte[] container, params string[] switchedOff)
    {
        using MemoryMedium medium = new(container, readOnly: true);
        return Verifier.Verify(medium, new VerifyOptions { SwitchedOff = switchedOff.ToHashSet(StringComparer.Ordinal) });
    }

    public static string Describe(IEnumerable<Finding> findings) => string.Join('\n', findings);
}
