using System.Runtime.Versioning;
using System.Text.Json;

namespace Cartridge.Reference.Tests;

/// <summary>snapshot, diff, and --at of the commands that read.</summary>
[SupportedOSPlatform("linux")]
public sealed class SnapshotCommandTests
{
    [Theory]
    [InlineData("create")]
    [InlineData("list")]
    [InlineData("restore")]
    [InlineData("delete")]
    public void Each_command_teaches_by_example(string command)
    {
        var help = Bench.Cart("snapshot", command, "--help").IsFine().Output;
        Assert.StartsWith($"cart snapshot {command} FILE", help, StringComparison.Ordinal);
        Assert.Equal(2, help[help.IndexOf("\nExamples:\n", StringComparison.Ordinal)..].Split('\n').Count(line => line.Contains($"cart snapshot {command} ", StringComparison.Ordinal)));
        Bench.Cart("snapshot", command).Fails(2, "FILE", $"Try 'cart snapshot {command} --help'.");
    }

    [Fact]
    public void Each_command_that_reads_takes_a_snapshot()
    {
        using var bench = new Bench();
        var container = Sample(bench);
        Assert.Equal("a\ndocs/\n", Bench.Cart("ls", container, "--at", "v1").IsFine().Output);
        Assert.Equal("a\nb\n", Bench.Cart("ls", container).IsFine().Output);
        Assert.Equal("a\nb\n", Bench.Cart("ls", container, "--at", "@current").IsFine().Output);
        Assert.Equal("old", Bench.Cart("cat", container, "a", "--at", "v1").IsFine().Output);
        Assert.Equal("newer", Bench.Cart("cat", container, "a").IsFine().Output);
        Bench.Cart("cat", container, "b", "--at", "v1").Fails(1, "b: there is no such file");
        Bench.Cart("get", container, "--at", "v1", "--out", bench["old"]).IsFine();
        Assert.Equal(("old", "page"), (bench.Read("old/a"), bench.Read("old/docs/page")));
        Assert.False(File.Exists(bench["old/b"]));
        Assert.Contains("3 bytes", Bench.Cart("stat", container, "a", "--at", "v1").IsFine().Output, StringComparison.Ordinal);
        Assert.Contains("snapshot:", Bench.Cart("stat", container, "--at", "v1").IsFine().Output, StringComparison.Ordinal);
        var stat = Json("stat", container, "--at", "v1", "--json")[0];
        Assert.Equal(("v1", 2, 7), (stat.GetProperty("name").GetString(), stat.GetProperty("files").GetInt32(), stat.GetProperty("content_bytes").GetInt32()));
        Assert.Contains("at v1: valid", Bench.Cart("verify", container, "--at", "v1").IsFine().Output, StringComparison.Ordinal);
        Assert.Equal("v1", Json("verify", container, "--at", "v1", "--json")[0].GetProperty("snapshot").GetString());
    }

    [Theory]
    [InlineData("ls")]
    [InlineData("cat", "a")]
    [InlineData("get", "a")]
    [InlineData("stat")]
    [InlineData("verify")]
    public void A_snapshot_that_is_not_there_is_named(params string[] words)
    {
        using var bench = new Bench();
        var container = Sample(bench);
        string[] Line(string name) => [words[0], container, .. words.AsSpan(1), "--at", name];
        Bench.Cart(Line("v2")).Fails(1, "v2");
        Bench.Cart(Line("@other")).Fails(2, "@other");
        Bench.Cart(Line("")).Fails(2, "name");
    }

