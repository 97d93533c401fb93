using Cartridge.Testing;

namespace Cartridge.Conformance.Tests;

public class RunnerTests
{
    [Fact]
    public void The_suite_stands_in_the_work_tree() => Assert.True(Directory.Exists(RepositoryRoot.Combine("conformance")));
}
