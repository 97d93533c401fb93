using System.Globalization;
using Cartridge.Formats.WalkStream;

namespace Cartridge.Reference.Tests;

/// <summary>Sending and receiving: the same content, whatever happened to it, and nothing else.</summary>
public sealed class TransferTests
{
    private const int MaxChunk = 1 << Format.MaxChunkShift;

    /// <summary>Random histories: the full stream is the same from any layout, and each delta gives exactly the state that it was made of.</summary>
    [Theory]
    [InlineData(1, 40)]
    [DeepInlineData(1000, 2000)]
    public void Full_streams_and_deltas_carry_exactly_the_state(int seed, int histories)
    {
        for (var i = seed; i < seed + histories; i++)
        {
            using var key = CartridgeKey.Generate();
            using var sender = Material.Empty(i % 3 == 0 ? key : null, i % 4 == 1 ? ContentChecksum.Crc32C : ContentChecksum.Sha256, i % 5 == 0 ? CodecChoice.Zstandard() : default);
            Run(sender, i, 12);
            sender.CreateSnapshot("a");
            var atA = Material.Stream(sender);
            using var receiver = Material.Made(atA);
            Assert.Equal(Material.Content(sender), Material.Content(receiver));

            Run(sender, i + 50_000, 8);
            if (i % 6 == 0)
            {
                sender.RestoreSnapshot("a");
                Run(sender, i + 90_000, 2);
            }

            var full = Material.Stream(sender);
            var delta = Material.Stream(sender, "a");
            var what = string.Create(CultureInfo.InvariantCulture, $"seed {i}");
            receiver.Receive(new MemoryStream(delta), "b");
            Assert.True(Material.Content(sender).Equals(Material.Content(receiver)), what);
            Assert.True(full.AsSpan().SequenceEqual(Material.Stream(receiver)), what);
            Assert.True(full.AsSpan().SequenceEqual(Material.Stream(receiver, to: "b")), what);
            Assert.Equal(Material.Digest(sender), Material.Sha256(full));
            Assert.Equal(sender.SumContent().Digest(), receiver.SumContent().Digest());
            Assert.Equal(atA, Material.Stream(sender, to: "a"));
            Assert.Equal(delta, Material.Stream(sender, "a"));
            Assert.Equal(Convert.ToHexStringLower(sender.SumContent().Digest()), StreamWalker.Walk(full).ResultDigest);
            Assert.Equal(StreamWalker.Walk(full).ResultDigest, StreamWalker.Walk(delta).ResultDigest);

            // The same content from a container of other chunks, codec and checksum, encrypted or not.
            using var other = Material.Empty(i % 2 == 0 ? key : null, ContentChecksum.Crc32C, CodecChoice.Lz4());
            other.Receive(new MemoryStream(full));
            foreach (var entry in other.List().Where(entry => entry.Type == EntryType.File).ToList())
            {
                var metadata = new EntryMetadata { ChunkShift = (byte)(12 + (i % 7)), Created = entry.Created, Modified = entry.Modified };
                other.Write(entry.Path, other.Read(entry.Path), metadata);
            }

            Assert.True(full.AsSpan().SequenceEqual(Material.Stream(other)), what);
            Assert.All(new[] { sender, receiver, other }, container => Assert.Empty(container.Warnings));
        }
    }

    [Fact]
    public void What_is_received_is_a_valid_container()
    {
        using var sender = Material.Empty();
        sender.Write("a", Material.Bytes(1, 200_000));
        sender.CreateSnapshot("s");
        var medium = new MemoryMedium();
        using (var receiver = new CartridgeBuilder().Slug("t").Create(medium))
        {
            receiver.Receive(new MemoryStream(Material.Stream(sender)));
            sender.WriteAt("a", 70_000, [1, 2, 3]);
            sender.Write("b", Material.Bytes(2, 300));
            receiver.Receive(new MemoryStream(Material.Stream(sender, "s")));
        }

        Assert.Empty(Verifier.Verify(medium).Findings);
    }

    [Fact]
    public void The_result_and_its_snapshot_are_one_commit()
    {
        using var sender = Material.Empty();
        sender.Write("a", Material.Bytes(1, 200_000));
        using var receiver = Material.Empty();
        var generation = receiver.Generation;
        receiver.Receive(new MemoryStream(Material.Stream(sender)), "first");
        Assert.Equal(generation + 1, receiver.Generation);
        Assert.Equal("first", Assert.Single(receiver.Snapshots).Name);
        using (receiver.BeginTransaction())
        {
            Assert.Equal(ErrorCode.BadArgument, Assert.Throws<CartridgeException>(() => receiver.Receive(new MemoryStream(Material.Stream(receiver)), "second")).Code);
        }
    }

