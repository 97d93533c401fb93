using Cartridge.Codecs;
using Cartridge.Reference;

namespace Cartridge.Benchmarks;

/// <summary>Real content in chunks of 64 KiB, as it is and encoded: the engine's own machine code, which codecs halve.</summary>
internal static class CodecMaterial
{
    /// <summary>Bytes in a chunk.</summary>
    public const int ChunkSize = 1 << Format.DefaultChunkShift;

    private const int Count = 16;

    /// <summary>Sixteen whole chunks of the base library.</summary>
    public static byte[] Content()
    {
        using var library = File.OpenRead(typeof(object).Assembly.Location);
        var content = new byte[Count * ChunkSize];
        library.Position = library.Length / 2;
        library.ReadExactly(content);
        return content;
    }

    /// <summary>The chunks, each as it is and encoded at the codec's own level.</summary>
    public static Chunk[] Chunks(IContentCodec codec)
    {
        var buffer = new byte[2 * ChunkSize];
        return [.. Content().Chunk(ChunkSize).Select(chunk => new Chunk(chunk, buffer[..codec.Encode(chunk, buffer, 0)]))];
    }

    /// <summary>The codec that a name begins with.</summary>
    public static IContentCodec CodecIn(string name) =>
        SystemCodecs.All.Single(codec => name.StartsWith($"{CodecId.NameOf(codec.Id)}-", StringComparison.Ordinal));

    /// <summary>A chunk.</summary>
    /// <param name="Content">What it is.</param>
    /// <param name="Stored">What is stored of it.</param>
    public sealed record Chunk(byte[] Content, byte[] Stored);
}
