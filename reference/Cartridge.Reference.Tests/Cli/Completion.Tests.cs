using System.Runtime.Versioning;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>completion: the scripts do in the shells what they say.</summary>
[SupportedOSPlatform("linux")]
public sealed class CompletionTests
{
    private static readonly string[] Commands =
    [
        "create", "put", "get", "cat", "ls", "stat", "mkdir", "mv", "cp", "rm", "stats", "compact", "backup", "snapshot", "diff", "manifest", "verify", "inspect", "map", "completion",
    ];

    [ToolTheory("bash")]
    [InlineData("ma", "manifest map")]
    [InlineData("manifest s", "set show")]
    [InlineData("snapshot ", "create delete list restore")]
    [InlineData("manifest set --li", "--license")]
    [InlineData("put x.cart --", "--codec --content-hash --help --key-file --passphrase-file --to --wait")]
    [InlineData("get x.cart --links ", "all inside")]
    [InlineData("get x.cart --links = in", "inside")]
    [InlineData("get x.cart --out ", "folder")]
    [InlineData("verify x", "x y.cart x.cart")]
    [InlineData("cat --help x", "x y.cart x.cart")]
    [InlineData("cat x.cart ", "")]
    [InlineData("put x.cart fo", "folder")]
    [InlineData("put --to x x.cart fo", "folder")]
    [InlineData("map x.cart --svg x", "x y.cart x.cart")]
    [InlineData("completion ", "bash fish zsh")]
    public void Bash_completes(string line, string expected)
    {
        using var bench = Prepared("bash");
        var words = line.Split(' ').Select(word => $"'{word}'");
        var script = $"source ./completion; COMP_WORDS=(cart {string.Join(' ', words)}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _cart; printf '%s\\n' \"${{COMPREPLY[@]}}\"";
        var outcome = Run(bench, "bash", "--norc", "-c", script).IsFine();
        Assert.Equal(expected.Split(' ').Order(StringComparer.Ordinal), string.Join(' ', outcome.Output.TrimEnd('\n').Split('\n')).Split(' ').Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public void Every_command_is_in_every_script_and_the_shell_understands_it(string shell)
    {
        using var bench = Prepared(shell);
        Assert.All(Commands, command => Assert.Contains(command, bench.Read("completion"), StringComparison.Ordinal));
        if (File.Exists($"/usr/bin/{shell}"))
        {
            Run(bench, shell, "-n", bench["completion"]).IsFine();
        }
    }

    [Fact]
    public void Fish_completes_where_it_is_installed()
    {
        using var bench = Prepared("fish");
        string[] Complete(string line) =>
            [.. Run(bench, "fish", "--no-config", "-c", $"source completion; complete -C '{line}'").IsFine().Lines.Select(item => item.Split('\t')[0])];
        if (File.Exists("/usr/bin/fish"))
        {
            Assert.Equal(["manifest", "map"], Complete("cart ma"));
            Assert.Equal(["set", "show"], Complete("cart manifest "));
            Assert.Equal(["all", "inside"], Complete("cart get --links "));
            Assert.Contains("x.cart", Complete("cart verify x."));
        }
    }

    [Fact]
    public void Another_shell_is_wrong_usage() => Bench.Cart("completion", "tcsh").Fails(2, "tcsh");

    private static Bench Prepared(string shell)
    {
        var bench = new Bench();
        bench.File("completion", Bench.Cart("completion", shell).IsFine().Output);
        bench.File("x.cart");
        bench.File("x y.cart");
        Directory.CreateDirectory(bench["folder"]);
        return bench;
    }

    private static Outcome Run(Bench bench, string program, params string[] arguments) =>
        Outcome.Of(ChildProcess.Run(program, arguments, new ChildProcessOptions { WorkingDirectory = bench.Folder }));
}
