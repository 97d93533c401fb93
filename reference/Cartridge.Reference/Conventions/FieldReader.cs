using System.Buffers.Binary;

namespace Cartridge.Reference;

/// <summary>
/// Takes fields one after the other from bytes that nobody vouches for. Reading past the end gives zeros and empty spans
/// and sets <see cref="Overrun"/>: one check at the end judges them all, and nothing crashes when that check is off.
/// </summary>
internal ref struct FieldReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Bytes taken so far.</summary>
    public int Position { get; private set; }

    /// <summary>Whether a field reached beyond the end.</summary>
    public bool Overrun { get; private set; }

    /// <summary>Whether exactly all bytes were taken.</summary>
    public readonly bool IsComplete => !Overrun && Position == _bytes.Length;

    /// <summary>Takes the next <paramref name="length"/> bytes, or none if there are not so many.</summary>
    public ReadOnlySpan<byte> Take(long length)
    {
        if (length < 0 || length > _bytes.Length - Position)
        {
            Overrun = true;
            return [];
        }

        var field = _bytes.Slice(Position, (int)length);
        Position += (int)length;
        return field;
    }

    public byte U8() => Take(1) is [var value] ? value : (byte)0;

    public ushort U16() => Take(2) is { Length: 2 } field ? BinaryPrimitives.ReadUInt16LittleEndian(field) : (ushort)0;

    public uint U32() => Take(4) is { Length: 4 } field ? BinaryPrimitives.ReadUInt32LittleEndian(field) : 0;

    public ulong U64() => Take(8) is { Length: 8 } field ? BinaryPrimitives.ReadUInt64LittleEndian(field) : 0;

    public long I64() => Take(8) is { Length: 8 } field ? BinaryPrimitives.ReadInt64LittleEndian(field) : 0;

    /// <summary>Takes a hash of 32 bytes.</summary>
    public Hash256 Hash() => Take(Format.HashLength) is { Length: Format.HashLength } field ? new Hash256(field) : default;
}
