using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>The simulated disk itself: what it remembers, and what it says could be left after a power failure.</summary>
public class RecordingDiskTests
{
    private static readonly byte[] Old = Page(1);
    private static readonly byte[] New = Page(2);

    [Fact]
    public void A_sync_makes_everything_before_it_durable()
    {
        var disk = new RecordingDisk([]);
        using var handle = disk.Open();
        handle.SetLength(2 * Format.PageSize);
        handle.Write(0, New);
        handle.Sync();
        handle.Write(Format.PageSize, Old);

        Assert.Equal(["length 8192", "write 4096 at 0", "sync", "write 4096 at 4096"], disk.Log.Select(operation => operation.ToString()));
        Assert.Equal([0, 1, 2, 0, 1], disk.States().Select(state => state.Unsynced.Count));
        Assert.Equal([.. New, .. new byte[Format.PageSize]], disk.StateAfter(3).Durable);
        Assert.Equal([.. New, .. Old], disk.StateAfter(4).Visible());
        Assert.Equal(disk.ToArray(), disk.StateAfter(4).Visible());
    }

    [Fact]
    public void Two_writes_give_every_subset_and_every_tear()
    {
        var disk = new RecordingDisk([.. Old, .. Old]);
        using var handle = disk.Open();
        handle.Write(0, New);
        handle.Write(Format.PageSize, New);
        var state = disk.StateAfter(2);
        var images = PowerLoss.Fates(state, seed: 1).Select(state.Image).Select(Convert.ToHexString).ToHashSet();

        // Four subsets; either write torn in four ways, with the other one there or not.
        Assert.Equal(4 + (2 * 4 * 2), images.Count);
        Assert.Contains(Convert.ToHexString([.. Old, .. New]), images);
        Assert.Contains(Convert.ToHexString([.. New.Take(2048), .. Old.Skip(2048), .. Old]), images);
    }

    [Fact]
    public void A_single_page_is_torn_in_every_way()
    {
        var disk = new RecordingDisk(Old);
        using var handle = disk.Open();
        handle.Write(0, New);
        var state = disk.StateAfter(1);

        // Any of 8 sectors, and noise.
        Assert.Equal(256 + 1, PowerLoss.Fates(state, seed: 1).Select(state.Image).Select(Convert.ToHexString).Distinct().Count());
    }

