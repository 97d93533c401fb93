using System.Numerics;
using Cartridge.Reference;

namespace Cartridge.Format1;

/// <summary>
/// Gives out blocks as version 0.2.7 does (spec/14-format-1.md, section 14.12): short contents take the lowest free blocks, long ones the
/// shortest run of free blocks that holds them, and a container that is too small doubles.
/// </summary>
internal sealed class BlockMap
{
    private const int BitsPerWord = 64;

    /// <summary>From this length in bytes on, a content is laid down in one run (CART-ONE-113).</summary>
    private const long LongContent = 256 << 10;

    private ulong[] _words = [];

    /// <summary>No word before this one has a free block.</summary>
    private int _lowest;

    /// <summary>Makes a map in which the fixed pages are given out, and there is nothing else.</summary>
    public BlockMap()
    {
        Extend(Layout.FixedPages);
        _ = Take(Enumerable.Range(0, Layout.FixedPages).Select(block => (ulong)block));
    }

    /// <summary>How many blocks there are.</summary>
    public ulong Total { get; private set; }

    /// <summary>How many of them are free.</summary>
    public ulong Free { get; private set; }

    /// <summary>How many blocks so many bytes take.</summary>
    public static ulong Count(long length) => ContentReader.Pages((ulong)length);

    /// <summary>Doubles the container until so many blocks are free (CART-ONE-112).</summary>
    /// <exception cref="CartridgeException"><c>limit.exceeded</c>: the old programs count no further.</exception>
    public void Reserve(ulong blocks)
    {
        while (Free < blocks)
        {
            var total = Math.Min(Total * 2, Layout.MaxBlocks);
            if (total == Total)
            {
                throw new CartridgeException(ErrorCode.LimitExceeded, $"A container of format 1 has at most {Layout.MaxBlocks} blocks.");
            }

            Extend(total);
        }
    }

    /// <summary>Gives out the blocks for so many bytes; there have to be enough of them.</summary>
    public ulong[] Allocate(long length)
    {
        var count = Count(length);
        return length >= LongContent && ShortestRun(count) is { } start ? Take(Range(start, count)) : Take(FreeBlocks().Take((int)count));
    }

    /// <summary>Takes blocks back.</summary>
    public void Release(IEnumerable<ulong> blocks)
    {
        foreach (var block in blocks)
        {
            var word = (int)(block / BitsPerWord);
            _words[word] &= ~(1UL << (int)(block % BitsPerWord));
            _lowest = Math.Min(_lowest, word);
            Free++;
        }
    }

    /// <summary>Forgets the blocks behind an end.</summary>
    public void Shrink(ulong total)
    {
        var words = new ulong[Words(total)];
        Array.Copy(_words, words, words.Length);
        for (var block = total; block < (ulong)words.Length * BitsPerWord; block++)
        {
            words[^1] &= ~(1UL << (int)(block % BitsPerWord));
        }

        _words = words;
        _lowest = Math.Min(_lowest, words.Length);
        Total = total;
        Free = total - (ulong)words.Sum(word => (long)BitOperations.PopCount(word));
    }

    /// <summary>The map as a container has it.</summary>
    public Allocator ToAllocator() => new([.. _words], [.. FreeRuns().Select(run => (run.Start, run.Start, run.Length))], (Total, Free), (Total, Free), (Total, Free));

    private static int Words(ulong total) => checked((int)((total + BitsPerWord - 1) / BitsPerWord));

    private static IEnumerable<ulong> Range(ulong start, ulong count)
    {
        for (var block = start; block < start + count; block++)
        {
            yield return block;
        }
    }

    private void Extend(ulong total)
    {
        Array.Resize(ref _words, Words(total));
        Free += total - Total;
        Total = total;
    }

    private ulong[] Take(IEnumerable<ulong> blocks)
    {
        ulong[] taken = [.. blocks];
        foreach (var block in taken)
        {
            _words[block / BitsPerWord] |= 1UL << (int)(block % BitsPerWord);
        }

        Free -= (ulong)taken.Length;
        while (_lowest < _words.Length && _words[_lowest] == ulong.MaxValue)
        {
            _lowest++;
        }

        return taken;
    }

    /// <summary>Free blocks from the lowest on.</summary>
    private IEnumerable<ulong> FreeBlocks()
    {
        for (var word = _lowest; word < _words.Length; word++)
        {
            for (var free = ~_words[word]; free != 0; free &= free - 1)
            {
                var block = ((ulong)word * BitsPerWord) + (ulong)BitOperations.TrailingZeroCount(free);
                if (block < Total)
                {
                    yield return block;
                }
            }
        }
    }

    /// <summary>Free blocks, neighbours together, in the order of their numbers.</summary>
    private IEnumerable<(ulong Start, ulong Length)> FreeRuns()
    {
        (ulong Start, ulong Length) run = default;
        foreach (var block in FreeBlocks())
        {
            if (run.Length > 0 && run.Start + run.Length == block)
            {
                run.Length++;
                continue;
            }

            if (run.Length > 0)
            {
                yield return run;
            }

            run = (block, 1);
        }

        if (run.Length > 0)
        {
            yield return run;
        }
    }

    /// <summary>Where the shortest run of at least so many free blocks starts; of several, the first.</summary>
    private ulong? ShortestRun(ulong count)
    {
        (ulong Start, ulong Length)? best = null;
        foreach (var run in FreeRuns().Where(run => run.Length >= count))
        {
            best = best is null || run.Length < best.Value.Length ? run : best;
        }

        return best?.Start;
    }
}
