using Cartridge.Conformance.Adapters;
using Cartridge.Conformance.Protocol;
using Cartridge.Conformance.Running;
using Cartridge.Conformance.Vectors;

namespace Cartridge.Conformance.Tests.Vectors;

/// <summary>Every vector on the implementations of this tree, without processes between: a test result for each.</summary>
public class ReferenceTests
{
    public static TheoryData<string> All => Suite.Ids(vector => vector.Status == "active");

    [Theory]
    [MemberData(nameof(All))]
    public void The_reference_passes(string id)
    {
        VectorResult result = Run(id, new ReferenceAdapter());
        Assert.True(result.Outcome == Outcome.Passed, result.Detail);
    }

    /// <summary>All but what it says that it does not offer.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void The_walker_passes(string id)
    {
        VectorResult result = Run(id, new WalkerAdapter());
        Assert.True(result.Outcome == (IsExcused(Suite.Vectors.Case(id)) ? Outcome.Skipped : Outcome.Passed), result.Detail);
    }

    /// <summary>A description ends where a codec's bytes begin, and the walker hands out no contents.</summary>
    private static bool IsExcused(VectorCase vector) =>
        vector.Features.Any(feature => feature is "lz4" or "zstd") || vector.Steps.All(step => step.Op == "read");

    private static VectorResult Run(string id, IAdapter adapter)
    {
        using InProcessClient client = new(adapter);
        DirectoryInfo work = Directory.CreateTempSubdirectory("cartridge-vector-");
        try
        {
            return new SuiteRunner(new VectorFolder(Suite.Folder), client, work.FullName).Run(Suite.Vectors.Case(id));
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }
}
