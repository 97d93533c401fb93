namespace Cartridge.Reference.Tests;

public sealed class GrowthTests
{
    private const ulong OneGibibyte = 1UL << 18;

    [Theory]
    [InlineData(3, 0, 6)]
    [InlineData(6, 0, 12)]
    [InlineData(OneGibibyte / 2, 0, OneGibibyte)]
    [InlineData(OneGibibyte - 1, 0, OneGibibyte)]
    [InlineData(OneGibibyte, 0, OneGibibyte + (OneGibibyte / 8))]
    [InlineData(6, 10, 10)]
    [InlineData(10, 10, 10)]
    [InlineData(1UL << 51, 0, 1UL << 51)]
    public void Doubles_up_to_a_gibibyte_then_adds_an_eighth_up_to_the_cap(ulong total, ulong cap, ulong expected) =>
        Assert.Equal(expected, Growth.Next(total, cap));

    [Theory]
    [InlineData(9, 100, 10, true)]
    [InlineData(10, 100, 10, false)]
    [InlineData(0, 3, 0, false)]
    [InlineData(99, 100, 100, true)]
    public void Is_due_when_less_than_the_threshold_is_free(ulong free, ulong total, byte percent, bool due) =>
        Assert.Equal(due, Growth.IsDue(free, total, percent));

    [Fact]
    public void A_container_grows_beyond_a_gibibyte_and_stays_valid()
    {
        // A sparse file on disk: two gibibytes of room, a few megabytes written.
        var folder = Directory.CreateTempSubdirectory("cartridge-growth-");
        try
        {
            var path = Path.Combine(folder.FullName, "large.cart");
            using (var container = new CartridgeBuilder().Slug("large").InitialBlocks((long)OneGibibyte).GrowthThreshold(100).Create(path))
            {
                container.Write("one", new byte[100]);
                Assert.Equal(OneGibibyte + (OneGibibyte / 8), container.TotalBlocks);
                container.Write("two", Enumerable.Range(0, 100_000).Select(i => (byte)(i % 251)).ToArray());
                Assert.Equal(OneGibibyte + (OneGibibyte / 8) + ((OneGibibyte + (OneGibibyte / 8)) / 8), container.TotalBlocks);
            }

            var report = Verifier.Verify(path);
            Assert.True(report.IsValid && report.Findings.Count == 0, string.Join('\n', report.Findings));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
