namespace Cartridge.Reference.Tests;

/// <summary>The disk that guards blocks must see what a writer may not do; else its silence in random histories says nothing.</summary>
public sealed class GuardedDiskTests
{
    [Fact]
    public void It_sees_blocks_written_that_the_newest_state_the_older_one_a_snapshot_or_a_reader_owns()
    {
        var (image, free) = Sample();
        Assert.Equal(
            (true, true, true, true, false),
            (Sees(image, "chunk:file#0"), Sees(image, "catalog/0"), Sees(image, "system/0"), Sees(image, "snapshot:1"), Complains(image, free)));

        // What a restore drops belongs to the older record, and after the next commit to whoever reads that.
        var block = PagesOf(image, "chunk:file#0").First();
        var disk = new GuardedDisk(image);
        using var reader = CartridgeFile.Open(disk.OpenReadOnly(), new OpenOptions { ReadOnly = true });
        disk.Pin(reader.Generation);
        using (var container = CartridgeFile.Open(disk.Open()))
        {
            container.RestoreSnapshot("s");
            container.Write("another", "x"u8);
            container.Write("and another", "x"u8);
        }

        Assert.Null(disk.Complaint);
        using var medium = disk.Open();
        medium.Write((long)block * Format.PageSize, new byte[Format.PageSize]);
        Assert.Contains("pinned", disk.Complaint, StringComparison.Ordinal);
    }

    [Fact]
    public void It_sees_a_file_cut_that_a_state_needs_whole()
    {
        var (image, _) = Sample();
        var disk = new GuardedDisk(image);
        using var medium = disk.Open();
        medium.SetLength((long)PagesOf(image, "snapshot:1").Last() * Format.PageSize);
        Assert.Contains("is cut", disk.Complaint, StringComparison.Ordinal);
    }

    /// <summary>A record that counts one block more as free than nobody owns, or one less: reused too early, or lost for good.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void It_sees_a_record_that_miscounts(int difference)
    {
        var (image, _) = Sample();
        var identity = Identity.Read(new MemoryMedium(image), new StrictChecker())!;
        var state = StateSelection.Choose(new MemoryMedium(image), identity, new StrictChecker())!;
        var record = CommitRecord.Read(state.Newest, state.NewestPage, identity, image.Length, new StrictChecker())!;
        var disk = new GuardedDisk(image);
        var page = new byte[Format.PageSize];
        (record with { Generation = record.Generation + 1, FreeBlocks = (ulong)((long)record.FreeBlocks + difference) }).Write(identity, page);
        using var medium = disk.Open();
        medium.Write((long)CommitRecord.PageOf(record.Generation + 1) * Format.PageSize, page);
        Assert.Contains("free blocks", disk.Complaint, StringComparison.Ordinal);
    }

    private static bool Sees(byte[] image, string owner)
    {
        var pages = PagesOf(image, owner).ToList();
        Assert.NotEmpty(pages);
        return pages.TrueForAll(page => Complains(image, page));
    }

    private static bool Complains(byte[] image, ulong page)
    {
        var disk = new GuardedDisk(image);
        using var medium = disk.Open();
        medium.Write((long)page * Format.PageSize, new byte[Format.PageSize]);
        return disk.Complaint is not null;
    }

    private static IEnumerable<ulong> PagesOf(byte[] image, string owner) =>
        Verifier.Verify(new MemoryMedium(image), new VerifyOptions { CollectOwners = true }).PageOwners().Where(page => page.Owner == owner).Select(page => (ulong)page.Page);

    /// <summary>A container with a snapshot that keeps what the current state has no more, and a block that no state owns.</summary>
    private static (byte[] Image, ulong Free) Sample()
    {
        using var medium = new MemoryMedium();
        using (var container = new CartridgeBuilder().Slug("guarded").InitialBlocks(40).Create(medium))
        {
            container.Write("file", Enumerable.Repeat((byte)1, 9000).ToArray());
            container.CreateSnapshot("s");
            container.Write("file", Enumerable.Repeat((byte)2, 9000).ToArray());
        }

        return (medium.ToArray(), 39);
    }
}
