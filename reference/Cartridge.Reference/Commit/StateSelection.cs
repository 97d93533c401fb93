namespace Cartridge.Reference;

/// <summary>
/// Which of the two records is the state. Only what makes a record verify is judged here: whatever else is wrong with the
/// chosen one is a fault of the state, and never a reason to fall back to the older (CART-COM-103). What keeps a record from
/// verifying is a warning (CART-COM-101).
/// </summary>
/// <param name="NewestPage">The page of the state's record: 1 or 2.</param>
/// <param name="Newest">The bytes of that page.</param>
/// <param name="Older">The bytes of the other page, if it verifies too.</param>
internal sealed record StateSelection(int NewestPage, byte[] Newest, byte[]? Older)
{
    /// <summary>How often a reader looks again; a commit takes many times as long as reading two pages.</summary>
    private const int MaxTurns = 1000;

    public int OlderPage => 3 - NewestPage;

    public static StateSelection? Choose(IMedium medium, Identity identity, Checker c)
    {
        var pages = ReadPages(medium);
        bool[] valid = [.. pages.Select((page, i) => CommitRecord.Verifies(page, i + 1, identity, Severity.Warning, c))];
        if (!(c.Skips(CommitRule.AnyValid) || valid[0] || valid[1]
            || c.Fault(CommitRule.AnyValid, new(1), "neither commit record verifies")))
        {
            return null;
        }

        if (!valid[0] && !valid[1])
        {
            return null;
        }

        if (!(valid[0] && valid[1]))
        {
            var only = valid[0] ? 0 : 1;
            return new StateSelection(only + 1, pages[only], null);
        }

        var (even, odd) = (CommitRecord.GenerationOf(pages[0]), CommitRecord.GenerationOf(pages[1]));
        var newest = even > odd ? 0 : 1;
        if (!(c.Skips(CommitRule.Consecutive) || Math.Max(even, odd) - Math.Min(even, odd) == 1
            || c.Fault(CommitRule.Consecutive, new(newest + 1, CommitFieldLocations.Generation), $"generations {even} and {odd} do not follow each other")))
        {
            return null;
        }

        return new StateSelection(newest + 1, pages[newest], pages[1 - newest]);
    }

    /// <summary>
    /// Reads both records as they were at one moment: a writer in another process may publish between, or while, they are
    /// read. Two readings that agree are of one moment, for no record is ever written twice with other neighbours (CART-LIF-132).
    /// </summary>
    private static byte[][] ReadPages(IMedium medium)
    {
        var (seen, again) = (ReadOnce(medium), ReadOnce(medium));
        for (var turns = 0; turns < MaxTurns && !(seen[0].AsSpan().SequenceEqual(again[0]) && seen[1].AsSpan().SequenceEqual(again[1])); turns++)
        {
            (seen, again) = (again, ReadOnce(medium));
        }

        return again;
    }

    private static byte[][] ReadOnce(IMedium medium)
    {
        byte[][] pages = [new byte[Format.PageSize], new byte[Format.PageSize]];
        Pages.ReadRaw(medium, 1, pages[0]);
        Pages.ReadRaw(medium, 2, pages[1]);
        return pages;
    }
}
