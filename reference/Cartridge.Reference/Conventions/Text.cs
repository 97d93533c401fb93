using System.Globalization;
using System.Text;

namespace Cartridge.Reference;

/// <summary>UTF-8 as the format wants it: byte-exact, nothing replaced, nothing normalised (spec/01-conventions.md).</summary>
internal static class Text
{
    private const int BriefLength = 160;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool IsUtf8(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes);

    /// <summary>Encodes a string; one with lone surrogates is no text and is refused under <paramref name="code"/>.</summary>
    public static byte[] Encode(string text, ErrorCode code, string what)
    {
        try
        {
            return Strict.GetBytes(text);
        }
        catch (EncoderFallbackException e)
        {
            throw new CartridgeException(code, $"{what} has a lone surrogate at character {e.Index} and cannot be written as UTF-8.", e);
        }
    }

    /// <summary>Encodes a string that a one-byte length must be able to count.</summary>
    public static byte[] EncodeShort(string text, string what)
    {
        var bytes = Encode(text, ErrorCode.BadArgument, what);
        return bytes.Length <= Format.MaxShortText
            ? bytes
            : throw new CartridgeException(
                ErrorCode.BadArgument, $"{what} has {bytes.Length} bytes of UTF-8; at most {Format.MaxShortText} fit.");
    }

    /// <summary>Decodes bytes that were checked to be UTF-8; anything else becomes U+FFFD.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    /// <summary>The beginning of bytes for people: findings are many, and a damaged path may be as long as a page.</summary>
    public static string Brief(ReadOnlySpan<byte> bytes) =>
        bytes.Length <= BriefLength ? Display(bytes) : $"{Display(bytes[..BriefLength])}... ({bytes.Length} bytes)";

    /// <summary>Bytes for people: what is no printable text is shown as an escape, so that no name commands a terminal.</summary>
    public static string Display(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        while (!bytes.IsEmpty)
        {
            var valid = Rune.DecodeFromUtf8(bytes, out var rune, out var length) == System.Buffers.OperationStatus.Done;
            if (valid && !Rune.IsControl(rune) && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
            {
                text.Append(rune.ToString());
            }
            else
            {
                foreach (var value in bytes[..length])
                {
                    text.Append(CultureInfo.InvariantCulture, $"\\x{value:x2}");
                }
            }

            bytes = bytes[length..];
        }

        return text.ToString();
    }
}