    [Fact]
    public void A_length_may_be_lost_while_later_writes_arrive()
    {
        var disk = new RecordingDisk(Old);
        using var handle = disk.Open();
        handle.SetLength(8 * Format.PageSize);
        handle.Write(2 * Format.PageSize, New);
        var state = disk.StateAfter(2);
        var images = PowerLoss.Fates(state, seed: 1).Select(state.Image).ToList();

        Assert.Contains(images, image => image.Length == Format.PageSize);
        Assert.Contains(images, image => image.AsSpan().SequenceEqual([.. Old, .. new byte[Format.PageSize], .. New]));
        Assert.Contains(images, image => image.Length == 8 * Format.PageSize && !image.AsSpan(Format.PageSize).ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void Many_writes_give_prefixes_single_losses_and_a_sample()
    {
        const int Count = 9;
        var disk = new RecordingDisk(new byte[Count * Format.PageSize]);
        using var handle = disk.Open();
        for (var i = 0; i < Count; i++)
        {
            handle.Write(i * Format.PageSize, New);
        }

        var state = disk.StateAfter(Count);
        var whole = PowerLoss.Fates(state, seed: 1)
            .Where(fates => fates.All(fate => fate == Fate.Arrived || fate == Fate.Lost))
            .Select(fates => string.Concat(fates.Select(fate => fate == Fate.Arrived ? '1' : '0'))).ToList();
        Assert.Equal(Count + 1 + Count + PowerLoss.SeededSubsets, whole.Count);
        Assert.Contains("111100000", whole);
        Assert.Contains("111101111", whole);
        Assert.Equal(whole, PowerLoss.Fates(state, seed: 1)
            .Where(fates => fates.All(fate => fate == Fate.Arrived || fate == Fate.Lost))
            .Select(fates => string.Concat(fates.Select(fate => fate == Fate.Arrived ? '1' : '0'))));
    }

    [Fact]
    public void The_power_fails_where_it_is_told_to()
    {
        var disk = new RecordingDisk(Old) { StopAfter = 1 };
        using var handle = disk.Open();
        handle.Write(0, New);
        Assert.Throws<PowerFailureException>(handle.Sync);
        Assert.Equal(1, handle.Read(0, new byte[1]));
        Assert.Single(disk.Log);
    }

    [Fact]
    public void A_killed_program_leaves_its_writes_visible_but_not_durable()
    {
        var disk = new RecordingDisk(Old);
        disk.Open().Write(0, New);
        var after = new RecordingDisk(disk.StateAfter(1));
        Assert.Equal(New, after.ToArray());
        Assert.Equal(Old, after.StateAfter(1).Durable);
        after.Open().Sync();
        Assert.Equal(New, after.StateAfter(2).Durable);
    }

    [Fact]
    public void Locks_belong_to_handles_and_end_with_them()
    {
        var disk = new RecordingDisk(Old);
        using var one = disk.Open();
        using (var two = disk.Open())
        {
            Assert.True(two.Locks.TryLockWriter());
            Assert.True(two.Locks.TryLockWriter());
            Assert.False(one.Locks.TryLockWriter());
            two.Locks.Pin(7);
            two.Locks.Pin(5);
            two.Locks.Pin(5);
            Assert.Equal(5ul, one.Locks.OldestPin(9));
            Assert.Null(one.Locks.OldestPin(4));
            Assert.Null(two.Locks.OldestPin(9));
            two.Locks.Unpin(5);
            Assert.Equal(7ul, one.Locks.OldestPin(9));
        }

        Assert.Null(one.Locks.OldestPin(9));
        Assert.True(one.Locks.TryLockWriter());
    }

    [Theory]
    [InlineData(MediumCall.Read)]
    [InlineData(MediumCall.Write)]
    [InlineData(MediumCall.Sync)]
    [InlineData(MediumCall.SetLength)]
    public void A_failing_medium_refuses_the_call_it_was_told_to(MediumCall call)
    {
        using var medium = new FailingMedium(new RecordingDisk(Old).Open());
        Action once = call switch
        {
            MediumCall.Read => () => medium.Read(0, new byte[1]),
            MediumCall.Write => () => medium.Write(0, [1, 2]),
            MediumCall.Sync => medium.Sync,
            _ => () => medium.SetLength(5000),
        };
        medium.Fail(call, 2, lasting: false);
        once();
        Assert.Throws<IOException>(once);
        once();
        Assert.Equal(3, medium.Count(call));
        medium.Fail(call, 1, lasting: true);
        Assert.Throws<IOException>(once);
        Assert.Throws<IOException>(once);
        Assert.True(medium.HasFailed);
    }

    [Theory]
    [InlineData(CommitSync.OfPredecessor, 0)]
    [InlineData(CommitSync.BeforeRecord, 1)]
    [InlineData(CommitSync.AfterRecord, 2)]
    public void A_careless_medium_swallows_one_sync_of_three(CommitSync skipped, int which)
    {
        var disk = new RecordingDisk(new byte[5 * Format.PageSize]);
        using var medium = new CarelessMedium(disk.Open(), skipped);
        foreach (var page in new[] { 1, 3, 2 })
        {
            medium.Write(page * Format.PageSize, New);
            medium.Sync();
        }

        var syncs = disk.StateAfter(disk.Log.Count).Unsynced.Count;
        Assert.Equal(5, disk.Log.Count);
        Assert.IsType<DiskOperation.Write>(disk.Log[(2 * which) + 1 < 5 ? (2 * which) + 1 : 4]);
        Assert.Equal(which == 2 ? 1 : 0, syncs);
        Assert.Equal(1, medium.Skipped);
    }

    private static byte[] Page(byte seed)
    {
        var page = new byte[Format.PageSize];
        for (var i = 0; i < page.Length; i++)
        {
            page[i] = (byte)(seed + (i / Fate.SectorSize) * 16 + i % 3);
        }

        return page;
    }
}
