using BenchmarkDotNet.Attributes;
using Cartridge.Reference;

namespace Cartridge.Benchmarks;

/// <summary>Asks for chunks that are in the cache, beside a bare dictionary.</summary>
public class ZeroCopyRead
{
    private const string Path = "folder/file";
    private const int Chunks64KiB = 256;
    private const int Chunks4KiB = 10_000;
    private const byte Shift64KiB = 16;
    private const byte Shift4KiB = 12;

    private readonly Dictionary<long, byte[]> _dictionary = [];
    private CartridgeFile? _container;
    private CartridgeReader? _reader;
    private CartridgeContent? _content;
    private Walk _chunks;

    /// <summary>The cases.</summary>
    public static IEnumerable<string> Cases => Catalogue.CasesOf<ZeroCopyRead>();

    /// <summary>The case: the size of the chunks.</summary>
    [ParamsSource(nameof(Cases))]
    public string Case { get; set; } = "";

    /// <summary>Makes the file and asks for each chunk once.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var (shift, count) = Case == "64KiB" ? (Shift64KiB, Chunks64KiB) : (Shift4KiB, Chunks4KiB);
        _chunks = new Walk(Material.Shuffled(count));
        _container = Material.Container(onDisk: false, new OpenOptions());
        _container.Write(Path, Material.Bytes(count << shift), new EntryMetadata { ChunkShift = shift });
        _reader = _container.OpenReader();
        _content = _reader.OpenContent(Path);
        for (var i = 0; i < count; i++)
        {
            _dictionary[i] = _content.GetChunk(i).ToArray();
        }
    }

    /// <summary>Closes the container, and sees to it that the cache has held everything.</summary>
    [GlobalCleanup]
    public void CleanUp()
    {
        var misses = _reader!.CacheStatistics.Misses;
        for (var i = 0; i < _content!.ChunkCount; i++)
        {
            _ = _content.GetChunk(i);
        }

        if (_reader.CacheStatistics.Misses != misses)
        {
            throw new InvalidOperationException("The cache is too small for what is measured.");
        }

        _reader.Dispose();
        _container!.Dispose();
    }

    /// <summary>What is measured.</summary>
    /// <returns>The chunk.</returns>
    [Benchmark]
    public ReadOnlyMemory<byte> GetChunk() => _content!.GetChunk(_chunks.Next());

    /// <summary>The yardstick.</summary>
    /// <returns>The same bytes.</returns>
    [Benchmark(Baseline = true)]
    public byte[] Dictionary() => _dictionary[_chunks.Next()];
}
