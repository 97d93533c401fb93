using System.Runtime.Versioning;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>Help, wrong usage, create, mkdir, rm.</summary>
[SupportedOSPlatform("linux")]
public sealed class UsageTests
{
    [Theory]
    [InlineData("create")]
    [InlineData("put")]
    [InlineData("get")]
    [InlineData("cat")]
    [InlineData("ls")]
    [InlineData("stat")]
    [InlineData("mkdir")]
    [InlineData("rm")]
    [InlineData("diff")]
    [InlineData("verify")]
    [InlineData("inspect")]
    public void Each_command_teaches_by_example(string command)
    {
        var help = Bench.Cart(command, "--help").IsFine().Output;
        Assert.StartsWith($"cart {command} FILE", help, StringComparison.Ordinal);
        var examples = help[help.IndexOf("\nExamples:\n", StringComparison.Ordinal)..].Split('\n').Count(line => line.Contains($"cart {command} ", StringComparison.Ordinal));
        Assert.InRange(examples, 2, 10);
        Assert.Equal(help, Bench.Cart(command, "x", "--help", "--nonsense").IsFine().Output);
        Assert.Equal(help, Bench.Cart(command, "-h").IsFine().Output);
        Assert.Contains($"\n  {command} ", Bench.Cart("--help").IsFine().Output, StringComparison.Ordinal);
        Assert.All(help.Split('\n'), line => Assert.InRange(line.Length, 0, 120));
        Bench.Cart(command).Fails(2, "FILE", $"Try 'cart {command} --help'.");
    }