    [Fact]
    public void Snapshots_are_listed_in_the_order_in_which_they_were_made()
    {
        using var bench = new Bench();
        var container = Sample(bench);
        var made = JsonDocument.Parse(Bench.Cart("snapshot", "create", container, "a snapshot", "--json").IsFine().Output).RootElement;
        Assert.Equal(("a snapshot", 2, true), (made.GetProperty("name").GetString(), made.GetProperty("id").GetInt32(), made.GetProperty("base").GetBoolean()));
        var listed = Json("snapshot", "list", container, "--json");
        Assert.Equal(["v1", "a snapshot"], listed.Select(snapshot => snapshot.GetProperty("name").GetString()));
        Assert.Equal([2, 2], listed.Select(snapshot => snapshot.GetProperty("entries").GetInt32()));
        Assert.Equal(made.ToString(), listed[1].ToString());
        var lines = Bench.Cart("snapshot", "list", container).IsFine().Lines;
        Assert.Equal(["v1", ""], lines[0].Split('\t')[..2]);
        Assert.Equal(["a snapshot", "*"], lines[1].Split('\t')[..2]);
        Bench.Cart("snapshot", "create", container, "v1").Fails(1, "v1", "already");
        Bench.Cart("snapshot", "create", container, "@v1").Fails(2, "@v1");
        Bench.Cart("snapshot", "create", container, "").Fails(2, "name");
        Bench.Cart("snapshot").Fails(2, "a command is needed");
        Bench.Cart("snapshot", "list", bench["none.cart"]).Fails(1, "none.cart");
    }

    [Fact]
    public void Restoring_brings_back_what_was_there_and_keeps_all_snapshots()
    {
        using var bench = new Bench();
        var container = Sample(bench);
        Bench.Cart("snapshot", "create", container, "v2").IsFine();
        Bench.Cart("snapshot", "restore", container, "v1").IsFine();
        Assert.Equal("old", Bench.Cart("cat", container, "a").IsFine().Output);
        Assert.Equal("newer", Bench.Cart("cat", container, "a", "--at", "v2").IsFine().Output);
        Assert.Empty(Bench.Cart("diff", container, "v1").IsFine().Output);
        Bench.Cart("snapshot", "delete", container, "v1").IsFine();
        Assert.Equal("old", Bench.Cart("cat", container, "a").IsFine().Output);
        Bench.Cart("snapshot", "restore", container, "v1").Fails(1, "v1: there is no such snapshot", "x.cart");
        Bench.Cart("snapshot", "delete", container, "v1").Fails(1, "v1: there is no such snapshot", "x.cart");
        Bench.Cart("snapshot", "delete", container, "v2").IsFine();
        Assert.Empty(Bench.Cart("snapshot", "list", container).IsFine().Output);
        Bench.Cart("verify", container).IsFine();
    }

    [Fact]
    public void Differences_say_what_happened_to_each_entry()
    {
        using var bench = new Bench();
        var container = Sample(bench);
        using (var file = CartridgeFile.Open(container))
        {
            file.CreateSnapshot("v2");
            file.SetMetadata("b", new EntryMetadata { Mode = 0x180 });
        }

        Assert.Equal("content\ta\nadded\tb\nremoved\tdocs/page\n", Bench.Cart("diff", container, "v1", "v2").IsFine().Output);
        Assert.Equal("content\ta\nremoved\tb\nadded\tdocs/page\n", Bench.Cart("diff", container, "v2", "v1").IsFine().Output);
        Assert.Equal("metadata\tb\n", Bench.Cart("diff", container, "v2").IsFine().Output);
        Assert.Equal("metadata\tb\n", Bench.Cart("diff", container, "@current", "v2").IsFine().Output);
        Assert.Empty(Bench.Cart("diff", container, "v1", "v1").IsFine().Output);
        var differences = Json("diff", container, "v1", "v2", "--json");
        Assert.Equal(["content", "added", "removed"], differences.Select(difference => difference.GetProperty("change").GetString()));
        Assert.Equal((3, 5), (differences[0].GetProperty("before").GetProperty("size").GetInt32(), differences[0].GetProperty("after").GetProperty("size").GetInt32()));
        Assert.False(differences[1].TryGetProperty("before", out _));
        Bench.Cart("diff", container, "v1", "v3").Fails(1, "v3: there is no such snapshot", "x.cart");
        Bench.Cart("diff", container, "v3").Fails(1, "v3");
        Bench.Cart("diff", container, "@v1").Fails(2, "@v1");
        Bench.Cart("diff", container).Fails(2, "'A'", "Try 'cart diff --help'.");
    }

