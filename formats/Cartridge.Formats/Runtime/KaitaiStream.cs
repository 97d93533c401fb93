using System.Buffers.Binary;

namespace Kaitai;

/// <summary>
/// Bytes with a position. Every read is held against what is left before anything is reserved for it, so that a length out of a hostile
/// file costs nothing; a read, or a move, past the end is an <see cref="EndOfStreamError"/>.
/// </summary>
public sealed class KaitaiStream : IDisposable
{
    private readonly Stream _stream;

    /// <summary>Reads a stream, which must be able to seek and stays the caller's to close until this object is disposed of.</summary>
    /// <param name="stream">The bytes; positions count from its beginning.</param>
    public KaitaiStream(Stream stream) => _stream = stream;

    /// <summary>Reads bytes in memory.</summary>
    /// <param name="bytes">The bytes, which are not copied.</param>
    public KaitaiStream(byte[] bytes)
        : this(new MemoryStream(bytes, writable: false))
    {
    }

    /// <summary>Reads a file.</summary>
    /// <param name="fileName">Its path.</param>
    public KaitaiStream(string fileName)
        : this(File.OpenRead(fileName))
    {
    }

    /// <summary>How many bytes there are.</summary>
    public long Size => _stream.Length;

    /// <summary>The offset of the next byte.</summary>
    public long Pos => _stream.Position;

    /// <summary>Whether the last byte has been read.</summary>
    public bool IsEof => Left == 0;

    private long Left => Size - Pos;

    /// <summary>Moves to an offset.</summary>
    /// <param name="position">From 0 up to <see cref="Size"/>.</param>
    /// <exception cref="EndOfStreamError">The offset lies outside.</exception>
    public void Seek(long position)
    {
        if (position < 0 || position > Size)
        {
            throw new EndOfStreamError($"offset {position} lies outside of {Size} bytes");
        }

        _stream.Position = position;
    }

    /// <summary>Reads an unsigned integer of one byte.</summary>
    /// <returns>The number.</returns>
    public byte ReadU1() => Fill(stackalloc byte[sizeof(byte)])[0];

    /// <summary>Reads a little-endian unsigned integer of two bytes.</summary>
    /// <returns>The number.</returns>
    public ushort ReadU2le() => BinaryPrimitives.ReadUInt16LittleEndian(Fill(stackalloc byte[sizeof(ushort)]));

    /// <summary>Reads a little-endian unsigned integer of four bytes.</summary>
    /// <returns>The number.</returns>
    public uint ReadU4le() => BinaryPrimitives.ReadUInt32LittleEndian(Fill(stackalloc byte[sizeof(uint)]));

    /// <summary>Reads a little-endian unsigned integer of eight bytes.</summary>
    /// <returns>The number.</returns>
    public ulong ReadU8le() => BinaryPrimitives.ReadUInt64LittleEndian(Fill(stackalloc byte[sizeof(ulong)]));

    /// <summary>Reads a big-endian unsigned integer of eight bytes.</summary>
    /// <returns>The number.</returns>
    public ulong ReadU8be() => BinaryPrimitives.ReadUInt64BigEndian(Fill(stackalloc byte[sizeof(ulong)]));

    /// <summary>Reads a little-endian signed integer of eight bytes.</summary>
    /// <returns>The number.</returns>
    public long ReadS8le() => BinaryPrimitives.ReadInt64LittleEndian(Fill(stackalloc byte[sizeof(long)]));

    /// <summary>Reads bytes.</summary>
    /// <param name="count">How many; a negative number, which is what a difference of two bad offsets gives, is refused.</param>
    /// <returns>Exactly so many bytes.</returns>
    /// <exception cref="EndOfStreamError">So many are not left.</exception>
    public byte[] ReadBytes(long count)
    {
        Require(count);
        byte[] bytes = new byte[count];
        Fill(bytes);
        return bytes;
    }

    /// <summary>Reads all bytes that are left.</summary>
    /// <returns>The bytes; empty at the end.</returns>
    public byte[] ReadBytesFull() => ReadBytes(Left);

    /// <summary>Compares as the order of unsigned bytes does.</summary>
    /// <param name="left">The one.</param>
    /// <param name="right">The other.</param>
    /// <returns>A negative number, zero or a positive number, as the one is below, equal to or above the other.</returns>
    public static int ByteArrayCompare(byte[] left, byte[] right) => left.AsSpan().SequenceCompareTo(right);

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private void Require(long count)
    {
        if (count < 0 || count > Left)
        {
            throw new EndOfStreamError($"{count} bytes are asked for at offset {Pos}, and {Left} are left");
        }
    }

    private ReadOnlySpan<byte> Fill(Span<byte> bytes)
    {
        Require(bytes.Length);
        _stream.ReadExactly(bytes);
        return bytes;
    }
}
