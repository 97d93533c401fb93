using System.Globalization;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary>Bytes for people: offset, sixteen bytes, and what they mean. Long rows of zeros are counted, not shown.</summary>
internal static class HexDump
{
    private const int PerLine = 16;
    private const int HexWidth = (PerLine * 3) - 1;

    /// <summary>A page field by field; what no field covers is shown too.</summary>
    public static IEnumerable<string> Annotated(PageDescription page)
    {
        yield return Line("offset", "bytes".PadRight(HexWidth), $"{"field".PadRight(FieldWidth(page))}  meaning");
        var at = 0;
        foreach (var field in page.Fields.Where(field => field.Length > 0))
        {
            foreach (var line in field.Offset > at ? Lines(page, at, field.Offset - at, "(no field)", "") : [])
            {
                yield return line;
            }

            // What fields of bytes mean is their bytes.
            var isBytes = field.Meaning == Convert.ToHexStringLower(page.Bytes.Span.Slice(field.Offset, field.Length));
            foreach (var line in Lines(page, field.Offset, field.Length, field.Name, isBytes ? "" : field.Meaning))
            {
                yield return line;
            }

            at = Math.Max(at, field.Offset + field.Length);
        }

        foreach (var line in at < page.Bytes.Length ? Lines(page, at, page.Bytes.Length - at, "(no field)", "") : [])
        {
            yield return line;
        }
    }

    /// <summary>A page of which nothing is known but its bytes.</summary>
    public static IEnumerable<string> Raw(ReadOnlyMemory<byte> bytes)
    {
        foreach (var (at, text) in Rows(bytes))
        {
            var row = bytes.Span.Slice(at, Math.Min(PerLine, bytes.Length - at));
            yield return Line(Offset(at), text.PadRight(HexWidth), row.IndexOfAnyExcept((byte)0) < 0 ? "" : Letters(row));
        }
    }

    private static IEnumerable<string> Lines(PageDescription page, int offset, int length, string name, string meaning)
    {
        var label = $"{name.PadRight(FieldWidth(page))}  {meaning}";
        foreach (var (at, text) in Rows(page.Bytes.Slice(offset, length)))
        {
            yield return Line(Offset(offset + at), text.PadRight(HexWidth), label);
            label = "";
        }
    }

    /// <summary>Rows of sixteen bytes; more zeros than fill one are a row of their own.</summary>
    private static IEnumerable<(int At, string Text)> Rows(ReadOnlyMemory<byte> bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var zeros = ZerosFrom(bytes.Span[at..]);
            var isLong = zeros > PerLine;
            var length = !isLong ? Math.Min(PerLine, bytes.Length - at) : at + zeros == bytes.Length ? zeros : zeros / PerLine * PerLine;
            yield return (at, isLong ? $"00 ... ({length.ToString(CultureInfo.InvariantCulture)} zero bytes)" : Hex(bytes.Span.Slice(at, length)));
            at += length;
        }
    }

    private static int FieldWidth(PageDescription page) => page.Fields.Max(field => field.Name.Length);

    private static int ZerosFrom(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExcept((byte)0) is >= 0 and var end ? end : bytes.Length;

    private static string Line(string offset, string bytes, string rest) => $"{offset.PadLeft(6)}  {bytes}  {rest}".TrimEnd();

    private static string Offset(int offset) => offset.ToString(CultureInfo.InvariantCulture);

    private static string Hex(ReadOnlySpan<byte> bytes) => BitConverter.ToString(bytes.ToArray()).Replace('-', ' ').ToLowerInvariant();

    private static string Letters(ReadOnlySpan<byte> bytes)
    {
        var letters = new char[bytes.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            letters[i] = bytes[i] is >= 0x20 and < 0x7f ? (char)bytes[i] : '.';
        }

        return new string(letters);
    }
}
