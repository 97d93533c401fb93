using Cartridge.Reference;

namespace Cartridge.Testing;

/// <summary>
/// What may be on a disk after a power failure. With at most <see cref="AllSubsetsUpTo"/> unsynced operations these are all subsets
/// of them; with more, every prefix, every loss of a single one, and <see cref="SeededSubsets"/> subsets drawn from a seed. Each of
/// these also with one of its writes torn, and a single write of one page, as that of a commit record is, torn in every way.
/// </summary>
public static class PowerLoss
{
    /// <summary>Up to so many operations every subset is looked at.</summary>
    public const int AllSubsetsUpTo = 6;

    /// <summary>Beyond that so many subsets are drawn.</summary>
    public const int SeededSubsets = 64;

    /// <summary>What may have become of the unsynced operations of a state.</summary>
    /// <param name="state">The disk when the power failed.</param>
    /// <param name="seed">For what is drawn.</param>
    /// <returns>For each possibility, one fate for each unsynced operation.</returns>
    public static IEnumerable<Fate[]> Fates(DiskState state, int seed)
    {
        var random = new Random(seed);
        var unsynced = state.Unsynced;
        if (unsynced.Count == 1 && unsynced[0] is DiskOperation.Write { Bytes.Length: Format.PageSize })
        {
            return [[Fate.Lost], [Fate.Arrived], .. Fate.EveryTornPage.Select(fate => new[] { fate })];
        }

        return unsynced.Count <= AllSubsetsUpTo
            ? Subsets(unsynced.Count).SelectMany(subset => Torn(unsynced, subset, _ => true))
            : Sample(unsynced.Count, random).SelectMany(subset =>
            {
                var torn = random.Next(unsynced.Count);
                return Torn(unsynced, subset, i => i == torn);
            });
    }

    /// <summary>One possibility, drawn.</summary>
    /// <param name="state">The disk when the power failed.</param>
    /// <param name="random">Draws.</param>
    /// <returns>One fate for each unsynced operation.</returns>
    public static Fate[] Draw(DiskState state, Random random)
    {
        var cut = random.Next(state.Unsynced.Count + 1);
        Func<int, bool> arrives = random.Next(3) switch
        {
            0 => i => i < cut,
            1 => i => i != cut,
            _ => _ => random.Next(2) == 0,
        };
        return [.. state.Unsynced.Select((operation, i) =>
            !arrives(i) ? Fate.Lost
            : operation is DiskOperation.Write && random.Next(4) == 0 ? Fate.Torn[random.Next(Fate.Torn.Count)]
            : Fate.Arrived)];
    }

    /// <summary>Fates on one line, for messages.</summary>
    /// <param name="state">The disk when the power failed.</param>
    /// <param name="fates">One for each unsynced operation.</param>
    public static string Describe(DiskState state, IReadOnlyList<Fate> fates) =>
        string.Join(", ", state.Unsynced.Select((operation, i) => $"{operation}: {fates[i]}"));

    private static IEnumerable<Fate[]> Subsets(int count) =>
        Enumerable.Range(0, 1 << count).Select(bits => Choose(count, i => (bits >> i & 1) == 1));

    private static IEnumerable<Fate[]> Sample(int count, Random random)
    {
        for (var length = 0; length <= count; length++)
        {
            yield return Choose(count, i => i < length);
        }

        for (var lost = 0; lost < count; lost++)
        {
            yield return Choose(count, i => i != lost);
        }

        for (var n = 0; n < SeededSubsets; n++)
        {
            yield return Choose(count, _ => random.Next(2) == 0);
        }
    }

    private static Fate[] Choose(int count, Func<int, bool> arrives) =>
        [.. Enumerable.Range(0, count).Select(i => arrives(i) ? Fate.Arrived : Fate.Lost)];

    /// <summary>The subset itself, then the same with one of the chosen writes torn.</summary>
    private static IEnumerable<Fate[]> Torn(IReadOnlyList<DiskOperation> unsynced, Fate[] subset, Func<int, bool> chosen)
    {
        yield return subset;
        for (var i = 0; i < subset.Length; i++)
        {
            if (unsynced[i] is not DiskOperation.Write || subset[i] == Fate.Lost || !chosen(i))
            {
                continue;
            }

            foreach (var tear in Fate.Torn)
            {
                var fates = (Fate[])subset.Clone();
                fates[i] = tear;
                yield return fates;
            }
        }
    }
}
