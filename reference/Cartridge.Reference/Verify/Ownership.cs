namespace Cartridge.Reference;

/// <summary>Consecutive pages of one owner.</summary>
internal readonly record struct OwnedRun(ulong Page, uint Pages, string Owner);

/// <summary>Which pages a state reaches, and, if asked for, for whom.</summary>
internal sealed class Ownership(bool collectOwners)
{
    private readonly List<OwnedRun>? _owners = collectOwners ? [] : null;

    public PageSet Reached { get; private init; } = new();

    /// <summary>The owners in the order in which they were found; empty unless asked for.</summary>
    public IReadOnlyList<OwnedRun> Owners => _owners ?? [];

    /// <summary>What is owned so far, for going on in two ways.</summary>
    public Ownership Copy() => new(collectOwners: false) { Reached = Reached.Copy() };

    /// <summary>Gives pages to an owner.</summary>
    /// <param name="first">The first page.</param>
    /// <param name="pages">How many.</param>
    /// <param name="owner">Named by its text, which is made only when it is wanted.</param>
    /// <param name="c">Where faults go.</param>
    /// <returns>
    /// Whether all of them were nobody's. Others are not to be followed, whether the check is on or not: that is what bounds
    /// the work, however a file is knotted.
    /// </returns>
    public bool Claim(ulong first, uint pages, object owner, Checker c)
    {
        if (first >= (ulong)Format.MaxBlocks)
        {
            return false; // Only where the check of ranges is switched off.
        }

        var end = first + pages;
        var taken = first;
        while (taken < end && Reached.Add(taken))
        {
            taken++;
        }

        // "Within one state every block MUST have at most one owner: a node, or one place in one run of one blob."
        _ = c.Skips(PageRule.OneOwner) || taken == end
            || c.Fault(PageRule.OneOwner, Place.Of(taken), $"the page has two owners; the second is {owner}");
        if (taken > first)
        {
            _owners?.Add(new OwnedRun(first, (uint)(taken - first), owner.ToString()!));
        }

        return taken == end;
    }

    /// <summary>Gives those pages to an owner that are nobody's yet: trees of snapshots share theirs.</summary>
    public void Share(ulong first, uint pages, object owner)
    {
        var from = first;
        for (var page = first; page < first + pages && page < (ulong)Format.MaxBlocks; page++)
        {
            if (!Reached.Add(page))
            {
                Note(from, page, owner);
                from = page + 1;
            }
        }

        Note(from, first + pages, owner);
    }

    private void Note(ulong from, ulong end, object owner)
    {
        if (from < end)
        {
            _owners?.Add(new OwnedRun(from, (uint)(end - from), owner.ToString()!));
        }
    }

    /// <summary>Gives all pages of a blob to an owner.</summary>
    public bool Claim(BlobReference blob, object owner, Checker c)
    {
        var all = true;
        foreach (var run in blob.Runs)
        {
            all &= Claim(run.Page, run.Pages, owner, c);
        }

        return all;
    }
}
