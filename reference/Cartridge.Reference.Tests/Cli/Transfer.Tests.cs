using System.Runtime.Versioning;
using System.Text.Json;
using Cartridge.Cli;

namespace Cartridge.Reference.Tests;

/// <summary>send, receive and hash --content.</summary>
[SupportedOSPlatform("linux")]
public sealed class TransferCommandTests
{
    [Fact]
    public void What_is_sent_is_received_and_hashes_to_the_content_digest()
    {
        using var bench = new Bench();
        var source = bench.Container(file => file.Write("a", Material.Bytes(1, 100_000)));
        var stream = Bench.Cart("send", source).IsFine().OutputBytes;
        Assert.Equal(Material.Sha256(stream), Bench.Cart("hash", source, "--content").IsFine().Output.Trim());
        var copy = bench["copy.cart"];
        Bench.Cart(stream, ["receive", copy]).IsFine();
        Assert.Equal(Bench.Cart("hash", source, "--content").Output, Bench.Cart("hash", copy, "--content").IsFine().Output);
        Bench.Cart("verify", copy).IsFine();
        Assert.False(File.Exists(copy + ".incoming"));
        Bench.Cart(stream, ["receive", copy]).Fails(1, "transfer.wrong-base");
        Assert.Equal(2, Bench.Cart([], ["send", source], isWatched: true).Code);
        Assert.Equal(2, Bench.Cart("send", source, "--skip", "-1").Code);
        Bench.Cart("send", source, "--skip", "1000000").Fails(2, "bytes");
        Bench.Cart("send", source, "--from", "nothing").Fails(1, "no such snapshot");
    }

    [Fact]
    public void Deltas_follow_each_other_with_a_sum_that_is_kept()
    {
        using var bench = new Bench();
        var source = bench.Container(file =>
        {
            file.Write("a", Material.Bytes(1, 100_000));
            file.CreateSnapshot("one");
            file.WriteAt("a", 10, [1]);
            file.CreateSnapshot("two");
            file.Delete("a");
            file.Write("b", "text"u8);
        });
        var (copy, here, there) = (bench["copy.cart"], bench["here.sum"], bench["there.sum"]);
        Bench.Cart(Bench.Cart("send", source, "--to", "one", "--sum", here).IsFine().OutputBytes, ["receive", copy, "--sum", there]).IsFine();
        Assert.Equal(ContentSum.EncodedLength, new FileInfo(here).Length);
        Bench.Cart(Bench.Cart("send", source, "--from", "one", "--to", "two", "--sum", here).IsFine().OutputBytes, ["receive", copy, "--sum", there]).IsFine();
        var last = Bench.Cart(Bench.Cart("send", source, "--from", "two", "--sum", here).IsFine().OutputBytes, ["receive", copy, "--sum", there, "--json"]).IsFine();
        var told = JsonDocument.Parse(last.Output).RootElement;
        Assert.Equal(("delta", 1, 1), (told.GetProperty("kind").GetString(), told.GetProperty("entries").GetInt32(), told.GetProperty("removals").GetInt32()));
        Assert.Equal(Bench.Cart("hash", source, "--content").Output, Bench.Cart("hash", copy, "--content").IsFine().Output);
        Assert.NotEqual(Bench.Cart("hash", source, "--content").Output, Bench.Cart("hash", source, "--content", "--at", "two").IsFine().Output);

        // A sum that was spoilt is passed over.
        var spoilt = File.ReadAllBytes(there);
        spoilt[^1] ^= 1;
        File.WriteAllBytes(there, spoilt);
        Bench.Cart(Bench.Cart("send", source, "--from", "one", "--to", "two").OutputBytes, ["receive", copy, "--sum", there]).Fails(1, "transfer.wrong-base");
    }

