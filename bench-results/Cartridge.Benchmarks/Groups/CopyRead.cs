using BenchmarkDotNet.Attributes;
using Cartridge.Reference;

namespace Cartridge.Benchmarks;

/// <summary>Reads parts of a file that is in the cache into a buffer, beside plain copying.</summary>
public class CopyRead
{
    private const int FileSize = 16 * Units.MiB;
    private const string Path = "folder/file";

    private byte[] _source = [];
    private byte[] _destination = [];
    private CartridgeFile? _container;
    private CartridgeReader? _reader;
    private CartridgeContent? _content;
    private Walk _parts;

    /// <summary>The cases.</summary>
    public static IEnumerable<string> Cases => Catalogue.CasesOf<CopyRead>();

    /// <summary>The case: the size of the parts and where the container is.</summary>
    [ParamsSource(nameof(Cases))]
    public string Case { get; set; } = "";

    /// <summary>Makes the file and reads it once.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var size = Catalogue.SizeIn(Case);
        _source = Material.Bytes(FileSize);
        _destination = new byte[size];
        _parts = new Walk(Material.Shuffled(FileSize / size));
        _container = Material.Container(Catalogue.IsOnDisk(Case), new OpenOptions());
        _container.Write(Path, _source);
        _ = _container.Read(Path);
        _reader = _container.OpenReader();
        _content = _reader.OpenContent(Path);
        for (var i = 0L; i < _content.ChunkCount; i++)
        {
            _ = _content.GetChunk(i);
        }
    }

    /// <summary>Closes the container.</summary>
    [GlobalCleanup]
    public void CleanUp()
    {
        _reader?.Dispose();
        _container?.Dispose();
    }

    /// <summary>What is measured.</summary>
    /// <returns>Bytes read.</returns>
    [Benchmark]
    public int Read() => Catalogue.IsByPath(Case)
        ? _container!.ReadAt(Path, PlaceOfNext(), _destination)
        : _content!.Read(PlaceOfNext(), _destination);

    /// <summary>The yardstick.</summary>
    [Benchmark(Baseline = true)]
    public void Copy() => _source.AsSpan(_parts.Next() * _destination.Length, _destination.Length).CopyTo(_destination);

    private long PlaceOfNext() => (long)_parts.Next() * _destination.Length;
}
