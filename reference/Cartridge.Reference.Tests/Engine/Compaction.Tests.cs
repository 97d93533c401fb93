using Xunit.Abstractions;

namespace Cartridge.Reference.Tests;

/// <summary>Compaction: nothing that can be read changes, what is shared stays shared, and the container ends where its content does.</summary>
public sealed class CompactionTests(ITestOutputHelper output) : IDisposable
{
    private const int Seed = 1729;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cartridge-compaction-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(ContentChecksum.Sha256, 100_000)]
    [InlineData(ContentChecksum.Crc32C, 500)]
    public void After_ten_thousand_changes_and_snapshots_a_container_is_as_small_as_a_fresh_one(ContentChecksum checksum, int blocks)
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var path = PathOf("old.cart");
        using var container = new CartridgeBuilder().Slug("old").Checksum(checksum).Create(path);
        var snapshots = new List<string>();
        for (var round = 0; round < 50; round++)
        {
            using (var transaction = container.BeginTransaction())
            {
                for (var i = 0; i < 200; i++)
                {
                    Change(container, random);
                }

                transaction.Commit();
            }

            if (round % 8 == 3)
            {
                snapshots.Add(container.CreateSnapshot($"s{round}").Name);
            }

            if (round % 16 == 15)
            {
                container.DeleteSnapshot(snapshots[0]);
                snapshots.RemoveAt(0);
            }
        }

        var before = States(container, snapshots);
        var (largest, steps) = (container.TotalBlocks, 0);
        while (container.Compact(blocks) is { IsComplete: false } step)
        {
            Assert.InRange(step.MovedBlocks, 1, int.MaxValue);
            Assert.InRange(++steps, 1, 1000);
        }

        Assert.Equal(before, States(container, snapshots));
        using var fresh = Fresh(container, snapshots, checksum);
        var needed = fresh.TotalBlocks - fresh.FreeBlocks;
        output.WriteLine($"{largest} blocks, after {steps} steps {container.TotalBlocks}, of which {container.FreeBlocks} are free; a fresh container uses {needed}");
        Assert.InRange(container.TotalBlocks, 3UL, (ulong)(needed * 1.03));
        Assert.Equal((long)container.TotalBlocks * Format.PageSize, new FileInfo(path).Length);
        Assert.Empty(Verifier.Verify(path).Findings);

        // Life goes on.
        container.DeleteSnapshot(snapshots[0]);
        container.RestoreSnapshot(snapshots[1]);
        container.Write("after", new byte[100_000]);
        Assert.Empty(Verifier.Verify(path).Findings);
    }

    [Fact]
    public void A_reader_keeps_its_state_and_the_end_of_the_file_as_long_as_it_stays()
    {
        var path = PathOf("pinned.cart");
        using var container = new CartridgeBuilder().Slug("pinned").Create(path);
        container.Write("first", Random(1, 500_000));
        container.Write("last", Random(2, 500_000));
        using (var reader = CartridgeFile.OpenReadOnly(path, new OpenOptions { CacheBytes = 1 }))
        {
            container.Delete("first");
            CompactAll(container);
            container.Write("new", Random(3, 400_000));
            Assert.Equal(Random(1, 500_000), reader.Read("first"));
            Assert.Equal(Random(2, 500_000), reader.Read("last"));
        }

        container.Delete("new");
        CompactAll(container);
        Assert.InRange(new FileInfo(path).Length, 500_000, 650_000);
        Assert.Equal(Random(2, 500_000), container.Read("last"));
        Assert.Empty(Verifier.Verify(path).Findings);
    }

    [Fact]
    public void An_empty_container_becomes_small_and_stays_usable()
    {
        var path = PathOf("empty.cart");
        using var container = new CartridgeBuilder().Slug("empty").InitialBlocks(1000).Create(path);
        CompactAll(container);
        Assert.InRange(container.TotalBlocks, 3UL, 40UL);
        container.Write("file", Random(1, 10_000));
        Assert.Equal(Random(1, 10_000), container.Read("file"));
    }

    [Fact]
    public void A_damaged_chunk_is_not_passed_on()
    {
        using var medium = new MemoryMedium();
        using (var container = new CartridgeBuilder().Slug("damaged").Create(medium))
        {
            container.Write("first", Random(1, 500_000));
            container.Write("last", Random(2, 500_000));
            container.Delete("first");
        }

        var bytes = medium.ToArray();
        var owners = Verifier.Verify(new MemoryMedium(bytes, readOnly: true), new VerifyOptions { CollectOwners = true }).PageOwners();
        var page = owners.Last(owner => owner.Owner.Contains("last", StringComparison.Ordinal)).Page;
        bytes[(page * Format.PageSize) + 17] ^= 1;
        using var damaged = CartridgeFile.Open(new MemoryMedium(bytes));
        var hash = damaged.List().Count();
        Assert.Equal(ErrorCode.ContentChecksumMismatch, Assert.Throws<CartridgeException>(() => CompactAll(damaged)).Code);
        Assert.Equal(hash, damaged.List().Count());
        damaged.Write("new", "still writable"u8);
        Assert.Equal("still writable"u8, damaged.Read("new"));
    }

    [Fact]
    public void In_a_transaction_it_is_refused()
    {
        using var container = new CartridgeBuilder().Slug("x").Create(new MemoryMedium());
        using var transaction = container.BeginTransaction();
        Assert.Equal(ErrorCode.BadArgument, Assert.Throws<CartridgeException>(() => container.Compact()).Code);
    }

    private static void CompactAll(CartridgeFile container)
    {
        while (!container.Compact().IsComplete)
        {
            // Until there is nothing left to gain.
        }
    }

    private static void Change(CartridgeFile container, Random random)
    {
        var path = $"folder-{random.Next(5)}/file-{random.Next(60)}";
        switch (random.Next(6))
        {
            case 0 when container.Exists(path):
                container.Delete(path);
                break;
            case 1:
                container.WriteAt(path, random.Next(60_000), Random(random.Next(), random.Next(1, 5000)));
                break;
            case 2:
                container.Write(path, Random(random.Next(), random.Next(300)));
                break;
            case 3 when container.Exists(path):
                container.SetMetadata(path, new EntryMetadata { UserMetadata = new Dictionary<string, string> { ["note"] = new('n', random.Next(4000)) } });
                break;
            default:
                container.Write(path, Random(random.Next(), random.Next(100_000)), random.Next(2) == 0 ? new EntryMetadata { ChunkShift = 12 } : null);
                break;
        }
    }

    private static byte[] Random(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>All that can be read of the current state and of all snapshots.</summary>
    private static List<string> States(CartridgeFile container, List<string> snapshots)
    {
        var states = new List<string> { StateOf(container) };
        foreach (var name in snapshots)
        {
            using var snapshot = container.OpenSnapshot(name);
            states.Add(StateOf(snapshot));
        }

        return states;
    }

    private static string StateOf(CartridgeView view) => string.Join('\n', view.List().Select(entry =>
        $"{entry.Path} {entry.Size} {entry.Modified} {string.Concat(entry.UserMetadata.Values)} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(view.Read(entry.Path)))}"));

    /// <summary>A container in which nothing but the same states was ever written, one after the other.</summary>
    private CartridgeFile Fresh(CartridgeFile container, List<string> snapshots, ContentChecksum checksum)
    {
        var fresh = new CartridgeBuilder().Slug("fresh").Checksum(checksum).Create(PathOf("fresh.cart"));
        foreach (var name in snapshots)
        {
            using var snapshot = container.OpenSnapshot(name);
            Become(fresh, snapshot);
            fresh.CreateSnapshot(name);
        }

        Become(fresh, container);
        return fresh;
    }

    private static void Become(CartridgeFile fresh, CartridgeView state)
    {
        using var transaction = fresh.BeginTransaction();
        foreach (var gone in fresh.List().Where(entry => !state.Exists(entry.Path)).ToList())
        {
            fresh.Delete(gone.Path);
        }

        foreach (var entry in state.List())
        {
            var content = state.Read(entry.Path);
            var old = fresh.FindEntry(entry.Path);
            if (old is null || !fresh.Read(entry.Path).AsSpan().SequenceEqual(content))
            {
                fresh.Write(entry.Path, content, new EntryMetadata { ChunkShift = entry.ChunkShift });
            }

            fresh.SetMetadata(entry.Path, new EntryMetadata { UserMetadata = entry.UserMetadata });
        }

        transaction.Commit();
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
