using System.Globalization;
using System.Text.RegularExpressions;

namespace Cartridge.Conformance.Vectors;

internal static partial class CartHex
{
    // A page of this many bytes is the most a vector may ask for: a slip in a length line must not fill the disk.
    private const int MaxLength = 1 << 30;

    [GeneratedRegex(@"^gen\((?<seed>\d{1,9}), (?<length>\d{1,9})(, (?<from>\d{1,9}))?\)$", RegexOptions.ExplicitCapture)]
    private static partial Regex GenCall();

    /// <summary>The bytes that the text stands for (mirrors <see cref="Write"/>).</summary>
    /// <param name="text">The whole text of an <c>input.carthex</c>.</param>
    /// <param name="inputOf">Gives the bytes of the vector that a <c>base</c> line names.</param>
    /// <exception cref="CartHexException">The text breaks a rule of the notation.</exception>
    public static byte[] Read(string text, Func<string, byte[]>? inputOf = null)
    {
        Reader reader = new(inputOf);
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            reader.Line(++number, line.TrimEnd('\r'));
        }

        return reader.Finish(number);
    }

    /// <summary>What the lines read so far have made, and where the next may stand.</summary>
    private sealed class Reader(Func<string, byte[]>? inputOf)
    {
        private byte[]? _bytes;
        private byte[]? _base;
        private bool _headed;
        private long _page = -1;
        private long _end; // where the last data line ended: data never goes back

        public void Line(int number, string line)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                return;
            }

            if (!_headed)
            {
                Require(line == Heading, number, $"the first line is '{Heading}'");
                _headed = true;
            }
            else if (line.StartsWith("base ", StringComparison.Ordinal))
            {
                Require(_bytes is null && _base is null, number, "'base' stands once and before 'length'");
                Require(inputOf is not null, number, "no other vector can be read here");
                _base = inputOf!(line[5..]);
            }
            else if (line.StartsWith("length ", StringComparison.Ordinal))
            {
                Require(_bytes is null, number, "'length' stands once");
                Length(Number(line[7..], number), number);
            }
            else
            {
                Require(_bytes is not null, number, "'length' stands before all pages");
                Data(line, number);
            }
        }

        public byte[] Finish(int number) => _bytes ?? throw new CartHexException(number, "there is no 'length'");

        private void Length(long length, int number)
        {
            Require(length <= MaxLength, number, $"a vector is at most {MaxLength} bytes");
            _bytes = new byte[length];
            _base?.AsSpan(0, (int)Math.Min(length, _base.Length)).CopyTo(_bytes);
        }

        private void Data(string line, int number)
        {
            if (line[0] == '@')
            {
                // What follows the page's number is for people: who owns the page.
                long page = Number(line[1..].Split(' ', 2)[0], number);
                Require(page > _page, number, "pages ascend");
                _page = page;
                return;
            }

            Require(_page >= 0, number, "a '@page' line stands before all data");
            string[] parts = line.Split(": ", 2);
            Require(parts is [{ Length: 3 }, _], number, "a data line is 'offset: bytes', the offset three hexadecimal digits");
            Require(
                int.TryParse(parts[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int offset),
                number, $"'{parts[0]}' is not an offset");

            long start = checked((_page * PageSize) + offset);
            Require(start >= _end, number, "data does not go back");
            ReadOnlySpan<byte> bytes = Bytes(parts[1], number);
            Require(start + bytes.Length <= _bytes!.Length, number, "the data reaches beyond the length");
            bytes.CopyTo(_bytes.AsSpan((int)start));
            _end = start + bytes.Length;
        }

        private static byte[] Bytes(string text, int number)
        {
            Match call = GenCall().Match(text);
            if (call.Success)
            {
                long length = Number(call.Groups["length"].Value, number);
                long from = call.Groups["from"].Success ? Number(call.Groups["from"].Value, number) : 0;
                return Gen.Bytes(Number(call.Groups["seed"].Value, number), (int)length, from);
            }

            string digits = text.Replace(" ", "", StringComparison.Ordinal);
            Require(digits.Length > 0 && digits.Length % 2 == 0 && digits.All(char.IsAsciiHexDigitLower), number,
                "bytes are pairs of lower-case hexadecimal digits, or gen(seed, length)");
            return Convert.FromHexString(digits);
        }

        private static long Number(string text, int number)
        {
            Require(
                long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value <= MaxLength,
                number, $"'{text}' is not a number from 0 to {MaxLength}");
            return value;
        }

        private static void Require(bool condition, int line, string message)
        {
            if (!condition)
            {
                throw new CartHexException(line, message);
            }
        }
    }
}
