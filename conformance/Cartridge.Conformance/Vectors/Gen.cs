using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Cartridge.Conformance.Vectors;

/// <summary>
/// The bulk bytes of the suite: <c>gen(seed, length)</c>. A vector with a large file names the seed instead of carrying the bytes,
/// and whoever implements the suite in another language writes this one formula.
/// </summary>
/// <remarks>
/// The shifted terms keep neighbouring 256-byte, 4 KiB and 1 MiB blocks different from one another, so that a reader that takes the
/// wrong page or the wrong chunk is found out.
/// </remarks>
internal static partial class Gen
{
    /// <summary>Byte <paramref name="i"/> of the sequence of <paramref name="seed"/>.</summary>
    public static byte At(long seed, long i) =>
        unchecked((byte)((i * 31) + 7 + ((i >> 8) * 17) + ((i >> 12) * 101) + ((i >> 20) * 37) + (seed * 59)));

    /// <summary>The first <paramref name="length"/> bytes of the sequence, or as many from byte <paramref name="from"/> on.</summary>
    public static byte[] Bytes(long seed, int length, long from = 0)
    {
        byte[] bytes = new byte[length];
        Fill(bytes, seed, from);
        return bytes;
    }

    /// <summary>Fills a span with the sequence from byte <paramref name="from"/> on.</summary>
    public static void Fill(Span<byte> bytes, long seed, long from)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = At(seed, from + i);
        }
    }

    /// <summary>How many of the bytes, from the first on, are the sequence from byte <paramref name="from"/> on.</summary>
    public static int CommonLength(ReadOnlySpan<byte> bytes, long seed, long from)
    {
        int i = 0;
        while (i < bytes.Length && bytes[i] == At(seed, from + i))
        {
            i++;
        }

        return i;
    }

    /// <summary>The sequences that a carthex names, each as long as it goes there.</summary>
    public static IReadOnlyList<(long Seed, int Length)> NamedIn(string carthex) =>
    [
        .. Call().Matches(carthex)
            .Select(call => (
                Seed: long.Parse(call.Groups["seed"].Value, CultureInfo.InvariantCulture),
                Length: int.Parse(call.Groups["length"].Value, CultureInfo.InvariantCulture)
                    + (call.Groups["from"].Success ? int.Parse(call.Groups["from"].Value, CultureInfo.InvariantCulture) : 0)))
            .GroupBy(call => call.Seed)
            .Select(group => (group.Key, group.Max(call => call.Length))),
    ];

    /// <summary>How the suite writes it: <c>gen(seed, length)</c>, with the first byte's index as third argument unless it is 0.</summary>
    public static string Name(long seed, int length, long from)
    {
        StringBuilder name = new($"gen({seed}, {length}");
        _ = from == 0 ? name : name.Append($", {from}");
        return name.Append(')').ToString();
    }

    [GeneratedRegex(@"gen\((?<seed>[0-9]+), (?<length>[0-9]+)(?:, (?<from>[0-9]+))?\)")]
    private static partial Regex Call();
}
