using System.Runtime.Versioning;
using System.Text.Json;

namespace Cartridge.Reference.Tests;

/// <summary>salvage.</summary>
[SupportedOSPlatform("linux")]
public sealed class SalvageCommandTests
{
    [Fact]
    public void What_is_left_is_copied_and_what_is_not_is_named()
    {
        using var bench = new Bench();
        var container = bench.Container(file =>
        {
            file.Write("whole", "all of it"u8);
            file.Write("damaged", Enumerable.Repeat((byte)77, 200_000).ToArray());
            file.Write("gone", Enumerable.Repeat((byte)99, 5000).ToArray());
        });
        bench.Damage("x.cart", Enumerable.Repeat((byte)77, 100).ToArray());
        bench.Damage("x.cart", Enumerable.Repeat((byte)99, 100).ToArray());
        var before = File.ReadAllBytes(container);

        var outcome = Bench.Cart("salvage", container, bench["saved.cart"]);
        Assert.Equal((1, ""), (outcome.Code, outcome.Error));
        Assert.Equal(
            ["damaged: partial: a part of its content is gone, missing 65536 of 200000 bytes (0-65535)", "gone: lost: a part of its content is gone", $"{bench["saved.cart"]}: 1 whole, 1 partial, 1 lost; 0 of them unproven, 0 without a name"],
            outcome.Lines);
        Assert.Equal(before, File.ReadAllBytes(container));
        Bench.Cart("verify", bench["saved.cart"]).IsFine();
        Assert.Equal("damaged\nwhole\n", Bench.Cart("ls", bench["saved.cart"]).IsFine().Output);
        Assert.Equal("all of it", Bench.Cart("cat", bench["saved.cart"], "whole").IsFine().Output);

        Bench.Cart("salvage", container, bench["saved.cart"]).Fails(1, "is there already");
        var lines = Bench.Cart("salvage", container, bench["again.cart"], "--json").Lines.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["partial", "lost", "whole"], lines.SkipLast(1).Select(line => line.GetProperty("outcome").GetString()!));
        Assert.Equal(65536, lines[0].GetProperty("missing")[0].GetProperty("length").GetInt64());
        Assert.Equal((false, 1, 1), (lines[^1].GetProperty("complete").GetBoolean(), lines[^1].GetProperty("partial").GetInt32(), lines[^1].GetProperty("lost").GetInt32()));
    }

    [Fact]
    public void Snapshots_are_named_and_salvaged_on_their_own()
    {
        using var bench = new Bench();
        var container = bench.Container(file =>
        {
            file.Write("a", Enumerable.Repeat((byte)77, 5000).ToArray());
            file.CreateSnapshot("v1");
            file.Write("a", Enumerable.Repeat((byte)99, 5000).ToArray());
        });
        bench.Damage("x.cart", Enumerable.Repeat((byte)99, 100).ToArray());
        var current = Bench.Cart("salvage", container, bench["now.cart"]);
        Assert.Equal(1, current.Code);
        Assert.Contains("snapshots found: v1", current.Output, StringComparison.Ordinal);
        var lines = Bench.Cart("salvage", container, bench["v1.cart"], "--at", "v1", "--json").IsFine().Lines.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(("v1", true), (lines[^1].GetProperty("snapshots")[0].GetString(), lines[^1].GetProperty("complete").GetBoolean()));
        Assert.Equal(new string('M', 5000), Bench.Cart("cat", bench["v1.cart"], "a").IsFine().Output);
        Bench.Cart("salvage", container, bench["v2.cart"], "--at", "v2").Fails(1, "v2", "no such snapshot");
        Assert.False(File.Exists(bench["v2.cart"]));
    }

    [Fact]
    public void A_sound_container_is_copied_whole_and_what_is_none_is_refused()
    {
        using var bench = new Bench();
        var container = bench.Container(file => file.Write("a", "x"u8));
        Assert.Contains("1 whole, 0 partial, 0 lost; 0 of them unproven", Bench.Cart("salvage", container, bench["copy.cart"]).IsFine().Output, StringComparison.Ordinal);
        bench.File("none.cart", new string('x', 20_000));
        Bench.Cart("salvage", bench["none.cart"], bench["nothing.cart"]).Fails(1, "no node of any container");
        Assert.False(File.Exists(bench["nothing.cart"]));
        Bench.Cart("salvage", container).Fails(2, "OUT");
    }

    [Fact]
    public void One_that_ends_early_leaves_nothing_behind()
    {
        using var bench = new Bench();
        var container = bench.Container(file =>
        {
            file.Write("a", Enumerable.Repeat((byte)77, 5000).ToArray());
            file.Write("b", "text"u8);
        });
        var options = new SalvageOptions { Each = entry => throw new IOException(entry.Path) };
        Assert.Throws<IOException>(() => Salvager.Salvage(container, bench["saved.cart"], options));
        using (var medium = FileMedium.Open(container, readOnly: true))
        {
            Assert.Throws<IOException>(() => Salvager.Salvage(medium, bench["saved.cart"], options));
        }

        Assert.Equal([container], Directory.GetFileSystemEntries(bench.Folder));
    }

    [Fact]
    public void Nobody_has_to_read_what_is_said_of_it()
    {
        using var bench = new Bench();
        var container = bench.Container(file =>
        {
            for (var i = 0; i < 100; i++)
            {
                file.Write($"a file with a long name, so that much is said of it {i:000}", Material.Bytes(i, 1000));
            }

            file.Write("damaged", Enumerable.Repeat((byte)77, 5000).ToArray());
        });
        bench.Damage("x.cart", Enumerable.Repeat((byte)77, 100).ToArray());
        Assert.Equal(1, Deserted.Cart("salvage", container, bench["saved.cart"], "--json"));
        Assert.Equal(100, Bench.Cart("ls", bench["saved.cart"]).IsFine().Lines.Length);
        Assert.Equal(1, Deserted.Cart("verify", container));
        Assert.Equal(0, Deserted.Cart("verify", bench["saved.cart"]));
        Assert.Equal(0, Deserted.Cart("ls", "-l", container));
    }
}
