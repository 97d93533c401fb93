using Xunit.Abstractions;

namespace Cartridge.Reference.Tests;

public sealed class ArcCacheTests(ITestOutputHelper output)
{
    private static readonly object Something = new();

    [Theory]
    [InlineData("uniform", 1)]
    [InlineData("zipf", 2)]
    [InlineData("80/20", 3)]
    [InlineData("loop", 4)]
    [InlineData("phases", 5)]
    public void Hits_and_misses_are_those_of_the_published_algorithm(string pattern, int seed)
    {
        output.WriteLine($"pattern {pattern}, seed {seed}");
        foreach (var capacity in new[] { 1, 2, 3, 10, 64 })
        {
            var cache = new ArcCache<int, object>(capacity);
            var published = new PublishedArc(capacity);
            foreach (var (key, step) in Trace(pattern, seed, universe: 4 * capacity + 3, length: 5_000).Select((key, step) => (key, step)))
            {
                Assert.True(published.Request(key) == Request(cache, key), $"capacity {capacity}, step {step}, key {key}");
            }
        }
    }

    [Fact]
    public void Uniform_requests_hit_as_often_as_the_cache_is_large()
    {
        var rate = HitRate(new ArcCache<int, object>(250), Trace("uniform", 7, universe: 1_000, length: 100_000));
        Assert.InRange(rate, 0.22, 0.28);
    }

    [Theory]
    [InlineData("zipf")]
    [InlineData("80/20")]
    public void Skewed_requests_hit_more_often_than_with_the_least_recently_used(string pattern)
    {
        var arc = HitRate(new ArcCache<int, object>(200), Trace(pattern, 11, universe: 2_000, length: 100_000));
        var lru = LruHitRate(200, Trace(pattern, 11, universe: 2_000, length: 100_000));
        output.WriteLine($"{pattern}: ARC {arc:P1}, LRU {lru:P1}");
        Assert.True(arc > lru, $"ARC {arc:P1}, LRU {lru:P1}");
    }

    [Fact]
    public void A_scan_leaves_what_is_used_again_and_again()
    {
        var cache = new ArcCache<int, object>(100);
        var hot = Enumerable.Range(0, 50).ToArray();
        foreach (var key in Enumerable.Repeat(hot, 3).SelectMany(keys => keys).Concat(Enumerable.Range(1_000, 10_000)))
        {
            Request(cache, key);
        }

        Assert.All(hot, key => Assert.True(Request(cache, key), $"{key} was washed out"));
    }

    [Fact]
    public void Sizes_never_add_up_to_more_than_the_capacity()
    {
        const int Seed = 13;
        var random = new Random(Seed);
        var cache = new ArcCache<int, object>(10_000);
        for (var i = 0; i < 50_000; i++)
        {
            var key = random.Next(300);
            if (cache.Get(key) is null)
            {
                cache.Put(key, Something, 1 + (key * 37 % 900));
            }

            Assert.InRange(cache.Size, 0, 10_000);
        }

        Assert.True(cache.Hits > 0 && cache.Misses > 0);
    }

    [Fact]
    public void What_is_larger_than_the_cache_is_not_kept()
    {
        var cache = new ArcCache<int, object>(100);
        cache.Put(1, Something, 101);
        Assert.Null(cache.Get(1));
        Assert.Equal(0, cache.Size);
    }

    private static bool Request(ArcCache<int, object> cache, int key)
    {
        if (cache.Get(key) is not null)
        {
            return true;
        }

        cache.Put(key, Something, 1);
        return false;
    }

    private static double HitRate(ArcCache<int, object> cache, IEnumerable<int> trace)
    {
        var hits = trace.Count(key => Request(cache, key));
        Assert.Equal(hits, cache.Hits);
        return (double)hits / (cache.Hits + cache.Misses);
    }

    private static double LruHitRate(int capacity, IEnumerable<int> trace)
    {
        var (order, requests, hits) = (new LinkedList<int>(), 0, 0);
        foreach (var key in trace)
        {
            requests++;
            hits += order.Remove(key) ? 1 : 0;
            order.AddFirst(key);
            if (order.Count > capacity)
            {
                order.RemoveLast();
            }
        }

        return (double)hits / requests;
    }

    private static IEnumerable<int> Trace(string pattern, int seed, int universe, int length)
    {
        var random = new Random(seed);
        for (var i = 0; i < length; i++)
        {
            yield return pattern switch
            {
                "uniform" => random.Next(universe),
                "zipf" => (int)Math.Min(universe - 1, Math.Pow(universe, random.NextDouble()) - 1),
                "80/20" => random.Next(100) < 80 ? random.Next(universe / 5) : random.Next(universe),
                "loop" => i % (universe / 3),
                _ => (i / 500 % 2 == 0 ? random.Next(universe / 8 + 1) : i) % universe,
            };
        }
    }
}