    [Fact]
    public void The_version_is_told()
    {
        using var bench = new Bench();
        Assert.Matches(@"^cart \d+\.\d+\.\d+.* \(format 3\.0\)\n$", bench.Process("--version").IsFine().Output);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("--nonsense")]
    [InlineData("ls")]
    [InlineData("ls x.cart --nonsense")]
    [InlineData("ls x.cart -x")]
    [InlineData("ls x.cart a b")]
    [InlineData("put x.cart")]
    [InlineData("put x.cart a --too b")]
    [InlineData("put x.cart a --to")]
    [InlineData("put x.cart a --wait soon")]
    [InlineData("put x.cart a --wait -1")]
    [InlineData("put x.cart a --wait NaN")]
    [InlineData("get x.cart --links some")]
    [InlineData("cat x.cart")]
    [InlineData("rm x.cart")]
    [InlineData("mkdir x.cart")]
    [InlineData("verify")]
    [InlineData("inspect x.cart --page")]
    [InlineData("inspect x.cart --page one")]
    public void Wrong_usage_says_where_help_is(string line)
    {
        var outcome = Bench.Cart(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Fails(2, "Try 'cart");
        Assert.Equal(2, outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Empty(outcome.Output);
    }

    [Theory]
    [InlineData("create")]
    [InlineData("ls")]
    [InlineData("verify")]
    [InlineData("inspect")]
    public void An_empty_name_is_wrong_usage(string command) => Bench.Cart(command, "").Fails(2, "FILE is empty");

    [Theory]
    [InlineData("backup x ?", "OUT")]
    [InlineData("salvage x ?", "OUT")]
    [InlineData("keygen ?", "OUT")]
    [InlineData("migrate ? x", "OLD")]
    [InlineData("migrate x ?", "NEW")]
    [InlineData("export --format 1 ? x", "NEW")]
    [InlineData("export --format 1 x ?", "OLD")]
    [InlineData("send x --sum ?", "--sum")]
    [InlineData("sign x --key ?", "--key")]
    [InlineData("sign x --key k -o ?", "--out")]
    [InlineData("verify x --key k --signature ?", "--signature")]
    [InlineData("migrate x y --snapshots ?", "--snapshots")]
    [InlineData("ls x --key-file ?", "--key-file")]
    [InlineData("snapshot create x y --passphrase-file ?", "--passphrase-file")]
    public void So_is_an_empty_name_of_any_other_file(string line, string name) =>
        Bench.Cart([.. line.Split(' ').Select(word => word == "?" ? "" : word)]).Fails(2, $"{name} is empty");

    [Theory]
    [InlineData("snapshot create")]
    [InlineData("manifest set")]
    public void Commands_of_commands_show_the_options_that_all_have(string line) =>
        Assert.Contains("\n  --key-file F ", Bench.Cart([.. line.Split(' '), "--help"]).IsFine().Output, StringComparison.Ordinal);

    [Fact]
    public void Names_may_be_as_long_as_the_system_allows()
    {
        using var bench = new Bench();
        string Name(char letter) => bench[new string(letter, 255)];
        Bench.Cart("create", Name('c')).IsFine();
        Bench.Cart("backup", Name('c'), Name('b')).IsFine();
        Bench.Cart("salvage", Name('c'), Name('s')).IsFine();
        Bench.Cart("export", "--format", "1", Name('c'), Name('e')).Fails(0);
        Bench.Cart("migrate", Name('e'), Name('m')).IsFine();
        Bench.Cart("verify", Name('m')).IsFine();
        Assert.Equal(5, Directory.GetFileSystemEntries(bench.Folder).Length);
        Bench.Cart("backup", Name('c'), bench[new string('x', 256)]).Fails(3, "name");
        Bench.Cart("migrate", Name('e'), bench["no/such"]).Fails(1, "no folder");
        Assert.Equal(5, Directory.GetFileSystemEntries(bench.Folder).Length);
    }

    [Fact]
    public void Names_that_begin_with_a_dash_go_behind_two()
    {
        using var bench = new Bench();
        var container = bench.Container(file => file.Write("-l", "dash"u8));
        Assert.Equal("dash", Bench.Cart("cat", container, "--", "-l").IsFine().Output);
        Assert.Equal("-l\n", Bench.Cart("ls", container).IsFine().Output);
        bench.File("@names", "at");
        bench.Process("put", "x.cart", "@names").IsFine();
        Assert.Equal("at", Bench.Cart("cat", container, "@names").IsFine().Output);
    }

    [Theory]
    [InlineData("My Site (2).cart", "my-site-2", "My Site (2)")]
    [InlineData("x", "x", "x")]
    [InlineData("__.cart", "cartridge", "__")]
    [InlineData("Ünï.cart", "n", "Ünï")]
    public void A_container_is_made_whole_and_named_after_its_file(string file, string slug, string title)
    {
        using var bench = new Bench();
        Bench.Cart("create", bench[file]).IsFine();
        Assert.Equal(12 * 1024, new FileInfo(bench[file]).Length);
        using var container = CartridgeFile.OpenReadOnly(bench[file]);
        Assert.Equal((slug, title), (container.Slug, container.Title));
        Assert.Single(Directory.GetFiles(bench.Folder));
    }

    [Fact]
    public void Creating_refuses_what_cannot_be_and_touches_nothing()
    {
        using var bench = new Bench();
        bench.File("there", "kept");
        Bench.Cart("create", bench["there"]).Fails(1, "there");
        Bench.Cart("create", bench["no/such/x.cart"]).Fails(1, "no/such");
        Bench.Cart("create", bench["y.cart"], "--slug", "Not A Slug").Fails(2, "Not A Slug");
        Bench.Cart("create", bench["y.cart"], "--slug", "").Fails(2, "slug");
        Bench.Cart("create", bench["y.cart"], "--title", new string('x', 256)).Fails(2, "title", "256");
        Directory.CreateDirectory(bench["closed"]);
        Disk.SetMode(bench["closed"], 0x16D);
        bench.ProcessWith(new() { Unprivileged = true }, "create", "closed/x.cart").Fails(3, "closed", "x.cart");
        Assert.Equal("kept", bench.Read("there"));
        Assert.Equal([bench["closed"], bench["there"]], Directory.GetFileSystemEntries(bench.Folder).Order(StringComparer.Ordinal));
        Assert.Empty(Directory.GetFileSystemEntries(bench["closed"]));
    }

    [Fact]
    public void Folders_are_made_one_by_one_or_with_those_above()
    {
        using var bench = new Bench();
        var container = bench.Container(file =>
        {
            file.Write("file", "x"u8);
            file.Write("implied/in", "x"u8);
        });
        Bench.Cart("mkdir", container, "a", "a/b", "implied/c").IsFine();
        Bench.Cart("mkdir", container, "a").Fails(1, "a: is a folder already");
        Bench.Cart("mkdir", container, "implied").Fails(1, "implied: is a folder already");
        Bench.Cart("mkdir", container, "x", "y/z").Fails(1, "y/z", "-p");
        Bench.Cart("mkdir", container, "-p", "file/z").Fails(1, "file: is a file");
        Bench.Cart("mkdir", container, "file").Fails(1, "file: is a file");
        Bench.Cart("mkdir", container, "-p", "a", "y/z/").IsFine();
        Assert.Equal("a/\na/b/\nfile\nimplied/\nimplied/c/\nimplied/in\ny/\ny/z/\n", Bench.Cart("ls", container, "-R").Output);
    }

    [Fact]
    public void Removing_is_all_or_nothing()
    {
        using var bench = new Bench();
        var container = bench.Container(file =>
        {
            file.Write("a", "x"u8);
            file.Write("implied/in", "x"u8);
            file.Write("both", "x"u8);
            file.Write("both/below", "x"u8);
            file.CreateDirectory("empty");
            file.CreateDirectory("full");
            file.CreateSymbolicLink("full/link", "/");
        });
        var before = Bench.Cart("ls", container, "-R").Output;
        Bench.Cart("rm", container, "a", "missing").Fails(1, "missing");
        Bench.Cart("rm", container, "a", "full").Fails(1, "full", "-r");
        Bench.Cart("rm", container, "a", "implied").Fails(1, "implied", "-r");
        Bench.Cart("rm", container, "a", "a").Fails(1, "a: ");
        Assert.Equal(before, Bench.Cart("ls", container, "-R").Output);
        Bench.Cart("rm", container, "a", "empty/", "both").IsFine();
        Assert.Equal("both/\nboth/below\nfull/\nfull/link\nimplied/\nimplied/in\n", Bench.Cart("ls", container, "-R").Output);
        Bench.Cart("rm", container, "-r", "full", "implied", "both").IsFine();
        Assert.Equal("", Bench.Cart("ls", container, "-R").Output);
        Bench.Cart("verify", container).IsFine();
    }

    [Fact]
    public void A_trace_is_for_those_who_ask()
    {
        using var bench = new Bench();
        ChildProcessOptions debug = new() { Environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["CARTRIDGE_DEBUG"] = "1" } };
        Assert.Contains("   at ", bench.ProcessWith(debug, "ls", "missing.cart").Error, StringComparison.Ordinal);
        Assert.Single(bench.Process("ls", "missing.cart").Fails(1, "missing.cart").Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
