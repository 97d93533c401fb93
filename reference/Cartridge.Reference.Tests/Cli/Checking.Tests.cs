using System.Runtime.Versioning;
using System.Text.Json;

namespace Cartridge.Reference.Tests;

/// <summary>verify and inspect.</summary>
[SupportedOSPlatform("linux")]
public sealed class CheckingTests
{
    [Fact]
    public void A_valid_container_gets_one_line()
    {
        using var bench = new Bench();
        var container = bench.Container(file => file.Write("a", "hello"u8));
        var blocks = new FileInfo(container).Length / Format.PageSize;
        Assert.Equal($"{container}: valid: generation 2, 1 entry, 5 bytes of content in {blocks} blocks\n", Bench.Cart("verify", container).IsFine().Output);
    }

    [Fact]
    public void Damage_is_reported_with_code_page_owner_and_requirement()
    {
        using var bench = new Bench();
        var container = bench.Container(file => file.Write("folder/a", Enumerable.Repeat((byte)77, 5000).ToArray()));
        bench.Damage("x.cart", Enumerable.Repeat((byte)77, 100).ToArray());
        var outcome = Bench.Cart("verify", container);
        Assert.Equal(1, outcome.Code);
        Assert.StartsWith($"{container}: error content.checksum-mismatch page 3", outcome.Lines[0], StringComparison.Ordinal);
        Assert.Contains("folder/a", outcome.Lines[0], StringComparison.Ordinal);
        Assert.EndsWith("[CART-BLB-010]", outcome.Lines[0], StringComparison.Ordinal);
        Assert.Equal($"{container}: NOT VALID, 1 error", outcome.Lines[^1]);
        var finding = JsonDocument.Parse(Bench.Cart("verify", container, "--json").Output).RootElement.GetProperty("findings")[0];
        Assert.Equal(("error", "content.checksum-mismatch", "CART-BLB-010", 3), (
            finding.GetProperty("severity").GetString(), finding.GetProperty("code").GetString(),
            finding.GetProperty("requirement").GetString(), finding.GetProperty("page").GetInt32()));
    }

