using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using Cartridge.Codecs;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>Contents of all kinds, through each codec and back; and what hostile streams and missing libraries come to.</summary>
public class CodecsTests
{
    private const int Rounds = 40;

    private static readonly Dictionary<string, Func<Random, int, byte[]>> Kinds = new()
    {
        ["noise"] = (random, length) => Fill(length, () => (byte)random.Next(256)),
        ["one byte"] = (random, length) => Fill(length, () => 7),
        ["two letters"] = (random, length) => Fill(length, () => (byte)(random.Next(9) == 0 ? 'b' : 'a')),
        ["lines"] = (random, length) => Specimens.Lines(random.Next(1000), length),
        ["numbers"] = (random, length) =>
        {
            var value = 0;
            return Fill(length, () => (byte)((value += random.Next(3)) >> 2 & 0xFF));
        },
        ["gzip"] = (random, length) => Deflated(Fill((3 * length) + 100, () => (byte)"0123456789abcdef"[random.Next(16)]), length),
        ["noise, then zeros"] = (random, length) => [.. Fill(length / 3, () => (byte)random.Next(256)), .. new byte[length - (length / 3)]],
        ["zeros, then noise"] = (random, length) => [.. new byte[length - (length / 3)], .. Fill(length / 3, () => (byte)random.Next(256))],
    };

