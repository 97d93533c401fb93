using System.Runtime.Versioning;
using System.Text.Json;

namespace Cartridge.Reference.Tests;

/// <summary>stats and manifest.</summary>
[SupportedOSPlatform("linux")]
public sealed class AboutTests
{
    [Fact]
    public void Statistics_add_up()
    {
        using var bench = new Bench();
        var container = bench.Container(file =>
        {
            file.Write("inline", "hello"u8);
            file.Write("chunks", Enumerable.Repeat((byte)1, 100_000).ToArray());
            file.SetLength("chunks", 1_000_000);
            file.CreateSymbolicLink("link", "inline");
            file.CreateDirectory("folder");
        });
        var json = JsonDocument.Parse(Bench.Cart("stats", container, "--json").IsFine().Output).RootElement;
        long Number(string name) => json.GetProperty(name).GetInt64();
        Assert.Equal((2, 1, 1), (Number("files"), Number("directories"), Number("symlinks")));
        Assert.Equal(1_000_000 + 5 + 6, Number("content_bytes"));
        Assert.Equal(Number("content_bytes"), Number("stored_bytes") + Number("inline_bytes") + Number("hole_bytes"));
        Assert.Equal(Number("total_blocks"), Number("content_blocks") + Number("metadata_blocks") + Number("free_blocks") + Format.FixedBlocks);
        Assert.Equal((1, 1), (Number("catalog_height"), Number("content_height")));
        var text = Bench.Cart("stats", container).IsFine();
        Assert.Contains("in holes:     900000 bytes", text.Output, StringComparison.Ordinal);
        Assert.Contains("catalog tree: 1 level\n", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Compaction_shortens_the_file_and_says_so()
    {
        using var bench = new Bench();
        var container = bench.Container(file =>
        {
            file.Write("first", Enumerable.Repeat((byte)1, 1_000_000).ToArray());
            file.Write("last", Enumerable.Repeat((byte)2, 100_000).ToArray());
            file.Delete("first");
        });
        var length = new FileInfo(container).Length;
        var outcome = Bench.Cart("compact", container, "--blocks", "10").IsFine();
        Assert.Contains(" blocks before, ", outcome.Output, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(container).Length, 100_000, length / 4);
        Assert.Equal("last\n", Bench.Cart("ls", container).IsFine().Output);
        Bench.Cart("verify", container).IsFine();
        Bench.Cart("compact", container, "--blocks", "0").Fails(2, "--blocks");
    }

    [Fact]
    public void A_backup_is_the_same_state_and_no_file_is_overwritten()
    {
        using var bench = new Bench();
        var container = bench.Container(file => file.Write("a", Enumerable.Repeat((byte)1, 100_000).ToArray()));
        var hash = Bench.Cart("hash", container).IsFine().Output;
        Bench.Cart("backup", container, bench["copy.cart"]).IsFine();
        Assert.Equal(hash.Replace("x.cart", "copy.cart", StringComparison.Ordinal), Bench.Cart("hash", bench["copy.cart"]).Output);
        Assert.All(Verifier.Verify(bench["copy.cart"]).Findings, finding => Assert.Equal(Severity.Warning, finding.Severity));
        using (var copy = CartridgeFile.Open(bench["copy.cart"]))
        {
            copy.Write("b", "written on"u8);
            Assert.Equal(100_000, copy.Read("a").Length);
        }

        Assert.True(Verifier.Verify(bench["copy.cart"]).Findings.Count == 0);
        Assert.Contains("exists", Bench.Cart("backup", container, bench["copy.cart"]).Error, StringComparison.Ordinal);
        Assert.Equal(["copy.cart", "x.cart"], Directory.GetFiles(bench.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_manifest_is_made_changed_and_shown()
    {
        using var bench = new Bench();
        var container = bench.Container();
        Bench.Cart("manifest", "show", container).Fails(1, "has no manifest");
        Bench.Cart(
            "manifest", "set", container, "--version", "1.2.0", "--description", "two\nlines", "--author", "Ada", "--license", "MIT",
            "--repository", "https://example.org/x", "--capability", "b", "--capability", "a", "--dependency", "base=2.1", "--dependency", "icons=a=b",
            "--metadata", "stage=test").IsFine();
        string[] expected =
        [
            "slug:        x", "version:     1.2.0", "description: two\\x0alines", "author:      Ada", "license:     MIT",
            "repository:  https://example.org/x", "capability:  b", "capability:  a", "dependency:  base 2.1", "dependency:  icons a=b",
            "metadata:    stage test",
        ];
        Assert.Equal(expected, Bench.Cart("manifest", "show", container).IsFine().Lines.Where(line => !line.StartsWith("created:", StringComparison.Ordinal)));

        Bench.Cart("manifest", "set", container, "--author", "", "--capability", "c", "--dependency", "base=", "--metadata", "stage=").IsFine();
        var json = JsonDocument.Parse(Bench.Cart("manifest", "show", container, "--json").IsFine().Output).RootElement;
        Assert.Equal("1.2.0", json.GetProperty("version").GetString());
        Assert.Equal("a=b", json.GetProperty("dependencies").GetProperty("icons").GetString());
        Assert.Equal(["c"], json.GetProperty("capabilities").EnumerateArray().Select(capability => capability.GetString()));
        Assert.False(json.TryGetProperty("author", out _));
        Assert.False(json.TryGetProperty("metadata", out _));
        Bench.Cart("verify", container).IsFine();
    }

    [Fact]
    public void Members_of_other_programs_stay_and_nothing_is_published_for_nothing()
    {
        using var bench = new Bench();
        var container = bench.Container(file => file.Write(
            CartridgeManifest.Path, """{"slug":"other","version":"3","dependencies":["a","b"],"theirs":{"x":[1,2]}}"""u8));
        var generation = Generation(container);
        Bench.Cart("manifest", "set", container, "--version", "3").IsFine();
        Assert.Equal(generation, Generation(container));
        Bench.Cart("manifest", "set", container, "--version", "4").IsFine();
        var json = JsonDocument.Parse(Bench.Cart("manifest", "show", container, "--json").IsFine().Output).RootElement;
        Assert.Equal("x", json.GetProperty("slug").GetString());
        Assert.Equal("[1,2]", json.GetProperty("theirs").GetProperty("x").GetRawText());
        Assert.Equal("""["a","b"]""", json.GetProperty("dependencies").GetRawText());
        Bench.Cart("manifest", "set", container, "--dependency", "c=1").Fails(1, "dependencies");
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"version\":1}")]
    [InlineData("{\"metadata\":{\"a\":1,\"a\":2}}")]
    public void What_is_no_manifest_is_said_to_be_none(string text)
    {
        using var bench = new Bench();
        var container = bench.Container(file => file.Write(CartridgeManifest.Path, System.Text.Encoding.UTF8.GetBytes(text)));
        Bench.Cart("manifest", "show", container).Fails(1, container, CartridgeManifest.Path);
        Bench.Cart("manifest", "set", container, "--version", "2").Fails(1, container, CartridgeManifest.Path);
    }

    [Theory]
    [InlineData("--dependency", "nothing")]
    [InlineData("--metadata", "=value")]
    [InlineData("--version", "")]
    [InlineData("--colour", "red")]
    public void Mistakes_are_wrong_usage(string option, string value)
    {
        using var bench = new Bench();
        Bench.Cart("manifest", "set", bench.Container(), option, value).Fails(2, option);
    }

    private static ulong Generation(string container)
    {
        using var file = CartridgeFile.OpenReadOnly(container);
        return file.Generation;
    }
}
