using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

public class RepositoryRootTests
{
    [Fact]
    public void Find_holds_the_solution() => Assert.True(File.Exists(RepositoryRoot.Combine("Cartridge.Spec.sln")));

    [Fact]
    public void FindFrom_fails_outside_the_work_tree()
    {
        string outside = Path.GetPathRoot(RepositoryRoot.Find())!;
        Assert.Throws<DirectoryNotFoundException>(() => RepositoryRoot.FindFrom(outside));
    }
}
