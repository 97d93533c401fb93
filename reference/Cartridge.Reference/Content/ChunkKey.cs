using System.Buffers.Binary;

namespace Cartridge.Reference;

/// <summary>The content tree's key: file id and chunk number, big-endian, so that byte order is file order.</summary>
/// <param name="FileId">Whose content it is.</param>
/// <param name="Number">The chunk's number within the file, from 0.</param>
internal readonly record struct ChunkKey(ulong FileId, ulong Number)
{
    public const int Length = 16;

    /// <summary>Reads a key of 16 bytes; mirrors <see cref="Write"/>.</summary>
    public static ChunkKey Read(ReadOnlySpan<byte> key) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(key), BinaryPrimitives.ReadUInt64BigEndian(key[sizeof(ulong)..]));

    public byte[] Write()
    {
        var key = new byte[Length];
        BinaryPrimitives.WriteUInt64BigEndian(key, FileId);
        BinaryPrimitives.WriteUInt64BigEndian(key.AsSpan(sizeof(ulong)), Number);
        return key;
    }
}
