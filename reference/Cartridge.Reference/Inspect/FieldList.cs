using System.Buffers.Binary;
using System.Globalization;

namespace Cartridge.Reference;

/// <summary>Gathers the fields of a page one after the other: each begins where the one before it ends.</summary>
internal sealed class FieldList(ReadOnlyMemory<byte> page)
{
    private readonly List<PageField> _fields = [];

    private delegate string Meaning(ReadOnlySpan<byte> field);

    /// <summary>Where the next field begins.</summary>
    public int Position { get; set; }

    /// <summary>Where the room for fields ends; one that does not fit is left out.</summary>
    public int End { get; set; } = page.Length;

    public IReadOnlyList<PageField> Fields => [.. _fields.OrderBy(f => f.Offset)];

    public void Hex(string name, int length) => Add(name, length, field => Convert.ToHexStringLower(field));

    public void Reserved(int length) => Add("reserved", length, field => field.IndexOfAnyExcept((byte)0) < 0 ? "zero" : "NOT ZERO");

    public void Text(string name, int length, int used) => Add(
        name, length, field => $"\"{Cartridge.Reference.Text.Display(field[..Math.Min(used, field.Length)])}\"");

    public void Time(string name) => Add(name, sizeof(long), field =>
    {
        var nanoseconds = BinaryPrimitives.ReadInt64LittleEndian(field);
        return $"{Clock.ToDateTime(nanoseconds).ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture)} ({nanoseconds} ns)";
    });

    /// <summary>An unsigned integer, with a word on what it means.</summary>
    public ulong Number(string name, int length, Func<ulong, string>? word = null)
    {
        var value = 0UL;
        Add(name, length, field =>
        {
            for (var i = field.Length - 1; i >= 0; i--)
            {
                value = (value << 8) | field[i];
            }

            return word is null ? value.ToString(CultureInfo.InvariantCulture) : $"{value}: {word(value)}";
        });
        return value;
    }

    public void PageReference(string name)
    {
        Number($"{name}: page", sizeof(ulong));
        Number($"{name}: birth", sizeof(ulong));
        Hex($"{name}: hash", Format.HashLength);
    }

    public void TreeReference(string name)
    {
        PageReference(name);
        Number($"{name}: entry count", sizeof(ulong));
        Number($"{name}: level", sizeof(byte));
        Reserved(7);
    }

    private void Add(string name, int length, Meaning meaning)
    {
        if (Position + length > End)
        {
            return;
        }

        _fields.Add(new PageField(Position, length, name, meaning(page.Span.Slice(Position, length))));
        Position += length;
    }
}