    [Fact]
    public void A_torn_last_commit_is_a_warning_and_said_on_every_use()
    {
        using var bench = new Bench();
        var container = bench.Container(file => file.Write("a", "x"u8));
        var bytes = File.ReadAllBytes(container);
        bytes[(2 * Format.PageSize) + 100] ^= 1;
        File.WriteAllBytes(container, bytes);
        var verified = Bench.Cart("verify", container).IsFine();
        Assert.Contains("warning page.checksum-mismatch page 2", verified.Output, StringComparison.Ordinal);
        Assert.Contains("valid, 1 warning", verified.Output, StringComparison.Ordinal);
        var listed = Bench.Cart("ls", container);
        Assert.Equal((0, "a\n"), (listed.Code, listed.Output));
        Assert.Contains("note: ", listed.Error, StringComparison.Ordinal);
        Assert.Contains("x.cart: warning page.checksum-mismatch page 2", listed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_file_is_checked_whatever_the_others_are()
    {
        using var bench = new Bench();
        bench.Container(name: "good.cart");
        bench.File("bad.cart", new string('x', 20_000));
        var outcome = Bench.Cart("verify", bench["missing.cart"], bench["bad.cart"], bench["good.cart"]).Fails(1, "missing.cart");
        Assert.Contains("container.bad-magic", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("good.cart: valid", outcome.Lines[^1], StringComparison.Ordinal);
        Assert.Equal(2, Bench.Cart("verify", bench["bad.cart"], bench["good.cart"], "--json").Lines.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("CART")]
    [InlineData("not a container at all")]
    [InlineData("CART\0\u0001\0\0")]
    public void What_is_no_container_is_named_by_every_command(string content)
    {
        using var bench = new Bench();
        var file = bench.File("x.cart", content);
        foreach (var arguments in new string[][] { ["ls", file], ["stat", file], ["cat", file, "a"], ["get", file, "--out", bench["out"]], ["rm", file, "a"], ["mkdir", file, "a"], ["put", file, file] })
        {
            Bench.Cart(arguments).Fails(1, "x.cart: error container.");
        }

        Assert.Equal(1, Bench.Cart("verify", file).Code);
        Assert.Equal(1, Bench.Cart("inspect", file).Code);
        Assert.Equal(content, bench.Read("x.cart"));
    }

    [Fact]
    public void Every_page_is_shown_once_for_what_it_is()
    {
        using var bench = new Bench();
        var container = bench.Container(file =>
        {
            file.Write("content", Enumerable.Range(0, 100_000).Select(i => unchecked((byte)i)).ToArray());
            file.Write("attributes", "x"u8, new EntryMetadata { UserMetadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["long"] = new('v', 5000) } });
        });
        var runs = Bench.Cart("inspect", container, "--json").IsFine().Lines.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var next = 0L;
        foreach (var run in runs)
        {
            Assert.Equal(next, run.GetProperty("first").GetInt64());
            next = run.GetProperty("last").GetInt64() + 1;
            Assert.Equal(next - run.GetProperty("first").GetInt64(), run.GetProperty("pages").GetInt64());
        }

        Assert.Equal(new FileInfo(container).Length / Format.PageSize, next);
        var whats = runs.Select(run => run.GetProperty("what").GetString()!).ToList();
        foreach (var expected in new[] { "identity", "commit record before it", "commit record of generation 3, the state", "content of content", "long record of attributes", "catalog leaf", "content leaf", "free" })
        {
            Assert.Contains(expected, whats);
        }

        Assert.Equal(runs.Count, Bench.Cart("inspect", container).IsFine().Lines.Length);
    }

    [Fact]
    public void Every_byte_of_a_page_is_shown_once_and_in_order()
    {
        using var bench = new Bench();
        var container = bench.Container(file =>
        {
            for (var i = 0; i < 60; i++)
            {
                file.Write($"folder/{i}", Enumerable.Range(i, 2000).Select(n => unchecked((byte)n)).ToArray());
            }
        });
        var bytes = File.ReadAllBytes(container);
        for (var page = 0; page < bytes.Length / Format.PageSize; page++)
        {
            var shown = Bench.Cart("inspect", container, "--page", $"{page}").IsFine().Lines;
            var expected = bytes.AsSpan(page * Format.PageSize, Format.PageSize);
            Assert.Equal(Convert.ToHexStringLower(expected), string.Concat(shown.SkipWhile(line => !line.StartsWith("     0  ", StringComparison.Ordinal)).Select(BytesOf)));
            var json = JsonDocument.Parse(Bench.Cart("inspect", container, "--page", $"{page}", "--json").IsFine().Output).RootElement;
            Assert.Equal(Convert.ToHexStringLower(expected), json.GetProperty("bytes").GetString());
        }

        Bench.Cart("inspect", container, "--page", $"{bytes.Length / Format.PageSize}").Fails(1, "no page");
        Bench.Cart("inspect", container, "--page", "-1").Fails(2, "--page");
        Bench.Cart("inspect", container, "--page", "x").Fails(2, "--page");
    }

    [Fact]
    public void Fields_bear_the_names_of_the_specification()
    {
        using var bench = new Bench();
        var container = bench.Container();
        var identity = Bench.Cart("inspect", container, "--page", "0").IsFine().Output;
        Assert.Contains("     0  43 41 52 54 00 03 0d 0a                          magic", identity, StringComparison.Ordinal);
        var record = Bench.Cart("inspect", container, "--page", "2").IsFine().Output;
        Assert.StartsWith("page 2, at byte 8192: commit record\n", record, StringComparison.Ordinal);
        Assert.Contains("    64  01 00 00 00 00 00 00 00                          generation", record, StringComparison.Ordinal);
    }

    /// <summary>The hexadecimal digits of a line of a dump; of a row of zeros, as many as it stands for.</summary>
    private static string BytesOf(string line)
    {
        var column = line[8..Math.Min(line.Length, 8 + 47)];
        var words = column.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is ["00", "...", var count, ..] ? new string('0', 2 * int.Parse(count.TrimStart('('), System.Globalization.CultureInfo.InvariantCulture)) : string.Concat(words);
    }
}
