using System.Buffers.Binary;

namespace Cartridge.Reference;

/// <summary>Puts fields one after the other; mirrors <see cref="FieldReader"/>. The caller provides enough room.</summary>
internal ref struct FieldWriter(Span<byte> bytes)
{
    private readonly Span<byte> _bytes = bytes;

    /// <summary>Bytes put so far.</summary>
    public int Position { get; private set; }

    public void Put(scoped ReadOnlySpan<byte> field)
    {
        field.CopyTo(_bytes[Position..]);
        Position += field.Length;
    }

    public void U8(byte value) => Next(1)[0] = value;

    public void U16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Next(2), value);

    public void U32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Next(4), value);

    public void U64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Next(8), value);

    public void I64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Next(8), value);

    public void Hash(in Hash256 value) => value.CopyTo(Next(Format.HashLength));

    /// <summary>Leaves <paramref name="length"/> bytes as they are: reserved bytes of a fresh buffer stay zero (CART-CNV-101).</summary>
    public void Skip(int length) => Position += length;

    private Span<byte> Next(int length)
    {
        var field = _bytes.Slice(Position, length);
        Position += length;
        return field;
    }
}