    public static TheoryData<string, string> KindsAndCodecs
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (kind, codec) in from kind in Kinds.Keys from codec in new[] { "none", "lz4", "lz4:9", "zstd", "zstd:1", "zstd:19" } select (kind, codec))
            {
                data.Add(kind, codec);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(KindsAndCodecs))]
    public void What_is_read_is_what_was_written(string kind, string codec)
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var medium = new MemoryMedium();
        var contents = new Dictionary<string, byte[]>();
        using (var file = new CartridgeBuilder().Slug("kinds").Codecs(SystemCodecs.All).Create(medium))
        {
            for (var i = 0; i < Rounds; i++)
            {
                var length = random.Next(4) switch { 0 => random.Next(1, 600), 1 => 4096 * random.Next(1, 20), 2 => random.Next(300_000), _ => random.Next(20_000) };
                var content = Kinds[kind](random, length);
                contents[$"{i}"] = content;
                file.Write($"{i}", content, new EntryMetadata { Codec = CodecChoice.Parse(codec), ChunkShift = (byte)random.Next(12, 19), RecordContentHash = true });
                if (content.Length > 0 && random.Next(2) == 0)
                {
                    var at = random.Next(content.Length);
                    var part = Kinds["lines"](random, random.Next(1, content.Length - at + 1));
                    part.CopyTo(content, at);
                    file.WriteAt($"{i}", at, part);
                }
            }
        }

        using (var file = CartridgeFile.Open(medium, new OpenOptions { Codecs = SystemCodecs.All }))
        {
            Assert.All(contents, pair => Assert.True(file.Read(pair.Key).AsSpan().SequenceEqual(pair.Value), $"seed {seed}, {pair.Key}"));
        }

        Assert.Null(Walked(medium.ToArray(), contents));
    }

    /// <summary>Reading and writing many files at once takes the same way.</summary>
    [Theory]
    [InlineData("lz4")]
    [InlineData("zstd")]
    public void Many_files_at_once_are_encoded_ahead(string codec)
    {
        var contents = Enumerable.Range(0, 30).ToDictionary(i => $"f{i:d2}", i => i % 3 == 0 ? Specimens.Bytes(i, 100_000) : Specimens.Lines(i, 7_000 * i));
        using var file = new CartridgeBuilder().Slug("bulk").Codecs(SystemCodecs.All).DefaultCodec(CodecChoice.Parse(codec)).Create(new MemoryMedium());
        file.Write("f01", [1], new EntryMetadata { Codec = CodecChoice.None });
        file.WriteAll(contents.Select(pair => BulkStep.File(pair.Key, new MemoryStream(pair.Value), new EntryMetadata { RecordContentHash = true })));

        Assert.All(contents, pair => Assert.Equal(pair.Value, file.Read(pair.Key)));
        Assert.All(contents.Where(pair => pair.Value.Length > 512), pair =>
            Assert.Equal(SHA256.HashData(pair.Value), file.GetEntry(pair.Key).ContentHash));
        var statistics = file.GetStatistics();
        var expected = contents.Where((pair, i) => i % 3 != 0 && pair.Key != "f01")
            .Sum(pair => (pair.Value.Length / 65_536) + (pair.Value.Length % 65_536 > 4096 ? 1 : 0));
        Assert.Equal((ulong)expected, codec == "lz4" ? statistics.Lz4Chunks : statistics.ZstandardChunks);
        Assert.Equal(new ContentStorage(7_000, 2, 1, 0, 0), file.GetStorage("f01"));
    }

    [Fact]
    public void A_codec_is_left_off_where_it_saves_no_page()
    {
        using var file = new CartridgeBuilder().Slug("pays").Codecs(SystemCodecs.All).DefaultCodec(CodecChoice.Zstandard(19)).Create(new MemoryMedium());
        file.Write("page", Specimens.Lines(4096));
        file.Write("page and a byte", Specimens.Lines(4097));
        file.Write("noise", Specimens.Bytes(1, 200_000));
        file.Write("database", [.. "SQLite format 3\0"u8, .. Specimens.Lines(100_000)]);

        Assert.Equal(new ContentStorage(4096, 1, 1, 0, 0), file.GetStorage("page"));
        Assert.Equal((1, 1), (file.GetStorage("page and a byte").Blocks, file.GetStorage("page and a byte").ZstandardChunks));
        Assert.Equal((200_000, 0), (file.GetStorage("noise").StoredBytes, file.GetStorage("noise").ZstandardChunks));
        Assert.Equal((100_016, 0), (file.GetStorage("database").StoredBytes, file.GetStorage("database").ZstandardChunks));
    }

    [Fact]
    public void The_choice_of_a_file_and_the_default_of_a_container_outlive_their_handles()
    {
        var medium = new MemoryMedium();
        using (var file = new CartridgeBuilder().Slug("choice").Codecs(SystemCodecs.All).DefaultCodec(CodecChoice.Zstandard(7)).Create(medium))
        {
            file.Write("none", Specimens.Lines(70_000), new EntryMetadata { Codec = CodecChoice.None });
            file.Write("lz4", Specimens.Lines(70_000), new EntryMetadata { Codec = CodecChoice.Lz4(4) });
            file.Write("default", Specimens.Lines(70_000));
        }

        using (var file = CartridgeFile.Open(medium, new OpenOptions { Codecs = SystemCodecs.All }))
        {
            Assert.Equal("zstd:7", $"{file.DefaultCodec}");
            foreach (var path in new[] { "none", "lz4", "default" })
            {
                file.Append(path, Specimens.Lines(70_000));
                file.WriteAt(path, 10, "x"u8);
            }

            Assert.Equal((0, 0), Coded(file, "none"));
            Assert.Equal((3, 0), Coded(file, "lz4"));
            Assert.Equal((0, 3), Coded(file, "default"));
            Assert.Equal(3, file.Copy("lz4", "copy") + file.Copy("none", "plain copy") + file.Move("default", "moved"));
            Assert.Equal((3, 0), Coded(file, "copy"));
            Assert.Equal((0, 0), Coded(file, "plain copy"));
            Assert.Equal(CodecChoice.Lz4(4), file.GetEntry("copy").Codec);

            using (var all = file.BeginTransaction())
            {
                file.DefaultCodec = CodecChoice.None;
            }

            Assert.Equal("zstd:7", $"{file.DefaultCodec}");
            file.DefaultCodec = CodecChoice.None;
        }

        using (var file = CartridgeFile.Open(medium))
        {
            Assert.Equal(CodecChoice.None, file.DefaultCodec);
        }

        static (long Lz4, long Zstandard) Coded(CartridgeFile file, string path) =>
            (file.GetStorage(path).Lz4Chunks, file.GetStorage(path).ZstandardChunks);
    }

    [Fact]
    public void Without_the_codec_everything_else_can_be_read_and_written()
    {
        IContentCodec[][] brought = [[], [new Absent(CodecId.Lz4), new Absent(CodecId.Zstandard)]];
        foreach (var codecs in brought)
        {
            using var file = CartridgeFile.Open(new MemoryMedium(Specimens.Coded(ContentChecksum.Sha256)), new OpenOptions { Codecs = codecs });
            Assert.Equal(Specimens.Bytes(10, 20_000), file.Read("dense"));
            Assert.Equal(Specimens.Lines(9_000), file.Read("plain"));
            Assert.Equal("../lz4", file.ReadLink("folder/link"));
            Assert.Equal(30_000, file.GetEntry("lz4").Size);
            Assert.Equal(ErrorCode.CodecUnavailable, Assert.Throws<CartridgeException>(() => file.Read("lz4")).Code);
            Assert.Equal(ErrorCode.CodecUnavailable, Assert.Throws<CartridgeException>(() => file.WriteAt("zstd", 5, "x"u8)).Code);

            // The default is a wish, a file's own choice is not.
            file.Write("new", Specimens.Lines(9_000));
            Assert.Equal(0, file.GetStorage("new").Lz4Chunks);
            Assert.Equal(ErrorCode.CodecUnavailable, Assert.Throws<CartridgeException>(
                () => file.Write("wanted", Specimens.Lines(9_000), new EntryMetadata { Codec = CodecChoice.Lz4() })).Code);
            Assert.Equal(ErrorCode.CodecUnavailable, Assert.Throws<CartridgeException>(() => file.WriteAll(
                [BulkStep.File("wanted", new MemoryStream(Specimens.Lines(9_000)), new EntryMetadata { Codec = CodecChoice.Zstandard() })])).Code);
            Assert.Null(file.FindEntry("wanted"));
            Assert.Equal(2, file.Move("zstd", "moved") + file.DeleteTree("lz4"));
            file.Delete("moved");
            Assert.Null(file.FindEntry("moved"));
        }
    }

    [Fact]
    public void A_verifier_without_the_codec_says_so_in_a_note_and_still_sees_what_there_is_to_see()
    {
        var report = Verifier.Verify(new MemoryMedium(Specimens.Coded(ContentChecksum.Sha256)));
        Assert.True(report.IsValid);
        Assert.Equal(["note codec.unavailable", "note codec.unavailable"], report.Findings.Select(f => $"{f.Severity.ToString().ToLowerInvariant()} {f.Code}"));
        Assert.All(report.Findings, finding => Assert.Equal("CART-COD-106", finding.Requirement));

        var damage = new Verify.Damage("coded");
        damage.Page(damage.PageOwnedBy("chunk:zstd#0")).At(0).Flip();
        report = Verifier.Verify(new MemoryMedium(damage.Mend().Bytes));
        Assert.Contains(report.Findings, finding => finding is { Severity: Severity.Error, Requirement: "CART-COD-001" });
        Assert.Contains(report.Findings, finding => finding is { Severity: Severity.Note, Requirement: "CART-COD-106" });
    }

    [Fact]
    public void A_library_that_the_system_lacks_is_not_there()
    {
        Assert.False(new SystemLibrary("libno-such-codec.so.1").IsThere);
        Assert.All(SystemCodecs.All, codec => Assert.True(codec.IsAvailable));
    }

    /// <summary>Broken streams end in an answer, and nothing is written beyond the room for the content.</summary>
    [Theory]
    [InlineData(CodecId.Lz4)]
    [InlineData(CodecId.Zstandard)]
    public void Hostile_streams_write_nothing_beyond_their_room(byte id)
    {
        const byte Guard = 0xA5;
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var codec = SystemCodecs.All.Single(one => one.Id == id);
        var coder = new ContentCoder(SystemCodecs.All);
        var content = Specimens.Lines(30_000);
        var room = new byte[40_000];
        var good = new byte[40_000];
        good = good[..codec.Encode(content, good, 0)];
        var answers = new HashSet<ErrorCode>();
        for (var i = 0; i < 3000; i++)
        {
            var stored = good.ToArray();
            for (var left = random.Next(1, 4); left > 0; left--)
            {
                stored[random.Next(random.Next(2) == 0 ? 30 : stored.Length)] = (byte)(random.Next(4) * 85);
            }

            stored = stored[..random.Next(random.Next(3) == 0 ? 1 : stored.Length, stored.Length + 1)];
            var length = random.Next(3) == 0 ? random.Next(1, content.Length) : content.Length;
            room.AsSpan().Fill(Guard);
            var blob = new BlobReference { LogicalLength = (uint)length, StoredLength = (uint)stored.Length, Birth = 1, Checksum = default, Codec = id, Runs = [new Run(3, 1)] };
            try
            {
                Assert.True(coder.Decode(blob, stored, room.AsSpan(0, length), default, new StrictChecker()));
            }
            catch (CartridgeException e)
            {
                answers.Add(e.Code);
            }

            Assert.True(room.AsSpan(length).IndexOfAnyExcept(Guard) < 0, $"seed {seed}, round {i}: written beyond the room");
        }

        HashSet<ErrorCode> named =
            [ErrorCode.BadStream, ErrorCode.CodecBomb, ErrorCode.CodecSizeMismatch, ErrorCode.TrailingBytes, ErrorCode.LimitExceeded, ErrorCode.UnknownCodec];
        Assert.Subset(named, answers);
        Assert.Contains(ErrorCode.BadStream, answers);
    }

    /// <summary>What the engine reads off an LZ4 block by itself agrees with the library, for blocks that it can decode.</summary>
    [Fact]
    public void A_block_says_how_long_its_content_is()
    {
        var random = new Random(4);
        foreach (var kind in Kinds.Values)
        {
            foreach (var length in new[] { 1, 5, 12, 13, 14, 15, 16, 100, 4096, 65_536, 262_144 })
            {
                var content = kind(random, length);
                var block = new byte[(length * 2) + 100];
                foreach (var level in new[] { 0, 9 })
                {
                    var stored = block.AsSpan(0, new Lz4Codec().Encode(content, block, level));
                    Assert.Equal(length, Lz4Block.ContentLength(stored));
                    Assert.Null(Lz4Block.ContentLength(stored[..^1]) is { } shorter && shorter >= length ? shorter : null);
                }
            }
        }
    }

    [Theory]
    [InlineData("none", 0, 0)]
    [InlineData("lz4", 1, 0)]
    [InlineData("lz4:12", 1, 12)]
    [InlineData("zstd:22", 2, 22)]
    public void A_choice_is_read_as_it_is_written(string text, byte codec, byte level)
    {
        var choice = CodecChoice.Parse(text);
        Assert.Equal((codec, level), (choice.Codec, choice.Level));
        Assert.Equal(text, choice.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("LZ4")]
    [InlineData("zstd:")]
    [InlineData("zstd:23")]
    [InlineData("zstd:-1")]
    [InlineData("none:1")]
    [InlineData("gzip")]
    [InlineData("lz4:9:9")]
    public void What_is_no_choice_is_refused(string text) =>
        Assert.Equal(ErrorCode.BadArgument, Assert.Throws<CartridgeException>(() => CodecChoice.Parse(text)).Code);

    /// <summary>The probe must see that these are dense, or that they are not; it looks at no more than eight pieces.</summary>
    [Fact]
    public void The_probe_tells_dense_content_from_other()
    {
        var random = new Random(5);
        foreach (var length in new[] { 20_000, 65_536, 262_144 })
        {
            Assert.False(ContentProbe.MayPay(Kinds["noise"](random, length)));
            Assert.False(ContentProbe.MayPay(Kinds["gzip"](random, length)));
            Assert.All(["one byte", "two letters", "lines", "numbers", "noise, then zeros", "zeros, then noise"], kind => Assert.True(ContentProbe.MayPay(Kinds[kind](random, length)), kind));
        }
    }

    private static string? Walked(byte[] container, Dictionary<string, byte[]> contents)
    {
        var report = Verifier.Verify(new MemoryMedium(container), new VerifyOptions { Codecs = SystemCodecs.All });
        var walked = Cartridge.Formats.Walk.CartridgeWalker.Walk(container, SecondOpinion.Decoding).Projection.Entries;
        return report.Findings.Count > 0 ? string.Join("; ", report.Findings)
            : walked.FirstOrDefault(entry => entry.Sha256 != Convert.ToHexStringLower(SHA256.HashData(contents[entry.Path])))?.Path;
    }

    private static byte[] Fill(int length, Func<byte> next)
    {
        var bytes = new byte[length];
        foreach (ref var value in bytes.AsSpan())
        {
            value = next();
        }

        return bytes;
    }

    private static byte[] Deflated(byte[] text, int length)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(text);
        }

        return packed.ToArray()[..length];
    }

    /// <summary>A codec whose library the system does not have.</summary>
    private sealed class Absent(byte id) : IContentCodec
    {
        public byte Id => id;

        public bool IsAvailable => false;

        public int Encode(ReadOnlySpan<byte> content, Span<byte> destination, int level) => throw new DllNotFoundException();

        public OperationStatus Decode(ReadOnlySpan<byte> stored, Span<byte> destination, out int written) => throw new DllNotFoundException();
    }
}
