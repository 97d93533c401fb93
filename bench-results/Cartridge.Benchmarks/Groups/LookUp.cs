using BenchmarkDotNet.Attributes;
using Cartridge.Reference;

namespace Cartridge.Benchmarks;

/// <summary>Looks paths up among a million, beside a binary search.</summary>
public class LookUp
{
    private const int FilesPerFolder = 1000;
    private const long CacheBytes = 1L << 30;

    private string[] _paths = [];
    private Walk _order;
    private CartridgeFile? _container;

    /// <summary>The cases.</summary>
    public static IEnumerable<string> Cases => Catalogue.CasesOf<LookUp>();

    /// <summary>The case: which of the paths are looked up.</summary>
    [ParamsSource(nameof(Cases))]
    public string Case { get; set; } = "";

    /// <summary>Opens the container and looks each path up once.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _paths = MillionPaths.Paths();
        var first = _paths.Length / 2;
        _order = new Walk(Case == "everywhere"
            ? Material.Shuffled(_paths.Length)
            : [.. Material.Shuffled(FilesPerFolder).Select(i => first + i)]);
        _container = CartridgeFile.OpenReadOnly(MillionPaths.File, new OpenOptions { CacheBytes = CacheBytes });
        foreach (var path in _paths)
        {
            _ = _container.GetEntry(path);
        }
    }

    /// <summary>Closes the container, and sees to it that the cache has held everything.</summary>
    [GlobalCleanup]
    public void CleanUp()
    {
        var misses = _container!.CacheStatistics.Misses;
        _ = _paths.Count(_container.Exists);
        if (_container.CacheStatistics.Misses != misses)
        {
            throw new InvalidOperationException("The cache is too small for what is measured.");
        }

        _container.Dispose();
    }

    /// <summary>What is measured.</summary>
    /// <returns>The entry.</returns>
    [Benchmark]
    public CartridgeEntry? FindEntry() => _container!.FindEntry(_paths[_order.Next()]);

    /// <summary>The yardstick.</summary>
    /// <returns>Where the path stands.</returns>
    [Benchmark(Baseline = true)]
    public int BinarySearch() => Array.BinarySearch(_paths, _paths[_order.Next()], StringComparer.Ordinal);
}
