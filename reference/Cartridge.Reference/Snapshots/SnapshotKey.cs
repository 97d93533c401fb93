using System.Buffers.Binary;

namespace Cartridge.Reference;

/// <summary>
/// The keys of the system tree: a byte that says what kind of record it is, and behind it what tells records of that kind
/// apart. A snapshot's is its id, big-endian, so that byte order is the order in which snapshots were made.
/// </summary>
internal static class SnapshotKey
{
    public const byte Kind = 1;
    public const int Length = 1 + sizeof(ulong);

    /// <summary>Whether a key is a snapshot's.</summary>
    public static bool Is(ReadOnlySpan<byte> key) => key.Length == Length && key[0] == Kind;

    /// <summary>The id in a snapshot's key; mirrors <see cref="Write"/>.</summary>
    public static ulong Read(ReadOnlySpan<byte> key) => BinaryPrimitives.ReadUInt64BigEndian(key[1..]);

    public static byte[] Write(ulong id)
    {
        var key = new byte[Length];
        key[0] = Kind;
        BinaryPrimitives.WriteUInt64BigEndian(key.AsSpan(1), id);
        return key;
    }
}
