using Xunit.Abstractions;

namespace Cartridge.Reference.Tests;

/// <summary>
/// Costs grow with the height of the trees and with what changes, not with what exists: counted in pages, so that the
/// result does not depend on the machine.
/// </summary>
public sealed class CostTests(ITestOutputHelper output)
{
    /// <summary>Pages beyond two paths that an operation may cost: records, neighbours of a node that is joined, content.</summary>
    private const int Constant = 8;

    [Theory]
    [InlineData(1_000)]
    [InlineData(10_000)]
    [DeepInlineData(1_000_000)]
    public void Look_up_listing_and_commit_cost_at_most_two_paths(int files)
    {
        using var memory = new MemoryMedium();
        Fill(memory, files);
        var medium = new CountingMedium(memory);
        var random = new Random(files);
        using (var container = CartridgeFile.Open(medium, new OpenOptions { ReadOnly = true, CacheBytes = 0 }))
        {
            var height = container.GetStatistics().CatalogHeight;
            output.WriteLine($"{files} files: catalog of {height} levels");
            for (var i = 0; i < 50; i++)
            {
                var path = PathOf(random.Next(files));
                Expect(medium, (2 * height) + Constant, 0, () => Assert.NotNull(container.FindEntry(path)), $"look-up among {files}");
            }

            // A listing of one directory of a hundred entries: the path down, and the leaves that hold the entries.
            Expect(medium, (2 * height * 10) + 100, 0, () => Assert.Equal(100, container.ListDirectory($"d{files / 200}").Count()), $"listing among {files}");
        }

        using (var container = CartridgeFile.Open(medium))
        {
            var heights = container.GetStatistics();
            var paths = heights.CatalogHeight + heights.ContentHeight;
            for (var i = 0; i < 20; i++)
            {
                var content = new byte[5000];
                random.NextBytes(content);
                Expect(medium, (2 * paths) + Constant, (2 * paths) + Constant, () => container.Write(PathOf(random.Next(files)), content), $"commit among {files}");
                Assert.Equal(2, medium.Syncs);
            }
        }
    }

    private static string PathOf(int i) => $"d{i / 100}/file-{i}";

    private static void Fill(MemoryMedium memory, int files)
    {
        using var container = new CartridgeBuilder().Slug("many").Create(memory);
        using var transaction = container.BeginTransaction();
        for (var i = 0; i < files; i++)
        {
            container.Write(PathOf(i), "some content"u8);
        }

        // Enough chunks for a content tree of its own height.
        for (var i = 0; i < files / 10; i++)
        {
            container.WriteAt($"chunks/{i}", 600, [(byte)(i % 251), 1]);
        }

        transaction.Commit();
    }

    private void Expect(CountingMedium medium, long read, long written, Action action, string what)
    {
        medium.Reset();
        action();
        Assert.True(medium.PagesRead <= read, $"{what}: {medium.PagesRead} pages read, at most {read} expected");
        Assert.True(medium.PagesWritten <= written, $"{what}: {medium.PagesWritten} pages written, at most {written} expected");
    }
}
