using System.Buffers.Binary;
using System.Security.Cryptography;
using Cartridge.Reference;

namespace Cartridge.Conformance.Mending;

/// <summary>
/// The secrets of the suite's encrypted containers: all of them are published here, so that their bytes are the same on every day
/// and machine. Nothing that is to be kept secret may be encrypted like this.
/// </summary>
internal sealed class Secrets
{
    /// <summary>The raw key of the suite's containers, in hexadecimal digits.</summary>
    public const string RawKey = "404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f";

    /// <summary>Another.</summary>
    public const string OtherKey = "c0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedf";

    /// <summary>The passphrase of those that have one.</summary>
    public const string Passphrase = "caf\u00e9 au lait";

    private const int KeyLength = 32;

    private int _draws;

    /// <summary>What takes the place of random bytes: block after block, the SHA-256 of a counter.</summary>
    public void Fill(Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            byte[] block = new byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(block, _draws++);
            int length = Math.Min(destination.Length, SHA256.HashSizeInBytes);
            SHA256.HashData(block).AsSpan(0, length).CopyTo(destination);
            destination = destination[length..];
        }
    }

    /// <summary>The HMAC that a record should carry, from its bytes as they are.</summary>
    public static byte[] Hmac(byte[] container, long page)
    {
        byte[] bare = container.AsSpan((int)page * Spot.PageSize, Spot.PageSize).ToArray();
        Spot.Of(Layouts.PageHeader, "hash", 0).In(bare).Clear();
        Spot.Of(Layouts.CommitRecord, "HMAC", 0).In(bare).Clear();
        return HMACSHA256.HashData(RecordKey(container), bare);
    }

    /// <summary>All keys of a container.</summary>
    public static ContainerKeys Keys(byte[] container) =>
        new(MasterKey(), new ContainerId(Chart.Identity("container id").In(container)), new Secrets().Fill);

    // The master key is what is drawn first.
    private static byte[] MasterKey()
    {
        byte[] master = new byte[KeyLength];
        new Secrets().Fill(master);
        return master;
    }

    private static byte[] RecordKey(byte[] container)
    {
        byte[] master = MasterKey();
        byte[] salt = Chart.Identity("container id").In(container).ToArray();
        return HKDF.DeriveKey(HashAlgorithmName.SHA256, master, KeyLength, salt, "cartridge/3/record"u8.ToArray());
    }
}
