using System.Buffers.Binary;

namespace Cartridge.Format1;

/// <summary>
/// Takes bincode apart: fixed widths, lengths of 64 bits, nothing aligned. Each length is held against the bytes that are left
/// before anything is made of it.
/// </summary>
internal ref struct BlobReader(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;

    /// <summary>How far it has come.</summary>
    public int Offset { get; private set; }

    /// <summary>What could not be read; null as long as all could.</summary>
    public string? Trouble { get; private set; }

    private readonly int Left => _data.Length - Offset;

    public byte U8() => Take(sizeof(byte)) is { IsEmpty: false } bytes ? bytes[0] : (byte)0;

    public uint U32() => Take(sizeof(uint)) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : 0;

    public ulong U64() => Take(sizeof(ulong)) is { IsEmpty: false } bytes ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : 0;

    /// <summary>A number of items, of which each takes at least so many bytes.</summary>
    public int Count(int smallest, string what)
    {
        var count = U64();
        if (count > (ulong)(Left / smallest))
        {
            Fail($"{count} {what}, and {Left} bytes left for them");
            return 0;
        }

        return (int)count;
    }

    /// <summary>A string.</summary>
    public string Text(string what)
    {
        var bytes = Take(Count(1, $"bytes of {what}"));
        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return System.Text.Encoding.UTF8.GetString(bytes);
        }

        Fail($"{what} is not UTF-8");
        return "";
    }

    /// <summary>Whether an optional value is there.</summary>
    public bool Option(string what)
    {
        var tag = U8();
        if (tag > 1)
        {
            Fail($"the tag before {what} is {tag}, neither 0 nor 1");
        }

        return tag == 1;
    }

    /// <summary>Numbers, their count before them.</summary>
    public ulong[] Numbers(string what)
    {
        var numbers = new ulong[Count(sizeof(ulong), what)];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = U64();
        }

        return numbers;
    }

    /// <summary>So many bytes; none if there are not so many left.</summary>
    public ReadOnlySpan<byte> Take(int length)
    {
        if (Trouble is not null || length > Left)
        {
            Fail($"the data ends {length - Left} bytes too early");
            return [];
        }

        var bytes = _data.Slice(Offset, length);
        Offset += length;
        return bytes;
    }

    private void Fail(string trouble) => Trouble ??= trouble;
}
