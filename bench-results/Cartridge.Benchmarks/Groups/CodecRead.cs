using BenchmarkDotNet.Attributes;
using Cartridge.Codecs;
using Cartridge.Reference;

namespace Cartridge.Benchmarks;

/// <summary>Reads chunks that are stored encoded and are in no cache, beside checking and decoding the same bytes.</summary>
public class CodecRead
{
    private const string Path = "folder/file";

    private readonly byte[] _buffer = new byte[CodecMaterial.ChunkSize];
    private CodecMaterial.Chunk[] _chunks = [];
    private CartridgeFile? _container;
    private CartridgeReader? _reader;
    private IContentCodec? _codec;
    private ContentChecksum _checksum;
    private Walk _numbers;

    /// <summary>The cases.</summary>
    public static IEnumerable<string> Cases => Catalogue.CasesOf<CodecRead>();

    /// <summary>The case: the codec and the checksum.</summary>
    [ParamsSource(nameof(Cases))]
    public string Case { get; set; } = "";

    /// <summary>Makes the file.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _codec = CodecMaterial.CodecIn(Case);
        _checksum = Catalogue.ChecksumIn(Case);
        _chunks = CodecMaterial.Chunks(_codec);
        _numbers = new Walk(Material.Shuffled(_chunks.Length));

        // No room to cache a chunk: every read is one of the container.
        _container = Material.Container(onDisk: false, new OpenOptions { CacheBytes = CodecMaterial.ChunkSize, Codecs = SystemCodecs.All }, _checksum);
        _container.Write(Path, CodecMaterial.Content(), new EntryMetadata { Codec = CodecChoice.Of(_codec.Id) });
        _reader = _container.OpenReader();
    }

    /// <summary>Closes the container.</summary>
    [GlobalCleanup]
    public void CleanUp()
    {
        _reader!.Dispose();
        _container!.Dispose();
    }

    /// <summary>What is measured: a new view of the content, so that not even places are remembered.</summary>
    /// <returns>The chunk.</returns>
    [Benchmark]
    public ReadOnlyMemory<byte> GetChunk() => _reader!.OpenContent(Path).GetChunk(_numbers.Next());

    /// <summary>The yardstick.</summary>
    /// <returns>Something of the checksum and the content.</returns>
    [Benchmark(Baseline = true)]
    public int CheckAndDecode()
    {
        var chunk = _chunks[_numbers.Next()];
        var sum = Material.Checksum(_checksum, chunk.Stored);
        _codec!.Decode(chunk.Stored, _buffer, out var written);
        return sum ^ written;
    }
}
