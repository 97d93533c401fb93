using BenchmarkDotNet.Attributes;
using Cartridge.Reference;
using Microsoft.Win32.SafeHandles;

namespace Cartridge.Benchmarks;

/// <summary>Overwrites whole chunks without waiting for the disk, beside copying and hashing the same bytes.</summary>
public class DeferredOverwrite
{
    private const string Path = "folder/file";

    private byte[] _bytes = [];
    private byte[] _memory = [];
    private int _chunkSize;
    private ContentChecksum _checksum;
    private CartridgeFile? _container;
    private SafeFileHandle? _file;

    /// <summary>The cases.</summary>
    public static IEnumerable<string> Cases => Catalogue.CasesOf<DeferredOverwrite>();

    /// <summary>The case: the size, the checksum, and where the container is.</summary>
    [ParamsSource(nameof(Cases))]
    public string Case { get; set; } = "";

    /// <summary>Makes the file.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _bytes = Material.Bytes(Catalogue.SizeIn(Case));
        _memory = new byte[_bytes.Length];
        _checksum = Catalogue.ChecksumIn(Case);
        _chunkSize = Math.Min(_bytes.Length, 1 << Format.DefaultChunkShift);
        _container = Material.Container(Catalogue.IsOnDisk(Case), new OpenOptions { Durability = Durability.Deferred }, _checksum);
        _container.Write(Path, _bytes, new EntryMetadata { ChunkShift = (byte)int.Log2(_chunkSize) });
        _container.Flush();
        if (Catalogue.IsOnDisk(Case))
        {
            _file = File.OpenHandle(Workspace.Current.NewPath(".raw"), FileMode.CreateNew, FileAccess.ReadWrite, preallocationSize: _bytes.Length);
        }
    }

    /// <summary>Closes the container.</summary>
    [GlobalCleanup]
    public void CleanUp()
    {
        _file?.Dispose();
        _container!.Dispose();
    }

    /// <summary>What is measured.</summary>
    [Benchmark]
    public void WriteAt() => _container!.WriteAt(Path, 0, _bytes);

    /// <summary>The yardstick.</summary>
    /// <returns>Something of the checksums.</returns>
    [Benchmark(Baseline = true)]
    public int CopyAndChecksum()
    {
        var sum = 0;
        for (var at = 0; at < _bytes.Length; at += _chunkSize)
        {
            var chunk = _bytes.AsSpan(at, _chunkSize);
            sum ^= Material.Checksum(_checksum, chunk);
            if (_file is null)
            {
                chunk.CopyTo(_memory.AsSpan(at));
            }
            else
            {
                RandomAccess.Write(_file, chunk, at);
            }
        }

        return sum;
    }
}
