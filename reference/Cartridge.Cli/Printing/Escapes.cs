using System.Buffers;
using System.Globalization;
using System.Text;

namespace Cartridge.Cli;

/// <summary>
/// Names as a terminal may see them: what is no printable text becomes <c>\x1b</c> and the like, so that no name of a
/// container moves the cursor, changes colours or forges a line. Programs that want the names themselves ask for <c>--json</c>.
/// </summary>
internal static class Escapes
{
    /// <summary>A name, or a message that has names in it.</summary>
    public static string Text(string text) => Bytes(Encoding.UTF8.GetBytes(text));

    /// <summary>The bytes of a name that may not be text.</summary>
    public static string Bytes(ReadOnlySpan<byte> name)
    {
        var text = new StringBuilder(name.Length);
        while (!name.IsEmpty)
        {
            var isText = Rune.DecodeFromUtf8(name, out var rune, out var length) == OperationStatus.Done;
            if (isText && IsPrintable(rune))
            {
                text.Append(rune.ToString());
            }
            else
            {
                foreach (var value in name[..length])
                {
                    text.Append(CultureInfo.InvariantCulture, $"\\x{value:x2}");
                }
            }

            name = name[length..];
        }

        return text.ToString();
    }

    /// <summary>Format characters turn the direction of text around; separators begin a line.</summary>
    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
