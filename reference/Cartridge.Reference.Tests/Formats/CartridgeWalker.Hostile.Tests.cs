using Cartridge.Formats.Walk;
using Cartridge.Reference.Tests.Handmade;

namespace Cartridge.Reference.Tests;

/// <summary>Whatever a file contains, the walk ends, with a result or with a <see cref="WalkException"/>.</summary>
public class CartridgeWalkerHostileTests
{
    private const int Rounds = 1500;

    [Fact]
    public void A_container_cut_anywhere_is_refused()
    {
        byte[] whole = new HandmadeContainer().Build();
        for (int length = 0; length < whole.Length; length += length < 600 ? 1 : 509)
        {
            WalkException refused = Assert.Throws<WalkException>(() => CartridgeWalker.Walk(whole[..length]));
            Assert.Equal("container.truncated", refused.Code);
        }
    }

    [Fact]
    public void Bytes_overwritten_under_old_hashes_are_noticed_or_free()
    {
        byte[] whole = new HandmadeContainer().Build();
        string untouched = CartridgeWalker.Walk(whole).Projection.ToJson();
        for (int seed = 0; seed < Rounds; seed++)
        {
            Random random = new(seed);
            byte[] damaged = [.. whole];
            int offset = random.Next(damaged.Length);
            damaged[offset] ^= (byte)(1 << random.Next(8));

            // The older state, and pages that nobody owns, may change without harm; a torn record brings back the older state.
            if (Walk(damaged, seed) is { } projection && offset / 4096 is not (1 or 2 or > 10))
            {
                Assert.True(untouched == projection.ToJson(), $"seed {seed}: a change at {offset} went unnoticed");
            }
        }
    }

    [Fact]
    public void Bytes_overwritten_under_mended_hashes_end_no_walk_badly()
    {
        int[] pages =
        [
            HandmadeContainer.IdentityPage, HandmadeContainer.NewestRecord, HandmadeContainer.FirstLeaf, HandmadeContainer.SecondLeaf,
            HandmadeContainer.CatalogRoot, HandmadeContainer.ContentLeaf,
        ];
        for (int seed = 0; seed < Rounds; seed++)
        {
            Random random = new(seed);
            HandmadeContainer container = new() { MapKind = random.Next(3), Crc = random.Next(2) == 0 };
            foreach (int page in pages.Where(_ => random.Next(3) == 0))
            {
                container.Edit(page, bytes => Overwrite(bytes, random));
            }

            Walk(container.Build(), seed);
        }
    }

    /// <summary>A few bytes, mostly near the ends of the page, where headers and cells are, and mostly values at the edges.</summary>
    private static void Overwrite(byte[] page, Random random)
    {
        for (int left = random.Next(1, 4); left > 0; left--)
        {
            int offset = random.Next(3) switch
            {
                0 => random.Next(64, 128),
                1 => random.Next(page.Length - 600, page.Length),
                _ => random.Next(page.Length),
            };
            page[offset] = random.Next(4) switch
            {
                0 => 0,
                1 => 0xFF,
                2 => unchecked((byte)(page[offset] + random.Next(-2, 3))),
                _ => (byte)random.Next(256),
            };
        }
    }

    private static Projection? Walk(byte[] container, int seed)
    {
        try
        {
            return CartridgeWalker.Walk(container, new WalkOptions { MaxHoleBytes = 1 << 20 }).Projection;
        }
        catch (WalkException)
        {
            return null;
        }
        catch (Exception other)
        {
            throw new InvalidOperationException($"seed {seed} ended in {other.GetType().Name}", other);
        }
    }
}
