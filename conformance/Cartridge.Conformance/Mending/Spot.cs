using System.Buffers.Binary;

namespace Cartridge.Conformance.Mending;

/// <summary>A named run of bytes in a container.</summary>
/// <param name="Page">The page it begins in.</param>
/// <param name="Offset">Its first byte in that page.</param>
/// <param name="Length">Its length; it may run on into the next pages.</param>
/// <param name="Name">What it is: the structure and the field, as the specification calls them.</param>
internal readonly record struct Spot(long Page, int Offset, int Length, string Name)
{
    public const int PageSize = 4096;

    /// <summary>Its first byte in the file.</summary>
    public long Position => (Page * PageSize) + Offset;

    /// <summary>A field of a structure that begins at a page's offset.</summary>
    public static Spot Of(Layout layout, string field, long page, int offset = 0)
    {
        Field found = layout[field];
        return At((page * PageSize) + offset + found.Offset, found.Length, $"{layout.Name}: {field}");
    }

    /// <summary>The bytes from a position in the file on.</summary>
    public static Spot At(long position, int length, string name) =>
        new(position / PageSize, (int)(position % PageSize), length, name);

    /// <summary>A field of the structure that begins where this spot does.</summary>
    public Spot Inner(Layout layout, string field) => Of(layout, field, Page, Offset);

    /// <summary>Some of its bytes.</summary>
    public Spot Slice(int start, int length) => At(Position + start, length, Name);

    /// <summary>One of its bytes.</summary>
    public Spot Byte(int index) => Slice(index, 1);

    public Span<byte> In(byte[] bytes) => bytes.AsSpan((int)Position, Length);

    /// <summary>The integer that it holds, little-endian.</summary>
    public ulong Number(byte[] bytes) => Length switch
    {
        1 => In(bytes)[0],
        2 => BinaryPrimitives.ReadUInt16LittleEndian(In(bytes)),
        4 => BinaryPrimitives.ReadUInt32LittleEndian(In(bytes)),
        8 => BinaryPrimitives.ReadUInt64LittleEndian(In(bytes)),
        _ => throw new InvalidOperationException($"{Name} is no integer"),
    };

    /// <summary>The bytes of an integer of this spot's length.</summary>
    public byte[] Bytes(ulong number)
    {
        byte[] eight = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(eight, number);
        return eight[..Length];
    }
}