    [Fact]
    public void Empty_files_holes_links_and_directories_arrive()
    {
        using var sender = Material.Empty();
        sender.Write("empty", []);
        sender.Write("zeros", new byte[300]);
        sender.Write("many zeros", new byte[200_000]);
        sender.WriteAt("sparse", 5_000_000_000, [7]);
        sender.SetLength("sparse", 6_000_000_000);
        sender.CreateSymbolicLink("link", "nowhere/ä");
        sender.CreateDirectory("folder", new EntryMetadata { Mode = 0x1C0, Owner = "somebody" });
        sender.Write("folder/data.db", [.. "SQLite format 3\0"u8, .. Material.Bytes(1, 20_000)]);
        using var receiver = Material.Made(Material.Stream(sender));
        Assert.Equal(6_000_000_000, receiver.GetEntry("sparse").Size);
        Assert.Equal("nowhere/ä", receiver.ReadLink("link"));
        Assert.Equal("somebody", receiver.GetEntry("folder").Owner);
        Assert.Equal(Format.MinChunkShift, receiver.GetEntry("folder/data.db").ChunkShift);
        Assert.True(receiver.TotalBlocks < 200);
        Assert.Equal(Material.Digest(sender), Material.Digest(receiver));

        sender.CreateSnapshot("s");
        sender.SetLength("sparse", 5_000_000_001);
        sender.WriteAt("sparse", 4_000_000_000, Material.Bytes(3, MaxChunk));
        sender.PunchHole("sparse", 5_000_000_000, 1);
        var delta = Material.Stream(sender, "s");
        Assert.True(delta.Length < 6 * TransferFormat.SegmentLength);
        receiver.Receive(new MemoryStream(delta));
        Assert.Equal(Material.Digest(sender), Material.Digest(receiver));
    }

    [Fact]
    public void A_stream_from_an_encrypted_container_needs_its_key_and_one_into_it_is_encrypted()
    {
        using var key = CartridgeKey.Generate();
        var medium = new MemoryMedium();
        var secret = Material.Bytes(9, 5000);
        using (var container = new CartridgeBuilder().Slug("t").Encrypt(key).Create(medium))
        {
            container.Write("secret", secret);
        }

        using (var blind = CartridgeFile.Open(new MemoryMedium(medium.ToArray()), new OpenOptions { ReadOnly = true }))
        {
            Assert.Equal(ErrorCode.MissingKey, Assert.Throws<CartridgeException>(() => Material.Stream(blind)).Code);
        }

        byte[] stream;
        using (var container = CartridgeFile.Open(medium, new OpenOptions { Key = key }))
        {
            stream = Material.Stream(container);
        }

        Assert.True(stream.AsSpan().IndexOf(secret.AsSpan(100, 100)) > 0);
        var target = new MemoryMedium();
        using (var container = new CartridgeBuilder().Slug("u").Encrypt(key).Create(target))
        {
            container.Receive(new MemoryStream(stream));
            Assert.Equal(secret, container.Read("secret"));
        }

        Assert.True(target.ToArray().AsSpan().IndexOf(secret.AsSpan(100, 100)) < 0);
    }

    [Fact]
    public void A_delta_goes_onto_its_base_alone_and_a_full_stream_into_nothing()
    {
        using var sender = Material.Empty();
        sender.Write("kept", Material.Bytes(1, 70_000));
        sender.CreateSnapshot("a");
        using var receiver = Material.Made(Material.Stream(sender));
        sender.Write("new", "text"u8);
        var delta = Material.Stream(sender, "a");

        receiver.SetMetadata("kept", new EntryMetadata { Owner = "somebody else" });
        Refuses(receiver, delta, ErrorCode.TransferWrongBase);
        Refuses(receiver, Material.Stream(sender), ErrorCode.TransferWrongBase);
        receiver.SetMetadata("kept", new EntryMetadata { Owner = "" });
        receiver.Receive(new MemoryStream(delta));
        Refuses(receiver, delta, ErrorCode.TransferWrongBase);
        Assert.Equal(Material.Digest(sender), Material.Digest(receiver));
    }

    [Fact]
    public void A_delta_of_nothing_changes_nothing()
    {
        using var sender = Material.Empty();
        sender.Write("a", Material.Bytes(1, 100_000));
        sender.CreateSnapshot("a");
        using var receiver = Material.Made(Material.Stream(sender));
        sender.WriteAt("a", 70_000, Material.Bytes(1, 100_000).AsSpan(70_000, 5));
        sender.SetMetadata("a", new EntryMetadata { Modified = receiver.GetEntry("a").Modified });
        var delta = Material.Stream(sender, "a");
        Assert.Equal(TransferFormat.HeadLength + TransferFormat.RecordHeadLength + TransferFormat.EndLength + Format.HashLength, delta.Length);
        var generation = receiver.Generation;
        receiver.Receive(new MemoryStream(delta));
        Assert.Equal(generation, receiver.Generation);
    }

