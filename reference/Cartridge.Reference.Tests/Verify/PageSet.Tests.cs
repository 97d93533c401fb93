namespace Cartridge.Reference.Tests.Verify;

public sealed class PageSetTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void It_agrees_with_a_plain_set(int seed)
    {
        var random = new Random(seed);
        var (plain, pages) = (new SortedSet<ulong>(), new PageSet());
        for (var i = 0; i < 3_000; i++)
        {
            var page = (ulong)random.Next(20_000);
            Assert.Equal(plain.Add(page), pages.Add(page));
        }

        for (var i = 0; i < 300; i++)
        {
            var from = (ulong)random.Next(20_000);
            var end = from + (ulong)random.Next(2_000);
            Assert.Equal(plain.Contains(from), pages.Contains(from));
            Assert.Equal(plain.GetViewBetween(from, end - 1 < from ? from : end - 1).Where(p => p < end), Flatten(pages.Runs(from, end)));
            Assert.Equal((ulong)Flatten(pages.Runs(from, end)).Count(), pages.CountIn(from, end));
            Assert.Equal(
                Enumerable.Range((int)from, (int)(end - from)).Select(p => (ulong)p).Where(p => !plain.Contains(p)), Flatten(pages.Gaps(from, end)));
        }
    }

    [Fact]
    public void Distances_cost_nothing()
    {
        var pages = new PageSet();
        pages.Add(3);
        pages.Add(ulong.MaxValue - 1);
        pages.Add(1UL << 50);

        Assert.Equal([(3UL, 4UL), (1UL << 50, (1UL << 50) + 1), (ulong.MaxValue - 1, ulong.MaxValue)], pages.Runs(0, ulong.MaxValue));
        Assert.Equal([(0UL, 3UL), (4UL, 1UL << 50)], pages.Gaps(0, (1UL << 50) + 1));
        Assert.False(pages.Contains(ulong.MaxValue));
    }

    private static IEnumerable<ulong> Flatten(IEnumerable<(ulong From, ulong End)> runs) =>
        runs.SelectMany(run => Enumerable.Range(0, (int)(run.End - run.From)).Select(i => run.From + (ulong)i));
}
