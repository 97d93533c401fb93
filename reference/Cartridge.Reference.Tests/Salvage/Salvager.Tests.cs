namespace Cartridge.Reference.Tests;

/// <summary>Salvage: each page destroyed in turn, each cut, several pages at once; what has to come back is computed from who owns which page.</summary>
public sealed class SalvagerTests
{
    private static readonly Lazy<Wreck> Fresh = new(() => new Wreck(Build(commits: false)));
    private static readonly Lazy<Wreck> Grown = new(() => new Wreck(Build(commits: true)));

    [Fact]
    public void A_sound_container_comes_back_whole_and_proven()
    {
        using var salvaged = Salvaged.From(Fresh.Value.Without([]));
        Fresh.Value.Judge(salvaged, new HashSet<int>(), hasHistory: false);
        Assert.True(salvaged.Report is { IsComplete: true, HasIdentity: true, Nameless: 0 }, salvaged.Report.ToString());
        Assert.Equal(Fresh.Value.Entries.Count, salvaged.Report.Whole);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whichever_page_is_zeroed_nothing_intact_is_lost(bool hasHistory)
    {
        var wreck = hasHistory ? Grown.Value : Fresh.Value;
        Assert.Contains(wreck.Owners, owner => owner.StartsWith("catalog/1", StringComparison.Ordinal));
        Assert.Contains(wreck.Owners, owner => owner.StartsWith("content/1", StringComparison.Ordinal));
        for (var page = 0; page < wreck.Pages; page++)
        {
            HashSet<int> gone = [page];
            using var salvaged = Salvaged.From(wreck.Without(gone));
            wreck.Judge(salvaged, gone, hasHistory);
            var owner = page < wreck.Owners.Count ? wreck.Owners[page] : "free";
            if (owner is "identity" or "commit" or "free" or "map")
            {
                // Without the newest record all is there, and nothing proved; without anything else here, all is proved.
                Assert.Equal(page == wreck.NewestRecord, salvaged.Report.Unproven > 0);
                Assert.Equal(page == wreck.NewestRecord ? salvaged.Report.Whole + salvaged.Report.Partial : salvaged.Report.Whole, wreck.Entries.Count);
                Assert.Equal(0, salvaged.Report.Lost);
            }

            Assert.Equal(owner != "identity", salvaged.Report.HasIdentity);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Wherever_the_file_is_cut_nothing_before_the_cut_is_lost(bool hasHistory)
    {
        var wreck = hasHistory ? Grown.Value : Fresh.Value;
        for (var page = 2; page <= wreck.Pages; page++)
        {
            HashSet<int> gone = [.. Enumerable.Range(page, wreck.Pages - page)];
            using var salvaged = Salvaged.From(wreck.CutAt(page));
            wreck.Judge(salvaged, gone, hasHistory);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [DeepInlineData(5)]
    public void Several_destroyed_pages_cost_only_what_stood_on_them(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < (seed == 5 ? 2000 : 30); round++)
        {
            var hasHistory = random.Next(2) == 0;
            var wreck = hasHistory ? Grown.Value : Fresh.Value;

            // Metadata more often than chance would have it: that is where the difficulties are.
            var metadata = Enumerable.Range(0, wreck.Owners.Count).Where(page => !wreck.Owners[page].StartsWith("chunk:", StringComparison.Ordinal)).ToArray();
            HashSet<int> gone = [];
            for (var i = random.Next(1, 12); i > 0; i--)
            {
                gone.Add(random.Next(3) == 0 ? random.Next(wreck.Pages) : metadata[random.Next(metadata.Length)]);
            }

            using var salvaged = Salvaged.From(wreck.Without(gone));
            wreck.Judge(salvaged, gone, hasHistory);
        }
    }

    [Fact]
    public void Without_identity_and_records_all_is_found_by_what_the_pages_say_of_themselves()
    {
        HashSet<int> gone = [0, 1, 2];
        using var salvaged = Salvaged.From(Fresh.Value.Without(gone));
        Fresh.Value.Judge(salvaged, gone, hasHistory: false);
        Assert.Equal(Fresh.Value.Entries.Count, salvaged.Report.Whole);
        Assert.True(salvaged.Report is { HasIdentity: false, Generation: null }, salvaged.Report.ToString());
    }

    [Fact]
    public void What_was_deleted_does_not_come_back_while_the_tree_is_whole()
    {
        var medium = new MemoryMedium();
        using (var container = new CartridgeBuilder().Slug("x").Create(medium))
        {
            container.Write("deleted", Content(1, 9000));
            container.Write("kept", Content(2, 9000));
            container.Delete("deleted");
        }

        var bytes = new byte[medium.Length];
        medium.Read(0, bytes);
        var wreck = new Wreck(bytes);
        using (var salvaged = Salvaged.From(bytes))
        {
            Assert.Equal(["kept"], salvaged.Told.Keys);
        }

        // With the leaf gone, an older one still knows the path: told, but as what nothing proves.
        var leaf = wreck.Owners.FindIndex(owner => owner.StartsWith("catalog/0", StringComparison.Ordinal));
        using var damaged = Salvaged.From(wreck.Without([leaf]));
        Assert.All(damaged.Told.Values, entry => Assert.False(entry.IsProven));
        Assert.Contains("kept", damaged.Told.Keys);
        Assert.False(damaged.Report.IsComplete);
    }

    [Fact]
    public void A_content_whose_name_is_lost_is_kept_under_its_number()
    {
        var medium = new MemoryMedium();
        var content = Content(5, 200_000);
        using (var container = new CartridgeBuilder().Slug("x").Create(medium))
        {
            container.Write("file", content);
        }

        var bytes = new byte[medium.Length];
        medium.Read(0, bytes);
        var wreck = new Wreck(bytes);
        var id = wreck.Entries["file"].FileId;
        var leaf = wreck.Owners.FindIndex(owner => owner.StartsWith("catalog/0", StringComparison.Ordinal));
        using var salvaged = Salvaged.From(wreck.Without([leaf]));
        var entry = Assert.Single(salvaged.Told.Values);
        Assert.Equal(($"lost+found/{id}", SalvageOutcome.Whole, false, 1L), (entry.Path, entry.Outcome, entry.IsProven, salvaged.Report.Nameless));
        Assert.Equal(content, salvaged.Read(entry.Path));
    }

    [Theory]
    [InlineData(ContentChecksum.Crc32C)]
    [InlineData(ContentChecksum.Sha256)]
    public void The_checksum_is_known_without_the_identity_too(ContentChecksum checksum)
    {
        var medium = new MemoryMedium();
        using (var container = new CartridgeBuilder().Slug("x").Checksum(checksum).Create(medium))
        {
            container.Write("a", Content(1, 100_000));
            container.Write("b", Content(2, 5000));
        }

        var bytes = new byte[medium.Length];
        medium.Read(0, bytes);
        var wreck = new Wreck(bytes);
        HashSet<int> gone = [0, wreck.Owners.FindIndex(owner => owner == "chunk:b#0")];
        using var salvaged = Salvaged.From(wreck.Without(gone));
        wreck.Judge(salvaged, gone, hasHistory: false);
        Assert.Equal(SalvageOutcome.Whole, salvaged.Told["a"].Outcome);
    }

    [Fact]
    public void A_content_hash_proves_what_was_found_without_proof()
    {
        var medium = new MemoryMedium();
        using (var container = new CartridgeBuilder().Slug("x").Create(medium))
        {
            for (var i = 0; i < 120; i++)
            {
                container.Write($"f{i:d3}", Content(i, 5000), new EntryMetadata { RecordContentHash = i % 2 == 0 });
            }
        }

        var bytes = new byte[medium.Length];
        medium.Read(0, bytes);
        var wreck = new Wreck(bytes);
        var root = wreck.Owners.FindIndex(owner => owner.StartsWith("content/1", StringComparison.Ordinal));
        using var salvaged = Salvaged.From(wreck.Without([root]));
        Assert.Equal(120, salvaged.Report.Whole);
        Assert.All(salvaged.Told.Values, entry => Assert.Equal(int.Parse(entry.Path[1..], System.Globalization.CultureInfo.InvariantCulture) % 2 == 0, entry.IsProven));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(20_000)]
    public void What_has_nothing_of_a_container_is_refused_by_name(int length)
    {
        using var medium = Wreck.MemoryOf(Content(3, length));
        var error = Assert.Throws<CartridgeException>(() => Salvager.Salvage(medium, _ => throw new InvalidOperationException("nothing is to be made")));
        Assert.Equal(ErrorCode.NoValidCommit, error.Code);
    }

    internal static byte[] Content(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>All that a catalog can hold, in trees of two levels; in one commit, or in many with changes and deletions.</summary>
    private static byte[] Build(bool commits)
    {
        var medium = new MemoryMedium();
        var now = 1_700_000_000_000_000_000L;
        using (var container = new CartridgeBuilder().Slug("wreck").Title("A wreck").Clock(() => now += 1000).Create(medium))
        {
            using var transaction = commits ? null : container.BeginTransaction();
            for (var i = 0; i < 60; i++)
            {
                var metadata = new EntryMetadata { Mode = 0x180 + i, ChunkShift = 12, UserMetadata = new Dictionary<string, string> { ["n"] = $"{i}" } };
                container.Write($"{i:d3}-{new string('x', 900)}", Content(i, (i % 3 * 4096) + 700), metadata);
            }

            container.CreateDirectory("folder", new EntryMetadata { Mode = 0x1C0 });
            container.CreateSymbolicLink("link", "folder/elsewhere");
            container.Write("inline", "short"u8);
            container.Write("empty", []);
            container.WriteAt("sparse", 300_000, Content(99, 3000));
            container.Write("attributes", "x"u8, new EntryMetadata { ExtendedAttributes = new Dictionary<string, byte[]> { ["user.big"] = Content(7, 9000) } });
            if (commits)
            {
                for (var i = 0; i < 60; i += 7)
                {
                    container.Delete($"{i:d3}-{new string('x', 900)}");
                }

                for (var i = 1; i < 60; i += 9)
                {
                    if (container.FindEntry($"{i:d3}-{new string('x', 900)}") is { } entry)
                    {
                        container.WriteAt(entry.Path, 100, Content(i + 1000, 900));
                    }
                }

                container.Move("inline", "moved");
            }

            transaction?.Commit();
        }

        var bytes = new byte[medium.Length];
        medium.Read(0, bytes);
        return bytes;
    }
}