    [Fact]
    public void A_sum_that_was_kept_is_read_again_and_one_of_another_state_is_passed_over()
    {
        using var sender = Material.Empty();
        sender.Write("a", Material.Bytes(1, 100_000));
        sender.CreateSnapshot("a");
        var sum = ContentSum.FromBytes(sender.SumContent("a").ToBytes())!;
        sender.Write("b", "text"u8);
        Assert.Equal(Material.Stream(sender, "a"), Material.Stream(sender, "a", known: sum));
        sender.CreateSnapshot("b");
        sender.Write("c", "text"u8);
        Assert.Equal(Material.Stream(sender, "b"), Material.Stream(sender, "b", known: sum));
        var bytes = sum.ToBytes();
        bytes[^1] ^= 1;
        Assert.Null(ContentSum.FromBytes(bytes));
        Assert.Null(ContentSum.FromBytes(bytes.AsSpan(1)));
    }

    /// <summary>With a kept sum on either side, what a delta costs follows the difference and not the container.</summary>
    [Theory]
    [InlineData(200)]
    [InlineData(2_000)]
    public void A_delta_costs_what_differs(int files)
    {
        const long Most = 150;
        var source = new MemoryMedium();
        using (var made = new CartridgeBuilder().Slug("t").Create(source))
        {
            made.WriteAll(Enumerable.Range(0, files).Select(i => BulkStep.File($"d{i / 50}/f{i}", new MemoryStream(Material.Bytes(i, 5000)))));
            made.Write("large", Material.Bytes(1, 20 << 16));
            made.CreateSnapshot("a");
        }

        var target = new MemoryMedium();
        ContentSum here, there;
        using (var sender = CartridgeFile.Open(source))
        using (var receiver = new CartridgeBuilder().Slug("u").Create(target))
        {
            here = sender.SumContent("a");
            there = receiver.Receive(new MemoryStream(Material.Stream(sender))).Sum;
            sender.Write("d1/f77", Material.Bytes(5, 6000));
            sender.Delete("d2/f120");
            sender.WriteAt("large", 10 << 16, [1, 2, 3]);
            sender.Write("d3/new", Material.Bytes(6, 100));
        }

        byte[] delta;
        var reading = new CountingMedium(source);
        using (var sender = CartridgeFile.Open(reading, new OpenOptions { ReadOnly = true }))
        {
            reading.Reset();
            delta = Material.Stream(sender, "a", known: here);
            Assert.InRange(reading.PagesRead, 1, Most);
            Assert.InRange(delta.Length, 1, 80_000);
        }

        var writing = new CountingMedium(target);
        using (var receiver = CartridgeFile.Open(writing))
        {
            writing.Reset();
            var sum = receiver.Receive(new MemoryStream(delta), known: there).Sum;
            Assert.InRange(writing.PagesRead, 1, Most);
            Assert.InRange(writing.PagesWritten, 1, Most);
            Assert.Equal(receiver.SumContent().ToBytes(), sum.ToBytes());
        }
    }

    private static void Refuses(CartridgeFile container, byte[] stream, ErrorCode code)
    {
        var (before, generation) = (Material.Content(container), container.Generation);
        Assert.Equal(code, Assert.Throws<CartridgeException>(() => container.Receive(new MemoryStream(stream))).Code);
        Assert.Equal(before, Material.Content(container));
        Assert.Equal(generation, container.Generation);
    }

    private static void Run(CartridgeFile container, int seed, int length)
    {
        foreach (var operation in Workloads.Draw(seed, length))
        {
            operation.RunOn(container);
        }

        // Larger than segments and chunks of any size.
        var random = new Random(seed);
        for (var i = 0; i < 3; i++)
        {
            var path = $"large/{random.Next(3)}";
            switch (random.Next(5))
            {
                case 0:
                    container.Write(path, Material.Bytes(seed + i, random.Next(3 * MaxChunk)), new EntryMetadata { ChunkShift = (byte)random.Next(12, 19) });
                    break;
                case 1:
                    container.WriteAt(path, random.Next(2 * MaxChunk), Material.Bytes(seed + i, random.Next(1, 100_000)));
                    break;
                case 2 when container.Exists(path):
                    container.SetLength(path, random.Next(2 * MaxChunk));
                    break;
                case 3 when container.Exists(path):
                    container.PunchHole(path, random.Next(100_000), random.Next(200_000));
                    break;
                case 4 when container.Exists(path):
                    container.SetMetadata(path, new EntryMetadata { UserMetadata = new Dictionary<string, string> { ["seed"] = $"{seed}" }, ContentType = "text/plain" });
                    break;
                default:
                    container.Append(path, Material.Bytes(seed + i, 70_000));
                    break;
            }
        }
    }
}