    [Fact]
    public void A_stream_that_was_cut_goes_on()
    {
        using var bench = new Bench();
        var source = bench.Container(file => file.WriteAll(Enumerable.Range(0, 20).Select(i => BulkStep.File($"f{i:00}", new MemoryStream(Material.Bytes(i, 3000))))));
        var stream = Bench.Cart("send", source).OutputBytes;
        var copy = bench["copy.cart"];
        Assert.Equal("0", Bench.Cart("receive", copy, "--staged").IsFine().Output.Trim());
        Bench.Cart(stream[..(stream.Length / 2)], ["receive", copy]).Fails(1, "was cut");
        Assert.False(File.Exists(copy));
        var kept = Bench.Cart("receive", copy, "--staged").IsFine().Output.Trim();
        var rest = Bench.Cart("send", source, "--skip", kept).IsFine().OutputBytes;
        Assert.InRange(rest.Length, stream.Length / 3, stream.Length * 2 / 3);
        Bench.Cart(rest, ["receive", copy, "--resume"]).IsFine();
        Assert.Equal(Bench.Cart("hash", source, "--content").Output, Bench.Cart("hash", copy, "--content").IsFine().Output);

        stream[^1] ^= 1;
        var other = bench["other.cart"];
        Bench.Cart(stream, ["receive", other]).Fails(1, "transfer.checksum-mismatch");
        Assert.False(File.Exists(other));
    }

    [Fact]
    public void A_received_snapshot_has_the_name_that_the_receiver_gives()
    {
        using var bench = new Bench();
        var source = bench.Container(file => file.Write("a", "text"u8));
        var copy = bench["copy.cart"];
        Bench.Cart(Bench.Cart("send", source).OutputBytes, ["receive", copy, "--snapshot", "first"]).IsFine();
        using (var container = CartridgeFile.OpenReadOnly(copy))
        {
            Assert.Equal("first", Assert.Single(container.Snapshots).Name);
        }

        Bench.Cart([], ["receive", bench["none.cart"]]).Fails(1, "was cut");
        Assert.False(File.Exists(bench["none.cart"]));
    }

    [Fact]
    public void Where_to_go_on_may_be_asked_in_the_pipe_that_brings_the_rest()
    {
        using var bench = new Bench();
        var source = bench.Container(file => file.WriteAll(Enumerable.Range(0, 20).Select(i => BulkStep.File($"f{i:00}", new MemoryStream(Material.Bytes(i, 3000))))));
        var stream = Bench.Cart("send", source).OutputBytes;
        var copy = bench["copy.cart"];
        Bench.Cart(stream[..(stream.Length / 2)], ["receive", copy]).Fails(1, "was cut");

        // send --skip $(receive --staged) | receive --resume: the receiver waits while the sender's place is asked for.
        using var input = new LateInput(() => Bench.Cart("send", source, "--skip", Bench.Cart("receive", copy, "--staged").IsFine().Output.Trim()).IsFine().OutputBytes);
        using var session = new Session(input, new MemoryStream(), new StringWriter(), isWatched: false);
        Assert.Equal(0, CommandLine.Run(["receive", copy, "--resume"], session));
        Assert.Equal(Bench.Cart("hash", source, "--content").Output, Bench.Cart("hash", copy, "--content").IsFine().Output);
    }

    [Fact]
    public void What_is_kept_of_a_stream_is_for_its_owner_alone()
    {
        using var bench = new Bench();
        var stream = Bench.Cart("send", bench.Container(file => file.Write("a", Material.Bytes(1, 100_000)))).OutputBytes;
        Bench.Cart(stream[..^1], ["receive", bench["copy.cart"]]).Fails(1, "was cut");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(bench["copy.cart.incoming"]));
    }

    [Fact]
    public void A_sum_takes_the_place_of_a_sum_only()
    {
        using var bench = new Bench();
        var source = bench.Container(file => file.Write("a", "text"u8));
        var before = File.ReadAllBytes(source);
        Bench.Cart("send", source, "--sum", source).Fails(1, "x.cart", "is no sum");
        Assert.Equal(before, File.ReadAllBytes(source));
        Bench.Cart("send", source, "--sum", bench.Folder).Fails(1, "is no sum");

        var stream = Bench.Cart("send", source).OutputBytes;
        Bench.Cart(stream, ["receive", bench["copy.cart"], "--sum", source]).Fails(1, "is no sum");
        Assert.False(File.Exists(bench["copy.cart"]));
        Assert.Equal(before, File.ReadAllBytes(source));
    }

    /// <summary>Input whose sender has something to find out before the first byte.</summary>
    private sealed class LateInput(Func<byte[]> begin) : MemoryStream
    {
        private MemoryStream? _rest;

        public override int Read(byte[] buffer, int offset, int count) => (_rest ??= new MemoryStream(begin())).Read(buffer, offset, count);

        public override int Read(Span<byte> buffer) => (_rest ??= new MemoryStream(begin())).Read(buffer);
    }
}
