namespace Cartridge.Reference;

/// <summary>Holds the free map and the count of free blocks against what the state reaches (spec/09-space.md).</summary>
internal static class SpaceCheck
{
    /// <summary>Checks a map that was read without fault.</summary>
    public static void WithMap(JudgedState state, IReadOnlyList<FreeExtent> map, Checker c)
    {
        var (record, reached) = (state.Record, state.Owners.Reached);
        var sum = map.Aggregate(0UL, (sum, extent) => sum + extent.Length);
        c.Subject = "free map";

        // "If there is a map, free blocks MUST be the sum of the lengths of its extents."
        _ = c.Skips(SpaceRule.MapSum) || record.FreeBlocks == sum
            || c.Fault(SpaceRule.MapSum, CountPlace(record), $"the record counts {record.FreeBlocks} free blocks, its map lists {sum}");

        // "A block MUST NOT be both reached by the state and in the map."
        foreach (var (from, end) in map.SelectMany(extent => reached.Runs(extent.Start, extent.End)))
        {
            _ = c.Skips(SpaceRule.FreeIsUnreached)
                || c.Fault(SpaceRule.FreeIsUnreached, Place.Of(from), $"{Blocks(from, end)} in use, and free in the map");
        }

        if (!state.IsWhole)
        {
            return; // What a damaged part reaches cannot be known.
        }

        // "If there is a map, every block from 3 on MUST be reached or in the map."
        foreach (var (from, end) in Unlisted(map, record.TotalBlocks).SelectMany(gap => reached.Gaps(gap.From, gap.End)))
        {
            _ = c.Skips(SpaceRule.NoLeak)
                || c.Fault(SpaceRule.NoLeak, Place.Of(from), $"{Blocks(from, end)} neither in use nor free");
        }
    }

    /// <summary>Checks the count of free blocks of a record without a map.</summary>
    public static void WithoutMap(JudgedState state, Checker c)
    {
        if (!state.IsWhole)
        {
            return;
        }

        var record = state.Record;
        var unreached = state.Owners.Reached.Gaps(Format.FirstFreeBlock, record.TotalBlocks).Aggregate(0UL, (sum, gap) => sum + (gap.End - gap.From));
        c.Subject = null;

        // "If there is none, free blocks MUST be total blocks - 3 less the number of blocks that the state reaches."
        _ = c.Skips(SpaceRule.UnreachedSum) || record.FreeBlocks == unreached
            || c.Fault(SpaceRule.UnreachedSum, CountPlace(record), $"the record counts {record.FreeBlocks} free blocks; the state leaves {unreached}");
    }

    /// <summary>Checks the stamps of the blocks that the older state reaches and the newest does not.</summary>
    public static void OlderState(CommitRecord newest, IReadOnlyList<FreeExtent> map, PageSet olderOnly, Checker c)
    {
        c.Subject = "free map";
        var stale = map
            .Where(extent => extent.FreedIn != newest.Generation)
            .SelectMany(extent => olderOnly.Runs(extent.Start, extent.End))
            .Concat(olderOnly.Runs(newest.TotalBlocks, ulong.MaxValue));

        // "if there is a map, the block MUST be in it with that stamp." One that is in no extent at all has leaked, see above.
        foreach (var (from, end) in stale)
        {
            _ = c.Skips(SpaceRule.OlderState)
                || c.Fault(SpaceRule.OlderState, Place.Of(from), $"{Blocks(from, end)} still part of the older state, and not free since generation {newest.Generation} in the map");
        }
    }

    /// <summary>What the map does not list, from block 3 up to the end.</summary>
    private static IEnumerable<(ulong From, ulong End)> Unlisted(IReadOnlyList<FreeExtent> map, ulong total)
    {
        var next = (ulong)Format.FirstFreeBlock;
        foreach (var extent in map)
        {
            if (next < extent.Start)
            {
                yield return (next, extent.Start);
            }

            next = Math.Max(next, extent.End);
        }

        if (next < total)
        {
            yield return (next, total);
        }
    }

    private static Place CountPlace(CommitRecord record) => new(CommitRecord.PageOf(record.Generation), CommitFieldLocations.FreeBlocks);

    private static string Blocks(ulong from, ulong end) => end - from == 1 ? $"block {from} is" : $"blocks {from} to {end - 1} are";
}
