using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>The state hash of a snapshot (spec/12-snapshots.md, section 12.7).</summary>
public sealed partial class SnapshotHashTests
{
    [Fact]
    public void The_example_of_the_specification_is_right()
    {
        var chapter = File.ReadAllText(RepositoryRoot.Combine("spec", "12-snapshots.md"));
        var page = new byte[Format.PageSize];
        var offset = 0;
        foreach (var line in Dump().Match(chapter).Groups[1].Value.Split('\n').Where(line => line.Length > 6 && !line.Contains(" x ", StringComparison.Ordinal)))
        {
            if (line[..4].Trim().Length > 0)
            {
                offset = int.Parse(line[..4], CultureInfo.InvariantCulture);
            }

            var bytes = Convert.FromHexString(line[6..Math.Min(54, line.Length)].Replace(" ", "", StringComparison.Ordinal));
            bytes.CopyTo(page, offset);
            offset += bytes.Length;
        }

        // Where the layouts say: the prefix is the whole key of the only cell, whose value ends the page.
        byte[] id = Convert.FromHexString("707172737475767778797a7b7c7d7e7f");
        byte[] message = [.. "cartridge.spec/snapshot-state/1\0"u8, .. id, 1, .. page.AsSpan(72, 9), .. page.AsSpan(3922)];
        message.AsSpan(32 + 16 + 1 + 9 + 16, 8).Clear();
        var values = Block().Match(chapter).Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(line => line[..12].Trim(), line => line[12..].Trim());
        Assert.Equal(values["message"], Convert.ToHexStringLower(message));
        Assert.Equal(values["state hash"], Material.Sha256(message));

        // And the engine, given the same script.
        using var medium = new MemoryMedium();
        var now = 1700000000000000000L;
        using var container = new CartridgeBuilder().Clock(() => now).Slug("snapshots").Title("Snapshots").Id(new ContainerId(id)).Create(medium);
        now += 1_000_000_000;
        container.Write("log", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("first\n", 1000))));
        now += 1_000_000_000;
        container.CreateSnapshot("monday");
        Assert.Equal(values["state hash"], HashOf(container, "monday"));
    }

    [Fact]
    public void It_stays_whatever_becomes_of_the_rest()
    {
        using var medium = new MemoryMedium();
        using var container = new CartridgeBuilder().Slug("x").Create(medium);
        container.Write("file", Bytes(1));
        container.CreateSnapshot("first");
        container.Write("file", Bytes(2));
        container.CreateSnapshot("second");
        var (first, second) = (HashOf(container, "first"), HashOf(container, "second"));
        Assert.NotEqual(first, second);
        Assert.NotEqual(Convert.ToHexStringLower(container.StateHash()), second);

        container.Write("file", Bytes(3));
        container.RestoreSnapshot("first");
        container.Write("other", Bytes(4));
        container.CreateSnapshot("third");
        Assert.Equal((first, second), (HashOf(container, "first"), HashOf(container, "second")));

        // Now its parent is another one, and its record was written again.
        container.DeleteSnapshot("third");
        container.DeleteSnapshot("first");
        Assert.Equal(second, HashOf(container, "second"));
        var report = Verifier.Verify(medium, new VerifyOptions { Snapshot = "second" });
        Assert.Equal((true, second), (report.IsValid, report.StateHash));
    }

    /// <summary>Of two snapshots that differ in one respect each, none has the other's.</summary>
    [Fact]
    public void It_tells_name_content_metadata_time_and_container_apart()
    {
        string Of(string name = "s", byte content = 1, int? mode = null, long time = 5, byte id = 7, ContentChecksum checksum = ContentChecksum.Sha256)
        {
            using var medium = new MemoryMedium();
            using var container = new CartridgeBuilder().Slug("x").Id(new ContainerId(Enumerable.Repeat(id, 16).ToArray())).Checksum(checksum).Clock(() => time).Create(medium);
            container.Write("file", Bytes(content), new EntryMetadata { Mode = mode });
            container.CreateSnapshot(name);
            return HashOf(container, name);
        }

        string[] hashes = [Of(), Of(name: "t"), Of(content: 2), Of(mode: 0x180), Of(time: 6), Of(id: 8), Of(checksum: ContentChecksum.Crc32C)];
        Assert.Equal(hashes.Length, hashes.Distinct().Count());
        Assert.Equal(hashes[0], Of());
    }

    private static string HashOf(CartridgeFile container, string name)
    {
        using var reader = container.OpenSnapshot(name);
        return Convert.ToHexStringLower(reader.StateHash());
    }

    private static byte[] Bytes(byte seed) => Material.Bytes(seed, 10_000);

    [GeneratedRegex("```cart-hexdump from=snapshots page=system\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Dump();

    [GeneratedRegex("```cart-snapshot-hash from=snapshots\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
