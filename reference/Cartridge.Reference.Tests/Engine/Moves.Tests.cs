namespace Cartridge.Reference.Tests;

public sealed class MovesTests : IDisposable
{
    private readonly MemoryMedium _medium = new();
    private readonly CartridgeFile _container;

    public MovesTests()
    {
        _container = new CartridgeBuilder().Slug("x").Create(_medium);
        _container.CreateDirectory("d", new EntryMetadata { Mode = 0x1C0 });
        _container.Write("d/large", Bytes(200_000), new EntryMetadata { ContentType = "text/plain", Modified = 42 });
        _container.Write("d/sub/small", "small"u8);
        _container.WriteAt("d/sparse", 1_000_000, "x"u8);
        _container.CreateSymbolicLink("d/link", "large");
        _container.Write("dd", "a neighbour by name"u8);
    }

    public void Dispose()
    {
        var report = Verifier.Verify(_medium);
        Assert.True(report.IsValid && report.Findings.Count == 0, string.Join('\n', report.Findings));
        _container.Dispose();
        _medium.Dispose();
    }

    [Fact]
    public void A_folder_is_renamed_with_all_that_is_below_it_and_nothing_else()
    {
        var free = _container.FreeBlocks;
        Assert.Equal(5, _container.Move("d", "e/f"));
        Assert.Equal(["dd", "e/f", "e/f/large", "e/f/link", "e/f/sparse", "e/f/sub/small"], Paths());
        Assert.Equal(Bytes(200_000), _container.Read("e/f/large"));
        Assert.Equal((42L, "text/plain"), (_container.GetEntry("e/f/large").Modified, _container.GetEntry("e/f/large").ContentType));
        Assert.Equal("large", _container.ReadLink("e/f/link"));
        Assert.InRange(_container.FreeBlocks, free - 4, free + 4);
    }

    [Fact]
    public void A_copy_has_content_of_its_own()
    {
        Assert.Equal(5, _container.Copy("d", "copy"));
        _container.WriteAt("d/large", 0, "changed"u8);
        Assert.Equal(Bytes(200_000), _container.Read("copy/large"));
        Assert.Equal(_container.GetEntry("d/sparse").Size, _container.GetEntry("copy/sparse").Size);
        Assert.NotEqual(_container.GetEntry("d/large").FileId, _container.GetEntry("copy/large").FileId);
        _container.DeleteTree("d");
        Assert.Equal("small"u8, _container.Read("copy/sub/small"));
    }

    [Fact]
    public void A_folder_that_is_only_implied_can_be_renamed() => Assert.Equal(1, _container.Move("d/sub", "s"));

    [Theory]
    [InlineData("d", "dd", "api.exists")]
    [InlineData("d/large", "d/sub", "api.exists")]
    [InlineData("d", "d/sub/deeper", "api.bad-argument")]
    [InlineData("missing", "new", "api.not-found")]
    [InlineData("d", "../out", "catalog.bad-path")]
    public void What_cannot_be_is_refused_and_nothing_changes(string from, string to, string code)
    {
        var (before, generation) = (Paths(), _container.Generation);
        Assert.Equal(code, Assert.Throws<CartridgeException>(() => _container.Move(from, to)).Code.ToString());
        Assert.Equal(code, Assert.Throws<CartridgeException>(() => _container.Copy(from, to)).Code.ToString());
        Assert.Equal(before, Paths());
        Assert.Equal(generation, _container.Generation);
    }

    [Fact]
    public void A_path_that_would_become_too_long_stops_the_whole_rename()
    {
        _container.Write($"d/{new string('x', 1100)}", "long"u8);
        var before = Paths();
        Assert.Equal(ErrorCode.BadPath, Assert.Throws<CartridgeException>(() => _container.Move("d", new string('y', 60))).Code);
        Assert.Equal(before, Paths());
    }

    private List<string> Paths() => [.. _container.List().Select(entry => entry.Path)];

    private static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
