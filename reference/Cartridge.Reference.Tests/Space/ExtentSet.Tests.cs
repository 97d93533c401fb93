using Xunit.Abstractions;

namespace Cartridge.Reference.Tests;

public sealed class ExtentSetTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Behaves_as_a_set_of_blocks(int seed)
    {
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var set = new ExtentSet();
        var model = new SortedSet<ulong>();
        for (var step = 0; step < 3_000; step++)
        {
            var start = (ulong)random.Next(200);
            var length = (ulong)random.Next(1, 12);
            var blocks = Enumerable.Range(0, (int)length).Select(i => start + (ulong)i).ToList();
            if (blocks.TrueForAll(block => !model.Contains(block)))
            {
                set.Add(start, length);
                model.UnionWith(blocks);
            }
            else if (blocks.TrueForAll(model.Contains))
            {
                set.Remove(start, length);
                model.ExceptWith(blocks);
            }

            Assert.Equal(model, set.Extents.SelectMany(extent => Enumerable.Range(0, (int)extent.Length).Select(i => extent.Start + (ulong)i)));
            Assert.Equal((ulong)model.Count, set.Count);
            Assert.All(set.Extents.Zip(set.Extents.Skip(1)), pair => Assert.True(pair.First.Start + pair.First.Length < pair.Second.Start, "touching extents"));
            CheckRequests(set, model, (ulong)random.Next(1, 10));
        }
    }

    [Fact]
    public void Removing_what_is_not_there_is_an_error_of_the_caller()
    {
        var set = new ExtentSet();
        set.Add(5, 3);
        Assert.Throws<InvalidOperationException>(() => set.Remove(4, 2));
        Assert.Throws<InvalidOperationException>(() => set.Remove(7, 2));
        Assert.Equal(3UL, set.Count);
    }

    private static void CheckRequests(ExtentSet set, SortedSet<ulong> model, ulong wanted)
    {
        var fitting = set.Extents.Where(extent => extent.Length >= wanted).OrderBy(extent => extent.Length).ThenBy(extent => extent.Start).Select(extent => (ulong?)extent.Start);
        Assert.Equal(fitting.FirstOrDefault(), set.BestFit(wanted));
        if (set.Count >= wanted)
        {
            var lowest = set.Lowest(wanted).SelectMany(run => Enumerable.Range(0, (int)run.Length).Select(i => run.Start + (ulong)i));
            Assert.Equal(model.Take((int)wanted), lowest);
        }
    }
}
