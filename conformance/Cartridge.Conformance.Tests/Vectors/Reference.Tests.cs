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
    public void The_reference_passes(string id) => AssertPasses(id, new ReferenceAdapter());

    [Theory]
    [MemberData(nameof(All))]
    public void The_walker_passes(string id) => AssertPasses(id, new WalkerAdapter());

    private static void AssertPasses(string id, IAdapter adapter)
    {
        using InProcessClient client = new(adapter);
        DirectoryInfo work = Directory.CreateTempSubdirectory("cartridge-vector-");
        try
        {
            VectorResult result = new SuiteRunner(new VectorFolder(Suite.Folder), client, work.FullName).Run(Suite.Vectors.Case(id));

            // What a partial implementation may leave out: the walker hands out no contents.
            Assert.True(result.Outcome == Outcome.Passed || (adapter is WalkerAdapter && result.Outcome == Outcome.Skipped), result.Detail);
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }
}
