using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Cartridge.Cli;

namespace Cartridge.Reference.Tests;

/// <summary>map: the picture of the pages.</summary>
[SupportedOSPlatform("linux")]
public sealed class MapTests
{
    [Fact]
    public void Each_page_is_a_character_and_the_legend_counts_them()
    {
        using var bench = new Bench();
        var container = Sample(bench);
        var lines = Bench.Cart("map", container).IsFine().Output.Split('\n');
        var marks = string.Concat(lines.Skip(2).TakeWhile(line => line.Length > 0).Select(line => line.Trim().Split("  ")[1]));
        Assert.StartsWith("IRR", marks, StringComparison.Ordinal);
        var report = Verifier.Verify(container, new VerifyOptions { CollectOwners = true });
        Assert.Equal(string.Concat(report.PageOwners().Select(page => PageKind.Of(page.Owner).Mark)), marks);
        var legend = lines.SkipWhile(line => !line.StartsWith("I  ", StringComparison.Ordinal)).Where(line => line.Length > 0).ToList();
        Assert.All(legend, line => Assert.Equal(marks.Count(mark => mark == line[0]), int.Parse(line.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(marks.Distinct().Count(), legend.Count);
    }

    [Fact]
    public void A_person_sees_the_same_characters_in_colour()
    {
        using var bench = new Bench();
        var container = Sample(bench);
        var watched = Bench.Cart([], ["map", container], isWatched: true).IsFine().Output;
        Assert.Equal(Bench.Cart("map", container).Output, Regex.Replace(watched, "\u001b\\[[0-9;]*m", ""));
    }

    [Fact]
    public void The_picture_is_the_same_each_time_and_says_what_each_run_holds()
    {
        using var bench = new Bench();
        var container = bench.Container(file => file.Write("a<&\"\u0007\uFFFF", Enumerable.Repeat((byte)1, 10_000).ToArray()));
        Bench.Cart("map", container, "--svg", bench["map.svg"]).IsFine();
        var first = bench.Read("map.svg");
        Bench.Cart("map", container, "--svg", bench["map.svg"]).IsFine();
        Assert.Equal(first, bench.Read("map.svg"));
        Assert.Equal(first, Bench.Cart("map", container, "--svg", "-").IsFine().Output);
        var titles = XDocument.Parse(first).Descendants().Where(e => e.Name.LocalName == "title").Select(e => e.Value).ToList();
        Assert.Contains("page 0: identity", titles);
        Assert.Contains(titles, title => Regex.IsMatch(title, @"^pages \d+ to \d+: content of a<&""\\x07"));
    }

    [Fact]
    public void A_picture_takes_the_place_of_nothing_but_a_picture()
    {
        using var bench = new Bench();
        var container = Sample(bench);
        var before = File.ReadAllBytes(container);
        Bench.Cart("map", container, "--svg", container).Fails(1, container);
        Assert.Equal(before, File.ReadAllBytes(container));
        Bench.Cart("map", container, "--svg", bench.File("notes", "mine")).Fails(1, "notes");
        Assert.Equal("mine", bench.Read("notes"));
        Bench.Cart("map", container, "--svg", bench["no/folder.svg"]).Fails(3, "folder.svg");
    }

    [Fact]
    public void A_damaged_container_is_drawn_as_far_as_it_can_be_read()
    {
        using var bench = new Bench();
        var container = Sample(bench);
        bench.Damage("x.cart", "CART"u8);
        var outcome = Bench.Cart("map", container).Fails(1, "not valid");
        Assert.Contains("?", outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4096, 1)]
    [InlineData(4097, 2)]
    [InlineData(1_000_000_007, 262_144)]
    public void A_large_container_has_a_picture_of_bounded_size(long pages, long perCell)
    {
        PageRun[] runs = pages < 10
            ? [new PageRun(0, pages, PageKind.Of("identity"), "identity")]
            : [new PageRun(0, 1, PageKind.Of("identity"), "identity"), new PageRun(1, pages - 1, PageKind.Of("free"), "free")];
        var map = new PageMap(runs);
        Assert.Equal(perCell, map.PagesPerCell);
        Assert.Equal(pages, map.Counts.Sum(count => count.Pages));
        var cells = map.Rows.SelectMany(row => row.Cells).ToList();
        Assert.Equal((pages + perCell - 1) / perCell, cells.Count);
        Assert.All(cells.Skip(1), cell => Assert.Equal(("free", "free"), (cell.Kind.Name, cell.What)));
        Assert.Equal(perCell > 2 ? "mostly free" : perCell == 2 ? "mostly identity" : "identity", cells[0].What);
    }

    private static string Sample(Bench bench) => bench.Container(file =>
    {
        for (var i = 0; i < 100; i++)
        {
            file.Write($"file-{i}", Enumerable.Repeat((byte)i, i * 100).ToArray());
        }
    });
}
