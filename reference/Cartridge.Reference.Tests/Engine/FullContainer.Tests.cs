namespace Cartridge.Reference.Tests;

/// <summary>A container that has reached its cap while snapshots keep what is deleted: there is a way out of it.</summary>
public sealed class FullContainerTests
{
    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, 30)];

    /// <summary>
    /// Random histories fill a container, and then delete entries for as long as that is possible. From there every snapshot can
    /// be deleted, in any order, and after the last one there is room again (CART-LIF-119, CART-LIF-133).
    /// </summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void However_full_it_is_every_snapshot_can_be_deleted(int seed)
    {
        var random = new Random(seed);
        using var medium = new MemoryMedium();
        using var container = new CartridgeBuilder().Slug("full").MaxBlocks(150 + random.Next(150)).Create(medium);
        var (made, refused) = (0, false);
        while (!refused)
        {
            refused = IsRefused(() => Step(container, random, ref made));
        }

        // Deleting entries takes blocks, for their snapshots keep them, until that is refused, too.
        var files = container.List().Where(entry => entry.Type == EntryType.File).ToList();
        foreach (var file in files.OrderBy(_ => random.Next()))
        {
            if (IsRefused(() => container.SetLength(file.Path, file.Size / 2)) || IsRefused(() => container.Delete(file.Path)))
            {
                break;
            }
        }

        foreach (var name in container.Snapshots.Select(snapshot => snapshot.Name).OrderBy(_ => random.Next()).ToList())
        {
            container.DeleteSnapshot(name);
        }

        container.Write("new", Bytes(random, 40_000));
        var report = Verifier.Verify(medium);
        Assert.True(report.IsValid, string.Join(Environment.NewLine, report.Findings));
    }

    private static void Step(CartridgeFile container, Random random, ref int made)
    {
        var snapshots = container.Snapshots;
        switch (random.Next(100))
        {
            case 0 when snapshots.Count > 0:
                container.RestoreSnapshot(snapshots[random.Next(snapshots.Count)].Name);
                break;
            case 1 when snapshots.Count > 15:
                container.DeleteSnapshot(snapshots[random.Next(snapshots.Count)].Name);
                break;
            case < 8 when made < 40:
                // Long names make a tree of several leaves of few snapshots.
                container.CreateSnapshot($"{made++}{new string('n', 200)}");
                break;
            default:
                // And so do long paths: leaves that a deletion has to copy, because snapshots keep them.
                container.Write($"{random.Next(400)}-{new string('f', 200)}", Bytes(random, random.Next(8) == 0 ? random.Next(9_000) : 10));
                break;
        }
    }

    private static bool IsRefused(Action operation)
    {
        try
        {
            operation();
            return false;
        }
        catch (CartridgeException e) when (e.Code == ErrorCode.LimitExceeded)
        {
            return true;
        }
    }

    private static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
