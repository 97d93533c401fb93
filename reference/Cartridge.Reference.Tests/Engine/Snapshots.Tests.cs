using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>Snapshots: what they keep, what they cost, and what of them is freed when.</summary>
public sealed class SnapshotsTests
{
    private static readonly OpenOptions Deferred = new() { Durability = Durability.Deferred };

    [Fact]
    public void A_snapshot_costs_the_same_among_ten_files_and_a_hundred_thousand()
    {
        long Cost(int files)
        {
            using var memory = new MemoryMedium();
            Fill(memory, files);
            var medium = new CountingMedium(memory);
            using var container = CartridgeFile.Open(medium);
            medium.Reset();
            container.CreateSnapshot("s");
            Assert.InRange(medium.PagesRead, 0, 2);
            return medium.PagesWritten;
        }

        // A leaf of the system tree, and the record.
        Assert.Equal((2, 2), (Cost(10), Cost(100_000)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20)]
    public void A_comparison_reads_what_differs(int changes)
    {
        const int Files = 20_000;
        using var memory = new MemoryMedium();
        Fill(memory, Files);
        int height;
        using (var container = CartridgeFile.Open(memory))
        {
            container.CreateSnapshot("a");
            using var transaction = container.BeginTransaction();
            for (var i = 0; i < changes; i++)
            {
                container.Write(PathOf(i * (Files / 20)), "another content"u8);
            }

            transaction.Commit();
            container.CreateSnapshot("b");
            var statistics = container.GetStatistics();
            height = statistics.CatalogHeight + statistics.ContentHeight;
        }

        var medium = new CountingMedium(memory);
        using var reader = CartridgeFile.Open(medium, new OpenOptions { ReadOnly = true, CacheBytes = 0 });
        medium.Reset();
        var differences = reader.Diff("a", "b").ToList();
        Assert.Equal(changes, differences.Count);
        Assert.All(differences, difference => Assert.Equal((DifferenceKind.Changed, true), (difference.Kind, difference.ContentChanged)));

        // Both sides of each path that differs, and the leaf of the system tree for either name.
        Assert.InRange(medium.PagesRead, 0, (2 * height * changes) + 4);
    }

    [Fact]
    public void Restoring_puts_entries_and_content_back_and_leaves_ids_title_and_snapshots()
    {
        using var medium = new MemoryMedium();
        using var container = new CartridgeBuilder().Slug("x").Create(medium);
        container.Write("file", Bytes(1));
        container.Write("gone", "g"u8);
        var first = container.CreateSnapshot("first");
        Assert.Equal(("first", 1UL, container.Generation, 2UL, true), (first.Name, first.Id, first.Generation, first.Entries, first.IsBase));
        container.Write("file", Bytes(2));
        container.Delete("gone");
        container.Title = "Later";
        container.CreateSnapshot("second");
        container.Write("new", "n"u8);
        var lastId = container.GetEntry("new").FileId;

        container.RestoreSnapshot("first");
        Assert.Equal(["file", "gone"], container.List().Select(entry => entry.Path));
        Assert.Equal(Bytes(1), container.Read("file"));
        Assert.Equal(("Later", 2UL), (container.Title, container.EntryCount));
        Assert.Equal([("first", true), ("second", false)], container.Snapshots.Select(snapshot => (snapshot.Name, snapshot.IsBase)));
        container.Write("newer", "n"u8);
        Assert.InRange(container.GetEntry("newer").FileId, lastId + 1, ulong.MaxValue);
        Assert.Equal(3UL, container.CreateSnapshot("third").Id);

        container.RestoreSnapshot("second");
        Assert.Equal(Bytes(2), container.Read("file"));
        Assert.False(container.Exists("newer"));
        using var third = container.OpenSnapshot("third");
        Assert.Equal("n"u8, third.Read("newer"));
        Clean(medium);
    }

    [Fact]
    public void What_only_a_deleted_snapshot_held_is_free_again()
    {
        using var medium = new MemoryMedium();
        using var container = new CartridgeBuilder().Slug("x").Create(medium);
        container.Write("file", Bytes(1));
        var used = container.TotalBlocks - container.FreeBlocks;
        container.CreateSnapshot("a");
        container.Write("file", Bytes(2));
        container.CreateSnapshot("b");
        container.Write("file", Bytes(3));
        Assert.InRange(container.TotalBlocks - container.FreeBlocks, (3 * used) - 10, ulong.MaxValue);
        container.DeleteSnapshot("b");
        container.DeleteSnapshot("a");
        Assert.Equal(used, container.TotalBlocks - container.FreeBlocks);
        Assert.Equal(Bytes(3), container.Read("file"));
        Clean(medium);
    }

    [Fact]
    public void A_snapshot_from_which_several_descend_stays_hidden_until_one_is_left()
    {
        using var medium = new MemoryMedium();
        using var container = new CartridgeBuilder().Slug("x").Create(medium);
        container.Write("file", Bytes(1));
        var used = container.TotalBlocks - container.FreeBlocks;
        container.CreateSnapshot("root");
        container.Write("file", Bytes(2));
        container.CreateSnapshot("branch");
        container.RestoreSnapshot("root");
        container.DeleteSnapshot("root");
        Assert.Equal(["branch"], container.Snapshots.Select(snapshot => snapshot.Name));
        Assert.Equal(2, Records(medium));
        Assert.Equal(ErrorCode.NotFound, Assert.Throws<CartridgeException>(() => container.OpenSnapshot("root")).Code);

        // Its name is free, though its record is not gone.
        container.CreateSnapshot("root");
        container.DeleteSnapshot("root");
        Assert.Equal(Bytes(1), container.Read("file"));
        container.DeleteSnapshot("branch");
        Assert.Equal(0, Records(medium));
        Assert.Equal(used, container.TotalBlocks - container.FreeBlocks);
        Clean(medium);
    }

    [Fact]
    public void Restoring_away_from_a_hidden_snapshot_lets_it_go()
    {
        using var medium = new MemoryMedium();
        using var container = new CartridgeBuilder().Slug("x").Create(medium);
        container.Write("file", Bytes(1));
        container.CreateSnapshot("root");
        container.Write("file", Bytes(2));
        container.CreateSnapshot("branch");
        container.RestoreSnapshot("root");
        container.DeleteSnapshot("root");
        container.RestoreSnapshot("branch");
        Assert.Equal(1, Records(medium));
        Assert.Equal(Bytes(2), container.Read("file"));
        Clean(medium);
    }

    [Fact]
    public void Making_one_publishes_what_has_gathered_and_restoring_gathers()
    {
        using var medium = new MemoryMedium();
        new CartridgeBuilder().Slug("x").Create(medium).Dispose();
        using var container = CartridgeFile.Open(medium, Deferred);
        container.Write("file", "1"u8);
        var before = container.Generation;
        Assert.Equal(before + 1, container.CreateSnapshot("s").Generation);
        Assert.Equal(before + 1, container.Generation);
        container.Write("file", "2"u8);
        container.RestoreSnapshot("s");
        container.DeleteSnapshot("s");
        Assert.Equal(before + 1, container.Generation);
        Assert.Empty(container.Snapshots);
        Assert.Equal("1"u8, container.Read("file"));
        using (var reader = CartridgeFile.Open(medium, new OpenOptions { ReadOnly = true }))
        {
            Assert.Equal("s", Assert.Single(reader.Snapshots).Name);
        }

        container.Flush();
        Assert.Equal(before + 2, container.Generation);
        Clean(medium);
    }

    [Fact]
    public void In_a_transaction_none_is_made_and_what_was_restored_or_deleted_can_be_taken_back()
    {
        using var medium = new MemoryMedium();
        using var container = new CartridgeBuilder().Slug("x").Create(medium);
        container.Write("file", Bytes(1));
        container.CreateSnapshot("s");
        container.Write("file", Bytes(2));
        var (generation, free) = (container.Generation, container.FreeBlocks);
        using (container.BeginTransaction())
        {
            Assert.Equal(ErrorCode.BadArgument, Assert.Throws<CartridgeException>(() => container.CreateSnapshot("t")).Code);
            container.RestoreSnapshot("s");
            container.DeleteSnapshot("s");
            Assert.Equal(Bytes(1), container.Read("file"));
        }

        Assert.Equal((generation, free), (container.Generation, container.FreeBlocks));
        Assert.Equal(Bytes(2), container.Read("file"));
        Assert.Equal("s", Assert.Single(container.Snapshots).Name);
        using (var transaction = container.BeginTransaction())
        {
            container.RestoreSnapshot("s");
            container.Write("other", "o"u8);
            transaction.Commit();
        }

        Assert.Equal((generation + 1, Bytes(1).Length), (container.Generation, container.Read("file").Length));
        Clean(medium);
    }

    [Fact]
    public void Who_reads_a_snapshot_goes_on_when_it_is_deleted()
    {
        using var medium = new MemoryMedium();
        using var container = new CartridgeBuilder().Slug("x").Create(medium);
        container.Write("file", Bytes(1));
        container.CreateSnapshot("s");
        container.Write("file", Bytes(2));
        using (var reader = container.OpenSnapshot("s"))
        {
            container.DeleteSnapshot("s");
            for (var i = 0; i < 20; i++)
            {
                container.Write("file", Bytes(3 + i));
            }

            Assert.Equal(Bytes(1), reader.Read("file"));
            Assert.Equal(["file"], reader.List().Select(entry => entry.Path));
        }

        Clean(medium);
    }

    [Fact]
    public void Names_are_checked_and_snapshots_found_by_them()
    {
        using var medium = new MemoryMedium();
        using var container = new CartridgeBuilder().Slug("x").Create(medium);
        container.CreateSnapshot("\u00fc");
        Assert.Equal(ErrorCode.Exists, Assert.Throws<CartridgeException>(() => container.CreateSnapshot("\u00fc")).Code);
        foreach (var name in new[] { "", "@current", "a\nb", "a\u007f", "\ud800", new string('n', 256) })
        {
            Assert.Equal(ErrorCode.SnapshotBadName, Assert.Throws<CartridgeException>(() => container.CreateSnapshot(name)).Code);
        }

        container.CreateSnapshot(new string('n', 255));
        foreach (var use in new Action[] { () => container.RestoreSnapshot("none"), () => container.DeleteSnapshot("none"), () => container.OpenSnapshot("none"), () => Assert.Empty(container.Diff("none", null)) })
        {
            Assert.Equal(ErrorCode.NotFound, Assert.Throws<CartridgeException>(use).Code);
        }

        using var reader = CartridgeFile.Open(medium, new OpenOptions { ReadOnly = true });
        Assert.Equal(2, reader.Snapshots.Count);
        reader.OpenSnapshot("\u00fc").Dispose();
        Assert.Equal(ErrorCode.ReadOnly, Assert.Throws<CartridgeException>(() => reader.CreateSnapshot("other")).Code);
    }

    [Fact]
    public void A_comparison_tells_what_happened_to_each_entry()
    {
        using var medium = new MemoryMedium();
        using var container = new CartridgeBuilder().Slug("x").Clock(() => 1).Create(medium);
        foreach (var path in new[] { "chunk", "inline", "mode", "removed", "same" })
        {
            container.Write(path, path == "inline" ? "i"u8 : Bytes(1));
        }

        container.CreateSnapshot("s");
        container.WriteAt("chunk", 5000, [1, 2, 3]);
        container.Write("inline", "j"u8);
        container.SetMetadata("mode", new EntryMetadata { Mode = 0x180 });
        container.Delete("removed");
        container.Write("added", Bytes(2));
        Assert.Equal(
            [("added", DifferenceKind.Added, true), ("chunk", DifferenceKind.Changed, true), ("inline", DifferenceKind.Changed, true), ("mode", DifferenceKind.Changed, false), ("removed", DifferenceKind.Removed, true)],
            container.Diff("s", null).Select(difference => (difference.Path, difference.Kind, difference.ContentChanged)));
        Assert.Equal(5, container.Diff(null, "s").Count());
        Assert.Empty(container.Diff("s", "s"));
    }

    [Fact]
    public void Snapshots_of_an_encrypted_container_are_verified_with_the_key_and_without_it()
    {
        using var key = Specimens.Key();
        using var medium = new MemoryMedium();
        using var container = new CartridgeBuilder().Encrypt(key).Slug("x").Create(medium);
        container.Write("inline", "i"u8);
        container.CreateSnapshot("s");
        container.CreateSymbolicLink("link", "inline");
        container.Write("file", Bytes(1));
        container.CreateSnapshot("t");
        container.Delete("inline");
        Clean(medium);
        Assert.Empty(Verifier.Verify(medium, new VerifyOptions { Key = key }).Findings);
        Assert.Empty(Verifier.Verify(medium, new VerifyOptions { Key = key, Snapshot = "t" }).Findings);
        container.RestoreSnapshot("s");
        Assert.Equal("i"u8, container.Read("inline"));
    }

    private static string PathOf(int i) => $"d{i / 100}/file-{i}";

    private static byte[] Bytes(int seed)
    {
        var bytes = new byte[60_000];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static void Fill(MemoryMedium memory, int files)
    {
        using var container = new CartridgeBuilder().Slug("many").Create(memory);
        using var transaction = container.BeginTransaction();
        for (var i = 0; i < files; i++)
        {
            container.Write(PathOf(i), "some content"u8);
        }

        transaction.Commit();
    }

    /// <summary>Snapshots in the container, hidden ones too.</summary>
    private static long Records(MemoryMedium medium) => Verifier.Verify(medium).Statistics.Snapshots;

    private static void Clean(MemoryMedium medium) => Assert.Empty(Verifier.Verify(medium).Findings);
}
