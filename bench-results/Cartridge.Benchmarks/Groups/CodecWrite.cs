using BenchmarkDotNet.Attributes;
using Cartridge.Codecs;
using Cartridge.Reference;

namespace Cartridge.Benchmarks;

/// <summary>Overwrites chunks that are stored encoded, not yet durable, beside encoding and hashing the same bytes.</summary>
public class CodecWrite
{
    private const string Path = "folder/file";

    private readonly byte[] _buffer = new byte[CodecMaterial.ChunkSize];
    private CodecMaterial.Chunk[] _chunks = [];
    private CartridgeFile? _container;
    private IContentCodec? _codec;
    private ContentChecksum _checksum;
    private Walk _numbers;

    /// <summary>The cases.</summary>
    public static IEnumerable<string> Cases => Catalogue.CasesOf<CodecWrite>();

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
        var options = new OpenOptions { Durability = Durability.Deferred, Codecs = SystemCodecs.All };
        _container = Material.Container(onDisk: false, options, _checksum);
        _container.Write(Path, CodecMaterial.Content(), new EntryMetadata { Codec = CodecChoice.Of(_codec.Id) });
        _container.Flush();
    }

    /// <summary>Closes the container.</summary>
    [GlobalCleanup]
    public void CleanUp() => _container!.Dispose();

    /// <summary>What is measured.</summary>
    [Benchmark]
    public void WriteAt()
    {
        var number = _numbers.Next();
        _container!.WriteAt(Path, (long)number * CodecMaterial.ChunkSize, _chunks[number].Content);
    }

    /// <summary>The yardstick.</summary>
    /// <returns>Something of the checksum.</returns>
    [Benchmark(Baseline = true)]
    public int EncodeAndCheck()
    {
        var length = _codec!.Encode(_chunks[_numbers.Next()].Content, _buffer, 0);
        return Material.Checksum(_checksum, _buffer.AsSpan(0, length));
    }
}
