namespace Cartridge.Reference.Tests;

/// <summary>Salvage of snapshots: each page destroyed in turn, each cut; what has to come back is computed from who owns which page of the snapshot.</summary>
public sealed class SalvagerSnapshotTests
{
    private static readonly byte[] Bytes = Build();
    private static readonly Dictionary<string, Wreck> Wrecks = new[] { "first", "second" }.ToDictionary(name => name, name => new Wreck(Bytes, name));

    public static TheoryData<string> Names { get; } = ["first", "second"];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_snapshot_of_a_sound_container_comes_back_whole_and_proven(string name)
    {
        using var salvaged = Salvaged.From(Bytes, new SalvageOptions { Snapshot = name });
        Wrecks[name].Judge(salvaged, new HashSet<int>(), hasHistory: false);
        Assert.True(salvaged.Report is { IsComplete: true, Nameless: 0 }, salvaged.Report.ToString());
        Assert.Equal(Wrecks[name].Entries.Count, salvaged.Report.Whole);
        Assert.Equal(["first", "second"], salvaged.Report.Snapshots);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Whichever_page_is_zeroed_nothing_intact_of_a_snapshot_is_lost(string name)
    {
        var wreck = Wrecks[name];
        var systemPages = 0;
        for (var page = 0; page < wreck.Pages; page++)
        {
            HashSet<int> gone = [page];
            var broken = wreck.Without(gone);
            var owner = page < wreck.Owners.Count ? wreck.Owners[page] : "free";
            if (owner.StartsWith("system/", StringComparison.Ordinal))
            {
                systemPages++;
                AtMostUnproven(broken, wreck, name, gone);
                continue;
            }

            using var salvaged = Salvaged.From(broken, new SalvageOptions { Snapshot = name });
            wreck.Judge(salvaged, gone, hasHistory: true);
            if (owner is "identity" or "free" or "map")
            {
                Assert.Equal((wreck.Entries.Count, 0L), ((int)salvaged.Report.Whole, salvaged.Report.Unproven));
            }
        }

        Assert.Equal(1, systemPages);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Wherever_the_file_is_cut_nothing_of_a_snapshot_before_the_cut_is_lost(string name)
    {
        var wreck = Wrecks[name];
        for (var page = 3; page <= wreck.Pages; page++)
        {
            HashSet<int> gone = [.. Enumerable.Range(page, wreck.Pages - page)];
            AtMostUnproven(wreck.CutAt(page), wreck, name, gone);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Without_identity_and_records_a_snapshot_is_found_by_its_own_record(string name)
    {
        HashSet<int> gone = [0, 1, 2];
        using var salvaged = Salvaged.From(Wrecks[name].Without(gone), new SalvageOptions { Snapshot = name });
        Wrecks[name].Judge(salvaged, gone, hasHistory: true);
        Assert.Equal(Wrecks[name].Entries.Count, salvaged.Report.Whole + salvaged.Report.Partial);
        Assert.Equal(salvaged.Report.Whole + salvaged.Report.Partial, salvaged.Report.Unproven);
    }

    [Fact]
    public void A_snapshot_that_is_not_there_is_named()
    {
        using var medium = Wreck.MemoryOf(Bytes);
        var error = Assert.Throws<CartridgeException>(() => Salvager.Salvage(medium, _ => throw new InvalidOperationException("nothing is to be made"), new SalvageOptions { Snapshot = "third" }));
        Assert.Equal((ErrorCode.NotFound, true), (error.Code, error.Message.Contains("third", StringComparison.Ordinal)));
    }

    /// <summary>Without the page of the snapshot's record, an older one may lead to it, and prove nothing; or there is none.</summary>
    private static void AtMostUnproven(byte[] broken, Wreck wreck, string name, HashSet<int> gone)
    {
        try
        {
            using var salvaged = Salvaged.From(broken, new SalvageOptions { Snapshot = name });
            wreck.Judge(salvaged, gone, hasHistory: true);
        }
        catch (CartridgeException e) when (e.Code == ErrorCode.NotFound)
        {
            Assert.Contains(gone, page => page < wreck.Owners.Count && wreck.Owners[page].StartsWith("system/", StringComparison.Ordinal));
        }
    }

    /// <summary>Two snapshots that share some, and a current state that has changed most of it.</summary>
    private static byte[] Build()
    {
        using var medium = new MemoryMedium();
        var now = 1_700_000_000_000_000_000L;
        using (var container = new CartridgeBuilder().Slug("wreck").Clock(() => now += 1000).Create(medium))
        {
            Change(container, seed: 1, every: 1);
            container.CreateSnapshot("first");
            Change(container, seed: 2, every: 3);
            container.Delete(PathOf(4));
            container.CreateSnapshot("second");
            Change(container, seed: 3, every: 2);
            container.DeleteTree("folder");
        }

        return medium.ToArray();
    }

    private static void Change(CartridgeFile container, int seed, int every)
    {
        using var transaction = container.BeginTransaction();
        for (var i = 0; i < 12; i += every)
        {
            container.Write(PathOf(i), SalvagerTests.Content((100 * seed) + i, (i % 3 * 4096) + 700), new EntryMetadata { Mode = 0x180, ChunkShift = 12 });
        }

        container.Write($"folder/{seed}", "short"u8);
        transaction.Commit();
    }

    private static string PathOf(int i) => $"{i:d3}-{new string('x', 900)}";
}
