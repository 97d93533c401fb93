using System.Runtime.Versioning;

namespace Cartridge.Reference.Tests;

/// <summary>mv and cp.</summary>
[SupportedOSPlatform("linux")]
public sealed class MovingTests
{
    [Theory]
    [InlineData("a", "b", "b docs/x docs/y/z")]
    [InlineData("a", "docs", "docs/a docs/x docs/y/z")]
    [InlineData("a", "docs/", "docs/a docs/x docs/y/z")]
    [InlineData("a", "new/", "docs/x docs/y/z new/a")]
    [InlineData("a", "new/name", "docs/x docs/y/z new/name")]
    [InlineData("docs", "papers", "a papers/x papers/y/z")]
    [InlineData("docs/", "papers", "a papers/x papers/y/z")]
    [InlineData("docs/y", "old/", "a docs/x old/y/z")]
    [InlineData("docs/y/z", "docs", "a docs/x docs/z")]
    public void Things_go_where_people_expect_them(string from, string to, string expected)
    {
        using var bench = new Bench();
        Bench.Cart("mv", Sample(bench), from, to).IsFine();
        Assert.Equal(expected, Paths(bench));
    }

    [Fact]
    public void A_copy_is_a_thing_of_its_own()
    {
        using var bench = new Bench();
        var container = Sample(bench);
        Bench.Cart("cp", container, "docs", "copy").IsFine();
        Bench.Cart("cp", container, "a", "copy").IsFine();
        Assert.Equal("a copy/a copy/x copy/y/z docs/x docs/y/z", Paths(bench));
        Bench.Cart("rm", container, "-r", "docs").IsFine();
        Assert.Equal("x of docs", Bench.Cart("cat", container, "copy/x").IsFine().Output);
        Bench.Cart("verify", container).IsFine();
    }

    [Theory]
    [InlineData("a", "docs/x", 1, "docs/x: is there already")]
    [InlineData("missing", "b", 1, "missing: there is no such entry")]
    [InlineData("a", "a", 1, "the thing itself")]
    [InlineData("docs", "docs", 2, "below docs itself")]
    [InlineData("docs", "docs/y/", 2, "below docs itself")]
    [InlineData("docs/y", "a", 1, "a: is a file")]
    [InlineData("a", "docs/x/below", 1, "docs/x, which is a file")]
    [InlineData("a", "", 2, "")]
    [InlineData("a", "/b", 2, "/b")]
    [InlineData("a", "..", 2, "..")]
    public void What_cannot_be_moved_stays_where_it_is(string from, string to, int code, string named)
    {
        using var bench = new Bench();
        var container = Sample(bench);
        foreach (var command in new[] { "mv", "cp" })
        {
            Bench.Cart(command, container, from, to).Fails(code, named);
        }

        Assert.Equal("a docs/x docs/y/z", Paths(bench));
    }

    [Fact]
    public void Overwriting_replaces_a_file_or_link_and_no_folder()
    {
        using var bench = new Bench();
        var container = Sample(bench);
        Bench.Cart("mv", container, "a", "docs/x", "--overwrite").IsFine();
        Assert.Equal("docs/x docs/y/z", Paths(bench));
        Assert.Equal("a", Bench.Cart("cat", container, "docs/x").IsFine().Output);
        Bench.Cart("cp", container, "docs/x", "y").IsFine();
        Bench.Cart("cp", container, "y", "docs", "--overwrite").Fails(1, "docs/y: is a folder already");
        Bench.Cart("cp", container, "docs", "y", "--overwrite").Fails(1, "y: is a file");
    }

    private static string Sample(Bench bench) => bench.Container(container =>
    {
        container.Write("a", "a"u8);
        container.Write("docs/x", "x of docs"u8);
        container.Write("docs/y/z", "z"u8);
    });

    private static string Paths(Bench bench)
    {
        using var container = CartridgeFile.OpenReadOnly(bench["x.cart"]);
        return string.Join(' ', container.List().Select(entry => entry.Path));
    }
}
