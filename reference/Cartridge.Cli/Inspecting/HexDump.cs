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
        for (var at = 0; at < bytes.Length; at += PerLine)
        {
            var zeros = ZerosFrom(bytes.Span[at..]) / PerLine * PerLine;
            if (zeros > PerLine)
            {
                yield return Line(Offset(at), Zeros(zeros).PadRight(HexWidth), "");
                at += zeros - PerLine;
                continue;
            }

            var line = bytes.Slice(at, Math.Min(PerLine, bytes.Length - at)).Span;
            yield return Line(Offset(at), Hex(line).PadRight(HexWidth), Letters(line));
        }
    }

    private static IEnumerable<string> Lines(PageDescription page, int offset, int length, string name, string meaning)
    {
        var label = $"{name.PadRight(FieldWidth(page))}  {meaning}";
        var bytes = page.Bytes.Slice(offset, length);
        if (length > PerLine && ZerosFrom(bytes.Span) == length)
        {
            return [Line(Offset(offset), Zeros(length).PadRight(HexWidth), label)];
        }

        return Enumerable.Range(0, (length + PerLine - 1) / PerLine).Select(i =>
        {
            var line = bytes.Slice(i * PerLine, Math.Min(PerLine, length - (i * PerLine)));
            return Line(Offset(offset + (i * PerLine)), Hex(line.Span).PadRight(HexWidth), i == 0 ? label : "");
        });
    }

    private static int FieldWidth(PageDescription page) => page.Fields.Max(field => field.Name.Length);

    private static int ZerosFrom(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExcept((byte)0) is >= 0 and var end ? end : bytes.Length;

    private static string Zeros(int count) => $"00 ... ({count.ToString(CultureInfo.InvariantCulture)} zero bytes)";

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
