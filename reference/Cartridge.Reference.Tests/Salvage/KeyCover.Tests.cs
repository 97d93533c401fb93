namespace Cartridge.Reference.Tests;

/// <summary>Which leaf answers for which keys, against a plain array of one-byte keys.</summary>
public sealed class KeyCoverTests
{
    private const int Keys = 40;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Any_order_of_fillings_gives_what_an_array_gives(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var cover = new KeyCover();
            var leaves = new ulong[Keys];
            var bounds = Enumerable.Repeat(ulong.MaxValue, Keys).ToArray();
            for (var step = 1UL; step < 20; step++)
            {
                var from = random.Next(Keys);
                var end = random.Next(from, Keys) + 1;
                var (low, high) = (from == 0 ? [] : new[] { (byte)from }, end == Keys ? null : new[] { (byte)end });
                var birth = (ulong)random.Next(1, 10);
                if (random.Next(3) == 0)
                {
                    var holder = (ulong)random.Next((int)birth, 12);
                    cover.Narrow(low, high, holder, birth);
                    for (var key = from; key < end; key++)
                    {
                        bounds[key] = leaves[key] == 0 && holder <= bounds[key] ? Math.Min(bounds[key], birth) : bounds[key];
                    }
                }
                else
                {
                    cover.Fill(low, high, new PageReference(step, birth, default), isProven: false);
                    for (var key = from; key < end; key++)
                    {
                        leaves[key] = leaves[key] == 0 && birth <= bounds[key] ? step : leaves[key];
                    }
                }
            }

            for (var key = 0; key < Keys; key++)
            {
                var (low, high) = (new[] { (byte)key }, new[] { (byte)(key + 1) });
                Assert.Equal(leaves[key], cover.LeavesIn(low, high).SingleOrDefault()?.Leaf.Page ?? 0);
                Assert.Equal(leaves[key] == 0 ? bounds[key] : 0, cover.GapsIn(low, high).SingleOrDefault()?.Birth ?? 0);
            }
        }
    }

    [Fact]
    public void A_tree_that_is_known_to_be_empty_has_no_gaps()
    {
        var cover = new KeyCover();
        cover.Clear();
        cover.Fill([], null, new PageReference(3, 1, default), isProven: false);
        Assert.Empty(cover.Leaves);
        Assert.Empty(cover.Gaps);
    }
}
