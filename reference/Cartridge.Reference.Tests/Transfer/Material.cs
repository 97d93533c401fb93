using System.Security.Cryptography;
using Cartridge.Codecs;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>Containers and streams for the tests of transfers.</summary>
internal static class Material
{
    /// <summary>An empty container in memory.</summary>
    public static CartridgeFile Empty(CartridgeKey? key = null, ContentChecksum checksum = ContentChecksum.Sha256, CodecChoice codec = default)
    {
        var builder = new CartridgeBuilder().Slug("t").Checksum(checksum).Codecs(SystemCodecs.All).DefaultCodec(codec);
        return (key is null ? builder : builder.Encrypt(key)).Create(new MemoryMedium());
    }

    /// <summary>What a container sends.</summary>
    public static byte[] Stream(CartridgeFile container, string? from = null, string? to = null, ContentSum? known = null)
    {
        using var stream = new MemoryStream();
        Assert.Equal(container.Send(stream, from, to, known).Bytes, stream.Length);
        return stream.ToArray();
    }

    /// <summary>A new container out of a full stream.</summary>
    public static CartridgeFile Made(byte[] stream)
    {
        var container = Empty();
        container.Receive(new MemoryStream(stream));
        return container;
    }

    /// <summary>What belongs to content, as a reader of the container sees it: whether a hash was recorded does not, nor does the title.</summary>
    public static ModelContainer Content(CartridgeFile container)
    {
        var model = Current(container).WithTitle("");
        return model.Entries.Where(entry => entry.Value.HasHash).Aggregate(model, (all, entry) => all.With(entry.Key, entry.Value with { HasHash = false }));
    }

    /// <summary>The current state alone: snapshots do not travel.</summary>
    public static ModelContainer Current(CartridgeFile container)
    {
        var model = ModelContainer.Of(container);
        return model.Snapshots.Keys.Aggregate(model, (rest, name) => rest.WithoutSnapshot(name));
    }

    public static string Digest(CartridgeFile container) => Convert.ToHexStringLower(container.ContentDigest());

    public static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Random bytes, the same for the same seed, none of them zero.</summary>
    public static byte[] Bytes(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        for (var i = 0; i < length; i++)
        {
            bytes[i] |= 1;
        }

        return bytes;
    }
}
