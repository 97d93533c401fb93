using System.Numerics;

namespace Cartridge.Reference;

/// <summary>
/// A set of pages, one bit each. Bits stand in blocks that exist only where something was added, so a container whose
/// length is mostly a claim costs nothing.
/// </summary>
internal sealed class PageSet
{
    private const int BitsPerWord = 64;
    private const int WordsPerBlock = 64;
    private const ulong BitsPerBlock = BitsPerWord * WordsPerBlock;

    private readonly Dictionary<ulong, ulong[]> _blocks = [];
    private ulong[]? _order;

    /// <summary>Adds a page.</summary>
    /// <returns>False if it was there already.</returns>
    public bool Add(ulong page)
    {
        var (block, bit) = (page / BitsPerBlock, (int)(page % BitsPerBlock));
        if (!_blocks.TryGetValue(block, out var words))
        {
            _blocks[block] = words = new ulong[WordsPerBlock];
            _order = null;
        }

        var mask = 1UL << (bit % BitsPerWord);
        var isNew = (words[bit / BitsPerWord] & mask) == 0;
        words[bit / BitsPerWord] |= mask;
        return isNew;
    }

    /// <summary>The same pages in a set of their own.</summary>
    public PageSet Copy()
    {
        var copy = new PageSet();
        foreach (var (block, words) in _blocks)
        {
            copy._blocks.Add(block, [.. words]);
        }

        return copy;
    }

    public bool Contains(ulong page) =>
        _blocks.TryGetValue(page / BitsPerBlock, out var words)
        && (words[(int)(page % BitsPerBlock) / BitsPerWord] & (1UL << (int)(page % BitsPerWord))) != 0;

    /// <summary>How many pages from one up to another are in the set.</summary>
    public ulong CountIn(ulong from, ulong end) => Runs(from, end).Aggregate(0UL, (sum, run) => sum + (run.End - run.From));

    /// <summary>The longest possible ranges of pages that are in the set, in order.</summary>
    public IEnumerable<(ulong From, ulong End)> Runs(ulong from, ulong end)
    {
        while ((from = NextIn(from, end)) < end)
        {
            var runEnd = NextOut(from, end);
            yield return (from, runEnd);
            from = runEnd;
        }
    }

    /// <summary>The longest possible ranges of pages that are not in the set, in order.</summary>
    public IEnumerable<(ulong From, ulong End)> Gaps(ulong from, ulong end)
    {
        while ((from = NextOut(from, end)) < end)
        {
            var gapEnd = NextIn(from, end);
            yield return (from, gapEnd);
            from = gapEnd;
        }
    }

    private ulong NextIn(ulong from, ulong end)
    {
        _order ??= [.. _blocks.Keys.Order()];
        var at = Array.BinarySearch(_order, from / BitsPerBlock);
        for (at = at >= 0 ? at : ~at; at < _order.Length; at++)
        {
            var first = _order[at] * BitsPerBlock;
            if (first >= end)
            {
                break;
            }

            var bit = FirstBit(_blocks[_order[at]], from > first ? (int)(from - first) : 0, wanted: true);
            if (bit < (int)BitsPerBlock)
            {
                return Math.Min(first + (ulong)bit, end);
            }
        }

        return end;
    }

    private ulong NextOut(ulong from, ulong end)
    {
        while (from < end && _blocks.TryGetValue(from / BitsPerBlock, out var words))
        {
            var first = from - (from % BitsPerBlock);
            var bit = FirstBit(words, (int)(from - first), wanted: false);
            from = first + (ulong)bit;
            if (bit < (int)BitsPerBlock)
            {
                break;
            }
        }

        return Math.Min(from, end);
    }

    /// <summary>The first bit from one on that is set, or not set; the number of bits if there is none.</summary>
    private static int FirstBit(ulong[] words, int from, bool wanted)
    {
        var mask = ulong.MaxValue << (from % BitsPerWord);
        for (var i = from / BitsPerWord; i < words.Length; i++, mask = ulong.MaxValue)
        {
            var word = (wanted ? words[i] : ~words[i]) & mask;
            if (word != 0)
            {
                return (i * BitsPerWord) + BitOperations.TrailingZeroCount(word);
            }
        }

        return (int)BitsPerBlock;
    }
}
