using System.Buffers.Binary;
using Cartridge.Formats.Walk;
using Cartridge.Formats.WalkStream;

namespace Cartridge.Reference.Tests;

/// <summary>Streams that were cut, altered or made up.</summary>
public sealed class HostileStreamTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_cut_and_every_bit_that_is_turned_is_refused_and_changes_nothing(bool isDelta)
    {
        var (stream, container) = Sample(isDelta);
        using var _ = container;
        var (before, generation) = (Material.Content(container), container.Generation);
        for (var length = 0; length < stream.Length; length++)
        {
            var refusal = Assert.Throws<CartridgeException>(() => container.Receive(new MemoryStream(stream, 0, length)));
            Assert.Equal(ErrorCode.TransferTruncated, refusal.Code);
        }

        for (var bit = 0; bit < stream.Length * 8; bit++)
        {
            stream[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotNull(Assert.Throws<CartridgeException>(() => container.Receive(new MemoryStream(stream))).Finding);
            if (bit % 7 == 0)
            {
                Assert.Throws<WalkException>(() => StreamWalker.Walk(stream));
            }

            stream[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.Equal((before, generation), (Material.Content(container), container.Generation));
        container.Receive(new MemoryStream(stream));
        Assert.NotEqual(before, Material.Content(container));
    }

    [Fact]
    public void Lengths_that_lie_reserve_nothing()
    {
        var (stream, container) = Sample(isDelta: false);
        using var _ = container;
        foreach (var length in new uint[] { uint.MaxValue, int.MaxValue, 1u << 30, (uint)TransferFormat.MaxEntryLength + 1 })
        {
            BinaryPrimitives.WriteUInt32LittleEndian(stream.AsSpan(TransferFormat.HeadLength + 1), length);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var refusal = Assert.Throws<CartridgeException>(() => container.Receive(new MemoryStream(stream)));
            Assert.Equal(TransferRule.RecordLength.Id, refusal.Finding!.Requirement);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        }
    }

    /// <summary>Whatever records a stranger puts together, with all hashes right: an answer with a name, never another exception.</summary>
    [Theory]
    [InlineData(1, 3_000)]
    [DeepInlineData(10_000, 200_000)]
    public void Streams_that_were_made_up_are_answered(int seed, int count)
    {
        var (received, refused) = (0, 0);
        for (var i = seed; i < seed + count; i++)
        {
            var random = new Random(i);
            using var container = Material.Empty();
            container.Write("a", Material.Bytes(1, 70_000));
            container.Write("b", "small"u8);
            container.CreateDirectory("c");
            var isFull = random.Next(4) == 0;
            using var stream = new MemoryStream();
            using (var writer = new TransferWriter(stream, new TransferHead(isFull ? TransferKind.Full : TransferKind.Delta, new Hash256(isFull ? new ContentSum().Digest() : container.SumContent().Digest()))))
            {
                for (var records = random.Next(8); records > 0; records--)
                {
                    MakeUp(writer, random);
                }

                writer.End(new Hash256(container.SumContent().Digest()));
            }

            var before = Material.Content(container);
            try
            {
                container.Receive(new MemoryStream(stream.ToArray()));
                received++;
            }
            catch (CartridgeException)
            {
                refused++;
            }

            Assert.Equal(before, Material.Content(container));
        }

        Assert.True(received > 0 && refused > received, $"{received} received, {refused} refused");
    }

    private static void MakeUp(TransferWriter writer, Random random)
    {
        string[] paths = ["a", "b", "c", "d", "a/b", "..", "", "é"];
        var path = System.Text.Encoding.UTF8.GetBytes(paths[random.Next(paths.Length)]);
        switch (random.Next(6))
        {
            case 0 or 1 or 2:
                var type = (EntryType)random.Next(1, 4);
                var size = random.Next(5) switch { 0 => long.MaxValue, 1 => 0, 2 => 70_000, 3 => 5, _ => random.NextInt64(1L << random.Next(62)) };
                var record = new CatalogRecord { Type = type, Size = type == EntryType.Directory ? 0 : size, Mode = (ushort)random.Next(4200), FileId = 1, ChunkShift = 16 };
                var payload = TransferEntry.Write(path, record, (TransferAction)random.Next(1, 3));
                if (random.Next(8) == 0)
                {
                    payload[random.Next(payload.Length)] ^= (byte)(1 << random.Next(8));
                }

                writer.Entry(payload);
                break;
            case 3 or 4:
                var bytes = Material.Bytes(random.Next(), random.Next(6) switch { 0 => 0, 1 => TransferFormat.SegmentLength, _ => random.Next(10) });
                var number = random.Next(4) switch { 0 => (ulong)random.NextInt64(), 1 => ulong.MaxValue, 2 => (1UL << 47) - 1, _ => (ulong)random.Next(3) };
                writer.Segment(number, bytes);
                break;
            default:
                writer.Removal(path);
                break;
        }
    }

    private static (byte[] Stream, CartridgeFile Container) Sample(bool isDelta)
    {
        using var sender = Material.Empty();
        sender.Write("a", "text"u8, new EntryMetadata { UserMetadata = new Dictionary<string, string> { ["k"] = "v" } });
        sender.CreateSymbolicLink("b", "a");
        sender.WriteAt("c", 100_000, [1, 2, 3]);
        sender.CreateSnapshot("s");
        if (!isDelta)
        {
            return (Material.Stream(sender), Material.Empty());
        }

        var container = Material.Made(Material.Stream(sender));
        sender.WriteAt("c", 200_000, [4]);
        sender.Delete("b");
        sender.Write("d", []);
        return (Material.Stream(sender, "s"), container);
    }
}
