namespace Cartridge.Reference;

/// <summary>
/// Guesses from a few bytes whether encoding may pay, so that what is dense already, pictures and archives say, does not cost
/// an attempt. A wrong guess costs time or space, never correctness (spec/rationale.md has figures from real folders).
/// </summary>
internal static class ContentProbe
{
    /// <summary>Bytes looked at: eight pieces, spread evenly.</summary>
    private const int Pieces = 8;
    private const int PieceLength = 128;
    private const int Sampled = Pieces * PieceLength;

    /// <summary>
    /// For bytes drawn at random the squares of the 256 counts sum up to n + n(n-1)/256 = 5,116 with a deviation of about 90;
    /// for text it is several times as much. Within an eighth above that, hardly anything gains a page in 64 KiB.
    /// </summary>
    private const int Flat = (Sampled + (Sampled * (Sampled - 1) / 256)) * 9 / 8;

    /// <summary>Whether it may pay to encode this content.</summary>
    public static bool MayPay(ReadOnlySpan<byte> content)
    {
        if (content.Length < 2 * Sampled)
        {
            return true; // Too short for the sample to be cheaper than the attempt.
        }

        Span<ushort> counts = stackalloc ushort[256];
        counts.Clear();
        var step = (content.Length - PieceLength) / (Pieces - 1);
        for (var piece = 0; piece < Pieces; piece++)
        {
            foreach (var value in content.Slice(piece * step, PieceLength))
            {
                counts[value]++;
            }
        }

        return SumOfSquares(counts) > Flat;
    }

    private static int SumOfSquares(ReadOnlySpan<ushort> counts)
    {
        var sum = 0;
        foreach (var count in counts)
        {
            sum += count * count;
        }

        return sum;
    }
}
