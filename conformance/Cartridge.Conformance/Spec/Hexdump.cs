using System.Globalization;
using System.Text;

namespace Cartridge.Conformance.Spec;

/// <summary>Writes annotated pages for people.</summary>
internal static class Hexdump
{
    private const int BytesPerLine = 16;
    private const int HexWidth = (3 * BytesPerLine) - 1;

    /// <summary>One line for each sixteen bytes of each annotation; a longer run of zeros is one line.</summary>
    /// <param name="page">The page.</param>
    /// <param name="annotations">The names of its fields, in order.</param>
    public static IEnumerable<string> Lines(byte[] page, IEnumerable<Annotation> annotations)
    {
        foreach (Annotation annotation in annotations.Where(annotation => annotation.Length > 0))
        {
            ReadOnlyMemory<byte> bytes = page.AsMemory(annotation.Offset, annotation.Length);
            if (bytes.Length > BytesPerLine && bytes.Span.IndexOfAnyExcept((byte)0) < 0)
            {
                yield return Line(annotation.Offset, $"00 x {bytes.Length}", annotation.Label);
                continue;
            }

            // Text that ends in zeros, a slug for instance, is shown to its end.
            int shown = bytes.Length - bytes.Span[bytes.Span.TrimEnd((byte)0).Length..].Length;
            int zeros = bytes.Length - shown > BytesPerLine ? bytes.Length - shown : 0;
            for (int at = 0; at < bytes.Length - zeros; at += BytesPerLine)
            {
                ReadOnlySpan<byte> line = bytes.Span[at..Math.Min(at + BytesPerLine, bytes.Length - zeros)];
                yield return Line(annotation.Offset + at, Hex(line), at == 0 ? annotation.Label : "");
            }

            if (zeros > 0)
            {
                yield return Line(annotation.Offset + shown, $"00 x {zeros}", "");
            }
        }
    }

    private static string Hex(ReadOnlySpan<byte> bytes)
    {
        StringBuilder hex = new();
        foreach (byte value in bytes)
        {
            hex.Append(hex.Length > 0 ? " " : "").Append(value.ToString("x2", CultureInfo.InvariantCulture));
        }

        return hex.ToString();
    }

    private static string Line(int offset, string bytes, string label) =>
        $"{offset.ToString(CultureInfo.InvariantCulture),4}  {bytes.PadRight(HexWidth)}  {label}".TrimEnd();
}
