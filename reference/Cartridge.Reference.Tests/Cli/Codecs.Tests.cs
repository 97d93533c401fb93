using System.Runtime.Versioning;
using System.Text.Json;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>What the command line makes of codecs.</summary>
[SupportedOSPlatform("linux")]
public sealed class CodecCommandsTests
{
    private const int Length = 300_000;

    [Theory]
    [InlineData("lz4")]
    [InlineData("lz4:9")]
    [InlineData("zstd")]
    [InlineData("zstd:12")]
    public void A_file_is_stored_shorter_and_comes_back(string codec)
    {
        using var bench = new Bench();
        var container = bench.Container();
        File.WriteAllBytes(bench["log"], Specimens.Lines(Length));
        File.WriteAllBytes(bench["noise"], Specimens.Bytes(1, Length));

        Bench.Cart("put", container, bench["log"], bench["noise"], "--codec", codec).IsFine();

        var log = Stat(container, "log");
        Assert.Equal(codec, log.GetProperty("codec").GetString());
        Assert.Equal(Length, log.GetProperty("size").GetInt32());
        Assert.InRange(log.GetProperty("stored").GetInt32(), 1, Length / 2);
        Assert.Equal(5, log.GetProperty(codec.StartsWith("lz4", StringComparison.Ordinal) ? "lz4_chunks" : "zstd_chunks").GetInt32());
        Assert.Equal(Length, Stat(container, "noise").GetProperty("stored").GetInt32());
        Assert.Equal(Specimens.Lines(Length), Bench.Cart("cat", container, "log").IsFine().OutputBytes);
        Bench.Cart("get", container, "--out", bench["out"]).IsFine();
        Assert.Equal(Specimens.Bytes(1, Length), File.ReadAllBytes(bench["out/noise"]));
        Assert.Contains("valid", Bench.Cart("verify", container).IsFine().Output, StringComparison.Ordinal);

        var line = Bench.Cart("ls", container, "-l", "log").IsFine().Output.Split('\t');
        Assert.Equal((Length.ToString(System.Globalization.CultureInfo.InvariantCulture), $"{log.GetProperty("stored")}"), (line[3], line[4]));
        Assert.Equal(log.GetProperty("stored").GetInt32(), Json("ls", container, "-l", "log", "--json").GetProperty("stored").GetInt32());
        var stats = Json("stats", container, "--json");
        Assert.Equal(2 * Length, stats.GetProperty("chunk_bytes").GetInt32());
        Assert.Equal(Length + log.GetProperty("stored").GetInt32(), stats.GetProperty("stored_bytes").GetInt32());
        Assert.Contains("stored:", Bench.Cart("stats", container).IsFine().Output, StringComparison.Ordinal);
        Assert.Contains($"codec: {codec}", string.Join(' ', Bench.Cart("stat", container, "log").IsFine().Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_container_has_a_default_and_a_file_may_refuse_it()
    {
        using var bench = new Bench();
        File.WriteAllBytes(bench["log"], Specimens.Lines(Length));
        File.WriteAllBytes(bench["data.db"], [.. "SQLite format 3\0"u8, .. Specimens.Lines(Length)]);
        Bench.Cart("create", bench["y.cart"], "--codec", "zstd:5").IsFine();
        Bench.Cart("put", bench["y.cart"], bench["log"], bench["data.db"]).IsFine();
        Bench.Cart("put", bench["y.cart"], bench["log"], "--to", "plain", "--codec", "none").IsFine();
        Bench.Cart(Specimens.Lines(Length), ["put", bench["y.cart"], "-", "--to", "input", "--codec", "lz4"]).IsFine();

        Assert.Equal("zstd:5", Json("stat", bench["y.cart"], "--json").GetProperty("default_codec").GetString());
        Assert.Equal(5, Stat(bench["y.cart"], "log").GetProperty("zstd_chunks").GetInt32());
        Assert.Equal(Length, Stat(bench["y.cart"], "plain").GetProperty("stored").GetInt32());
        Assert.Equal(Length + 16, Stat(bench["y.cart"], "data.db").GetProperty("stored").GetInt32());
        Assert.Equal(5, Stat(bench["y.cart"], "input").GetProperty("lz4_chunks").GetInt32());
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd:23")]
    [InlineData("none:1")]
    public void What_is_no_codec_is_a_wrong_argument(string codec)
    {
        using var bench = new Bench();
        var container = bench.Container();
        Bench.Cart("put", container, bench.File("a"), "--codec", codec).Fails(2, "--codec");
        Bench.Cart("create", bench["new.cart"], "--codec", codec).Fails(2, "--codec");
        Assert.False(File.Exists(bench["new.cart"]));
    }

    /// <summary>In a view of the system in which the libraries are empty files.</summary>
    [ToolFact("unshare", "mount")]
    public void Without_the_library_only_what_needs_it_is_refused()
    {
        using var bench = new Bench();
        var container = bench.Container();
        File.WriteAllBytes(bench["log"], Specimens.Lines(Length));
        Bench.Cart("put", container, bench["log"], bench.File("plain"), "--codec", "zstd").IsFine();

        const string Hide = "for f in $(ldconfig -p | sed -n 's/.*=> //p' | grep -E 'lib(lz4|zstd)[.]so[.]1$'); do mount --bind /dev/null $(readlink -f $f) || exit 77; done; ";
        var run = Hidden("\"$0\" \"$1\" cat x.cart log > /dev/null");
        if (run.Code == 77 || run.Error.Contains("unshare", StringComparison.Ordinal))
        {
            return; // Mounting is not permitted here; the engine's own tests hide the codec in another way.
        }

        run.Fails(3, "zstd", "not available");
        Hidden("\"$0\" \"$1\" put x.cart log --to again --codec lz4").Fails(3, "lz4", "not available");
        Assert.Equal("content", Hidden("\"$0\" \"$1\" cat x.cart plain").IsFine().Output);
        Assert.Contains("codec.unavailable", Hidden("\"$0\" \"$1\" verify x.cart").IsFine().Output, StringComparison.Ordinal);
        Assert.Contains("log", Hidden("\"$0\" \"$1\" ls x.cart -l").IsFine().Output, StringComparison.Ordinal);

        Outcome Hidden(string line) => bench.Shell($"unshare -rm sh -c '{Hide.Replace("'", "'\\''", StringComparison.Ordinal)}{line}' \"$0\" \"$1\"");
    }

    private static JsonElement Stat(string container, string path) => Json("stat", container, path, "--json");

    private static JsonElement Json(params string[] arguments) => JsonDocument.Parse(Bench.Cart(arguments).IsFine().Output).RootElement;
}
