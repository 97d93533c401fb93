using System.Runtime.Versioning;
using System.Text;
using Cartridge.Cli;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>Containers that want out of the folder that they are extracted to. Nothing else of the disk may change.</summary>
[SupportedOSPlatform("linux")]
public sealed class ExtractionFromHostileContainersTests
{
    [Theory]
    [InlineData("a", "b", false)]
    [InlineData("a", "b/../c", false)]
    [InlineData("d/a", "../b", false)]
    [InlineData("d/e/a", "../../b", false)]
    [InlineData("a", ".", false)]
    [InlineData("a", "./././b//c/", false)]
    [InlineData("a", "a", false)] // a circle leads nowhere
    [InlineData("a", "..", true)]
    [InlineData("a", "../", true)]
    [InlineData("a", "../target/b", true)]
    [InlineData("d/a", "../../b", true)]
    [InlineData("d/a", "x/../../../b", true)]
    [InlineData("a", "/etc/passwd", true)]
    [InlineData("a", "/", true)]
    [InlineData("a", "up/b", false)]
    [InlineData("a", "d/e/f/up", false)]
    [InlineData("a", "d/e/f/up/..", true)] // d/e/f by its text, the folder above the target by the link up
    [InlineData("a", "d/e/f/up/./x/../../b", true)]
    [InlineData("a", "d/e/f/up/d/e/f/up/b", false)]
    [InlineData("a", "far/x", true)] // through a link that leads out itself
    [InlineData("a", "loop/../..", true)]
    [InlineData("a", "two/..", true)] // through two links
    public void Links_are_judged_by_where_they_lead(string path, string target, bool leaves)
    {
        var links = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["d/e/f/up"] = "../../..",
            ["far"] = "/var",
            ["loop"] = "loop",
            ["two"] = "d/e/f/up/d/../d/e/f/up",
        };
        Assert.Equal(leaves, new LinkJudge(links.GetValueOrDefault).Leaves(path, target));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Links_that_leave_are_left_out_and_listed(bool isPortable)
    {
        using var bench = new Bench();
        var outcome = Extract(bench, isPortable, file =>
        {
            file.CreateSymbolicLink("absolute", bench["outside"]);
            file.CreateSymbolicLink("relative", "../outside");
            file.CreateSymbolicLink("d/e/up", "../..");
            file.CreateSymbolicLink("through", "d/e/up/../outside/secret");
            file.CreateSymbolicLink("fine", "file");
            file.Write("file", "x"u8);
        });
        Assert.Equal(ExitCode.Invalid, outcome.Code);
        Assert.Equal(["absolute", "relative", "through"], outcome.Errors.Select(error => error.Split(':')[0]));
        Assert.Equal(["d", "file", "fine"], HostFiles.Here.NamesIn(bench["target"]));
        Assert.Equal("../..", HostFiles.Here.ReadLink(bench["target/d/e/up"]));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Files_are_never_written_through_a_link_of_the_container(bool isPortable, bool allLinks)
    {
        using var bench = new Bench();
        var outcome = Extract(
            bench,
            isPortable,
            file =>
            {
                file.CreateSymbolicLink("way", bench["outside"]);
                file.Write("way/secret", "stolen"u8);
                file.Write("way/new", "planted"u8);
                file.CreateSymbolicLink("inner", "way");
                file.Write("inner/new", "planted"u8);
            },
            new ExtractionOptions(Overwrite: true, AllLinks: allLinks));
        Assert.Equal(ExitCode.Invalid, outcome.Code);
        Assert.Equal("stolen", bench.Read("target/way/secret"));
        Assert.Null(new DirectoryInfo(bench["target/way"]).LinkTarget);
        Assert.Null(new DirectoryInfo(bench["target/inner"]).LinkTarget);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Links_that_stand_in_the_target_are_never_followed(bool isPortable, bool overwrite)
    {
        using var bench = new Bench();
        Directory.CreateDirectory(bench["target/d"]);
        Directory.CreateDirectory(bench["outside"]);
        File.CreateSymbolicLink(bench["target/way"], bench["outside"]);
        File.CreateSymbolicLink(bench["target/d/way"], "../../outside");
        File.CreateSymbolicLink(bench["target/secret"], "../outside/secret");
        var outcome = Extract(
            bench,
            isPortable,
            file =>
            {
                file.CreateDirectory("way", new EntryMetadata { Mode = 0 });
                file.Write("way/secret", "stolen"u8);
                file.Write("d/way/deep/new", "planted"u8);
                file.CreateSymbolicLink("d/way/link", "x");
                file.Write("secret", "stolen"u8);
            },
            new ExtractionOptions(overwrite));
        Assert.Equal(ExitCode.Invalid, outcome.Code);
        Assert.Equal(overwrite ? 4 : 5, outcome.Errors.Count);
        Assert.Equal(overwrite, new FileInfo(bench["target/secret"]).LinkTarget is null);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_target_itself_may_be_a_link_for_the_user_named_it(bool isPortable)
    {
        using var bench = new Bench();
        Directory.CreateDirectory(bench["real"]);
        File.CreateSymbolicLink(bench["target"], "real");
        Assert.Equal(ExitCode.Fine, Extract(bench, isPortable, file => file.Write("a/b", "x"u8)).Code);
        Assert.Equal("x", bench.Read("real/a/b"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_beside_its_own_folder_is_a_conflict_that_the_folder_wins(bool isPortable)
    {
        using var bench = new Bench();
        var outcome = Extract(bench, isPortable, file =>
        {
            file.Write("a", "file"u8);
            file.Write("a.txt", "between"u8);
            file.Write("a/b", "below"u8);
            file.CreateSymbolicLink("l", "a.txt");
            file.Write("l/b", "below"u8);
        });
        Assert.Equal(ExitCode.Invalid, outcome.Code);
        Assert.Equal(["a", "l"], outcome.Errors.Select(error => error.Split(':')[0]));
        Assert.Equal(("below", "between", "below"), (bench.Read("target/a/b"), bench.Read("target/a.txt"), bench.Read("target/l/b")));
    }

    [Theory]
    [InlineData("../b")]
    [InlineData("a//b")]
    [InlineData("./ab")]
    [InlineData("/abc")]
    [InlineData("ab/.")]
    [InlineData("a\0bc")]
    public void Paths_that_no_container_may_have_are_not_extracted(string evil)
    {
        using var bench = new Bench();
        bench.Container(file =>
        {
            file.Write("wxyz", "planted"u8);
            file.Write("zzzz/a", "fine"u8);
        });
        var bytes = File.ReadAllBytes(bench["x.cart"]);
        for (int at; (at = bytes.AsSpan().IndexOf("wxyz"u8)) >= 0;)
        {
            Encoding.UTF8.GetBytes(evil).CopyTo(bytes, at);
        }

        Mender.Mend(bytes);
        File.WriteAllBytes(bench["x.cart"], bytes);
        Directory.CreateDirectory(bench["target"]);
        var before = HostTree.Of(bench.Folder);
        bench.Process("get", "x.cart", "--out", "target").Fails(1, "x.cart", "catalog.bad-path");
        Assert.Equal(before, HostTree.Of(bench.Folder));
        Assert.Equal(1, Bench.Cart("verify", bench["x.cart"]).Code);
        Bench.Cart("ls", bench["x.cart"], "-R").Fails(1, "x.cart", "catalog.bad-path");
    }

    [Fact]
    public void A_hole_of_any_length_takes_no_time_and_no_space()
    {
        using var bench = new Bench();
        var container = bench.Container(file =>
        {
            file.Write("huge", "begins"u8);
            file.SetLength("huge", long.MaxValue);
            file.Write("large", "begins"u8);
            file.SetLength("large", 1L << 43);
        });
        Bench.Cart("get", container, "large", "--out", bench["target"]).IsFine();
        Assert.Equal(1L << 43, new FileInfo(bench["target/large"]).Length);

        // Which is more than most file systems have in one file.
        var outcome = Bench.Cart("get", container, "huge", "--out", bench["target"]);
        Assert.True(outcome.Code is 0 or 3, outcome.ToString());
    }

    /// <summary>Extracts to <c>target</c>; whatever else is there stays as it was.</summary>
    private static (ExitCode Code, List<string> Errors) Extract(
        Bench bench, bool isPortable, Action<CartridgeFile> fill, ExtractionOptions? options = null)
    {
        bench.File("outside/secret", "kept");
        Disk.SetTime(bench["outside"], 1_000_000_000_000_000_001);
        using var container = CartridgeFile.OpenReadOnly(bench.Container(fill));
        var before = Outside(bench);
        var errors = new List<string>();
        using var tree = new TargetTree(isPortable ? Portable(bench["target"]) : TargetFolder.OpenRoot(bench["target"]));
        var code = new Extractor(container, tree, options ?? new(), errors.Add, _ => { }).Run(container.List());
        Assert.Equal(before, Outside(bench));
        return (code, errors);
    }

    private static PortableTargetFolder Portable(string path)
    {
        Directory.CreateDirectory(path);
        return new PortableTargetFolder(path);
    }

    private static string[] Outside(Bench bench) => [.. HostTree.Of(bench.Folder).Where(line => !line.StartsWith("target", StringComparison.Ordinal) && !line.StartsWith("real", StringComparison.Ordinal))];
}
