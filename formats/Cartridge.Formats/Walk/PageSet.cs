using System.Numerics;

namespace Cartridge.Formats.Walk;

/// <summary>
/// A set of page numbers. Its size goes with the pages that are in it and not with the greatest of them, which a hostile file chooses.
/// </summary>
internal sealed class PageSet
{
    private const int BitsPerWord = 64;
    private const int WordsPerBlock = 64;
    private const int BitsPerBlock = BitsPerWord * WordsPerBlock;

    private readonly Dictionary<ulong, ulong[]> _blocks = [];

    /// <summary>How many pages are in the set.</summary>
    internal ulong Count { get; private set; }

    /// <summary>Puts a page into the set.</summary>
    /// <returns>Whether it was not there yet.</returns>
    internal bool Add(ulong page)
    {
        (ulong block, int word, ulong bit) = Place(page);
        if (!_blocks.TryGetValue(block, out ulong[]? words))
        {
            _blocks[block] = words = new ulong[WordsPerBlock];
        }

        if ((words[word] & bit) != 0)
        {
            return false;
        }

        words[word] |= bit;
        Count++;
        return true;
    }

    /// <summary>Puts pages into the set that follow each other.</summary>
    internal void AddAll(ulong first, ulong count)
    {
        for (ulong page = first; page < first + count; page++)
        {
            Add(page);
        }
    }

    internal bool Contains(ulong page)
    {
        (ulong block, int word, ulong bit) = Place(page);
        return _blocks.TryGetValue(block, out ulong[]? words) && (words[word] & bit) != 0;
    }

    /// <summary>All pages of the set, ascending.</summary>
    internal IEnumerable<ulong> InOrder()
    {
        foreach (ulong block in _blocks.Keys.Order())
        {
            for (int word = 0; word < WordsPerBlock; word++)
            {
                for (ulong left = _blocks[block][word]; left != 0; left &= left - 1)
                {
                    yield return block * BitsPerBlock + (ulong)(word * BitsPerWord + BitOperations.TrailingZeroCount(left));
                }
            }
        }
    }

    private static (ulong Block, int Word, ulong Bit) Place(ulong page) =>
        (page / BitsPerBlock, (int)(page % BitsPerBlock / BitsPerWord), 1UL << (int)(page % BitsPerWord));
}