    [Fact]
    public void Verifying_a_snapshot_finds_its_damage_and_no_other()
    {
        using var bench = new Bench();
        var container = bench.Container(file =>
        {
            file.Write("a", "the former content"u8);
            file.CreateSnapshot("v1");
            file.Write("a", Enumerable.Repeat((byte)'x', 5000).ToArray());
            file.CreateSnapshot("v2");
        });
        bench.Damage("x.cart", "xxxxxxxx"u8);
        Assert.Equal(1, Bench.Cart("verify", container).Code);
        Assert.Equal(1, Bench.Cart("verify", container, "--at", "v2").Code);
        Bench.Cart("verify", container, "--at", "v1").IsFine();
    }

    [Fact]
    public void The_hash_of_a_snapshot_outlives_what_comes_after_it()
    {
        using var bench = new Bench();
        var container = Sample(bench);
        var hash = Bench.Cart("hash", container, "--at", "v1").IsFine().Output.Trim();
        Assert.NotEqual(Bench.Cart("hash", container, "--at", "@current").IsFine().Output.Trim(), hash);
        var json = Json("hash", container, "--at", "v1", "--json")[0];
        Assert.Equal(("v1", hash), (json.GetProperty("snapshot").GetString(), json.GetProperty("state_hash").GetString()));
        Bench.Cart("keygen", bench["k"]).IsFine();
        Bench.Cart("sign", container, "--at", "v1", "--key", bench["k"], "-o", bench["v1.sig"]).IsFine();
        Bench.Cart("mkdir", container, "later").IsFine();

        Assert.Equal(hash, Json("verify", container, "--at", "v1", "--json")[0].GetProperty("state_hash").GetString());
        Assert.Contains("at v1: in the state that was expected", Bench.Cart("verify", container, "--at", "v1", "--expect", hash).IsFine().Output, StringComparison.Ordinal);
        Assert.Contains("signed by", Bench.Cart("verify", container, "--at", "v1", "--key", bench["k.pub"], "--signature", bench["v1.sig"]).IsFine().Output, StringComparison.Ordinal);

        // It is no other snapshot's, and not the container's.
        Bench.Cart("snapshot", "create", container, "v2").IsFine();
        foreach (string[] other in new[] { ["--at", "v2"], Array.Empty<string>() })
        {
            Assert.Equal(4, Bench.Cart(["verify", container, "--expect", hash, .. other]).Code);
            var signed = Bench.Cart(["verify", container, "--key", bench["k.pub"], "--signature", bench["v1.sig"], .. other]);
            Assert.Equal(4, signed.Code);
            Assert.Contains("container.other-state", signed.Output, StringComparison.Ordinal);
        }

        Bench.Cart("hash", container, "--at", "nothing").Fails(1, "no such snapshot");
        Bench.Cart("hash", container, "--content", "--at", "nothing").Fails(1, "no such snapshot");
        Bench.Cart("sign", container, "--at", "nothing", "--key", bench["k"]).Fails(1, "no such snapshot");
    }

    private static string Sample(Bench bench) => bench.Container(container =>
    {
        container.Write("a", "old"u8);
        container.Write("docs/page", "page"u8);
        container.CreateSnapshot("v1");
        container.Write("a", "newer"u8);
        container.Delete("docs/page");
        container.Write("b", "b"u8);
    });

    private static JsonElement[] Json(params string[] words) =>
        [.. Bench.Cart(words).IsFine().Lines.Select(line => JsonDocument.Parse(line).RootElement)];

    [Fact]
    public void Who_has_no_such_snapshot_is_named_and_the_current_state_always_is_there()
    {
        using var bench = new Bench();
        var container = bench.Container(file => file.Write("a", "text"u8));
        foreach (string[] line in new string[][] { ["verify", container, "--at", "v1"], ["send", container, "--from", "v1"], ["send", container, "--to", "v1"], ["hash", container, "--at", "v1"], ["export", "--format", "1", container, bench["old.cart"], "--at", "v1"] })
        {
            Bench.Cart(line).Fails(1, $"v1: there is no such snapshot in {container}");
        }

        Bench.Cart("export", "--format", "1", container, bench["old.cart"], "--at", "@current").Fails(0);
        Bench.Cart("get", bench["old.cart"], "--at", "v1", "--out", bench["out"]).Fails(1, bench["old.cart"], "format 1");
    }
}
