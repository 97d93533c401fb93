namespace Cartridge.Reference.Tests;

public sealed class ContentTests : IDisposable
{
    private readonly MemoryMedium _medium = new();
    private readonly CartridgeFile _container;

    public ContentTests() => _container = new CartridgeBuilder().Slug("x").Title("Content").Create(_medium);

    public void Dispose()
    {
        var report = Verifier.Verify(_medium);
        Assert.True(report.IsValid && report.Findings.Count == 0, string.Join('\n', report.Findings));
        _container.Dispose();
        _medium.Dispose();
    }

    [Fact]
    public void A_stream_writes_in_any_order_what_another_reads()
    {
        var expected = new byte[300_000];
        var random = new Random(1);
        using (var stream = _container.OpenWrite("file"))
        {
            for (var i = 0; i < 200; i++)
            {
                var part = new byte[random.Next(1, 5_000)];
                random.NextBytes(part);
                stream.Position = random.Next(expected.Length - part.Length);
                part.CopyTo(expected, (int)stream.Position);
                stream.Write(part);
            }

            stream.SetLength(expected.Length);
            Assert.Equal(expected.Length, stream.Length);
        }

        using var read = _container.OpenRead("file");
        var actual = new byte[expected.Length];
        read.ReadExactly(actual);
        Assert.Equal(expected, actual);
        Assert.Equal(expected.Length - 10, read.Seek(-10, SeekOrigin.End));
        Assert.Equal(10, read.Read(new byte[20]));
        Assert.Equal(0, read.Read(new byte[20]));
    }

    [Theory]
    [InlineData(0, 300_000)]
    [InlineData(1, 299_998)]
    [InlineData(65_536, 65_536)]
    [InlineData(70_000, 100)]
    [InlineData(290_000, 1_000_000)]
    public void A_hole_reads_as_zero_and_gives_its_whole_chunks_back(int offset, int length)
    {
        var expected = new byte[300_000];
        new Random(2).NextBytes(expected);
        _container.Write("file", expected);
        var before = _container.GetStatistics().Chunks;
        _container.PunchHole("file", offset, length);
        expected.AsSpan(offset, Math.Min(length, expected.Length - offset)).Clear();
        Assert.Equal(expected, _container.Read("file"));
        var whole = Math.Max(0, ((Math.Min(offset + length, 300_000) == 300_000 ? 327_680 : offset + length) / 65_536) - ((offset + 65_535) / 65_536));
        Assert.Equal(before - (ulong)whole, _container.GetStatistics().Chunks);
    }

    [Fact]
    public void Chunks_of_zeros_take_no_space()
    {
        _container.Write("zeros", new byte[1 << 20]);
        Assert.Equal(0UL, _container.GetStatistics().Chunks);
        Assert.Equal(new byte[1 << 20], _container.Read("zeros"));
    }

    [Fact]
    public void The_manifest_bears_the_containers_own_slug_and_title()
    {
        Assert.Null(_container.ReadManifest());
        _container.WriteManifest(new CartridgeManifest { Version = "1.2.3", Author = "Ada", Slug = "wrong", Capabilities = ["read"] });
        var manifest = _container.ReadManifest()!;
        Assert.Equal(("x", "Content", "1.2.3", "Ada"), (manifest.Slug, manifest.Title, manifest.Version, manifest.Author));
        Assert.Equal(["read"], manifest.Capabilities);
        _container.Title = "Changed";
        Assert.Equal("Changed", _container.ReadManifest()!.Title);
    }

    [Fact]
    public void A_manifest_keeps_what_this_edition_does_not_know()
    {
        _container.Write(CartridgeManifest.Path, """{"version":"9","custom":{"a":[1,2]},"metadata":{"k":"v"}}"""u8);
        _container.WriteManifest(_container.ReadManifest()! with { Description = "new" });
        var text = System.Text.Encoding.UTF8.GetString(_container.Read(CartridgeManifest.Path));
        Assert.Contains("\"custom\"", text, StringComparison.Ordinal);
        Assert.Contains("\"k\": \"v\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[1,2]")]
    [InlineData("null")]
    [InlineData("{\"version\":7}")]
    public void What_is_no_manifest_is_refused(string text)
    {
        _container.Write(CartridgeManifest.Path, System.Text.Encoding.UTF8.GetBytes(text));
        Assert.Equal(ErrorCode.BadArgument, Assert.Throws<CartridgeException>(() => _container.ReadManifest()).Code);
    }

    [Fact]
    public void Statistics_count_what_is_there()
    {
        _container.CreateDirectory("d");
        _container.Write("d/inline", "four"u8);
        var chunk = new byte[70_000];
        Array.Fill(chunk, (byte)1);
        _container.Write("d/chunks", chunk);
        _container.CreateSymbolicLink("l", "d");
        var s = _container.GetStatistics();
        Assert.Equal((2UL, 1UL, 1UL), (s.Files, s.Directories, s.SymbolicLinks));
        Assert.Equal((2UL, 70_000UL, 5UL), (s.Chunks, s.StoredBytes, s.InlineBytes));
        Assert.Equal(18UL, s.ContentBlocks);
        Assert.Equal((2UL, 0UL), (s.MetadataBlocks, s.OtherBlocks)); // A leaf each.

        // A long value, of three blocks, and what a snapshot alone keeps: the chunks, and a leaf of either tree.
        _container.CreateSnapshot("s");
        _container.Write("d/chunks", []);
        _container.SetMetadata("l", new EntryMetadata { ExtendedAttributes = new Dictionary<string, byte[]> { ["user.x"] = new byte[9000] } });
        s = _container.GetStatistics();
        Assert.Equal((0UL, 5UL, 20UL), (s.ContentBlocks, s.MetadataBlocks, s.OtherBlocks));
        Assert.Equal(s.TotalBlocks, 3 + s.MetadataBlocks + s.OtherBlocks + s.FreeBlocks);
    }
}
