using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Cartridge.Cli;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>Long work: what a person sees of it, and how it ends before its time.</summary>
[SupportedOSPlatform("linux")]
public sealed class WatchingTests
{
    /// <summary>Only a fault waits that long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [ToolTheory("env", "sh")]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void An_interrupted_put_stores_nothing(string signal, int code)
    {
        using var bench = new Bench();
        var container = bench.Container(file => file.Write("a", "before"u8));
        var (hash, length) = (State(container), new FileInfo(container).Length);
        using var cart = Start(bench, "put", container, "-", "--to", "b");
        var content = new byte[4 << 20];
        Random.Shared.NextBytes(content);
        cart.StandardInput.BaseStream.Write(content);
        cart.StandardInput.BaseStream.Flush();
        Assert.True(SpinWait.SpinUntil(() => new FileInfo(container).Length > 1 << 20, Patience), "the container has not grown");

        Assert.Equal(0, ChildProcess.Run("sh", ["-c", $"kill -{signal} {cart.Id}"]).ExitCode);

        Assert.True(cart.WaitForExit(Patience), "the signal was not heard");
        Assert.Equal(code, cart.ExitCode);
        Assert.Equal("cart: interrupted: nothing was stored\n", cart.StandardError.ReadToEnd());
        Assert.Equal(hash, State(container));
        Assert.Equal(length, new FileInfo(container).Length);
        Assert.Equal("a\n", Bench.Cart("ls", container).IsFine().Output);
        Bench.Cart("verify", container).IsFine();
    }

    [Fact]
    public void An_interrupted_get_leaves_no_half_file()
    {
        using var bench = new Bench();
        var path = bench.Container(file => file.Write("a", Enumerable.Repeat((byte)1, 1_000_000).ToArray()));
        using var container = CartridgeFile.OpenReadOnly(path);
        using var interruption = new Interruption("not everything was extracted");
        using var tree = new TargetTree(TargetFolder.OpenRoot(bench["out"]));

        // The status line appears before the file is made; what is noticed then ends the work at the file's first chunk.
        using var error = new Reaction(() => interruption.Request(ExitCode.Interrupted));
        var work = new Work(new StatusLine(error, isShown: true), "extracting", interruption);
        var extractor = new Extractor(container, tree, new ExtractionOptions(), _ => { }, _ => { }, work);

        var interrupted = Assert.Throws<Interrupted>(() => extractor.Run(container.List()));
        Assert.Equal((ExitCode.Interrupted, "interrupted: not everything was extracted"), (interrupted.Code, interrupted.Message));
        Assert.Empty(Directory.GetFileSystemEntries(bench["out"]));
        Assert.False(interruption.Request(ExitCode.Terminated), "the first request counts");
    }

    [ToolFact("env", "sh")]
    public void An_interrupted_receive_keeps_what_came()
    {
        using var bench = new Bench();
        var stream = Bench.Cart("send", bench.Container(file => file.Write("a", new byte[200_000]))).OutputBytes;
        using var cart = Start(bench, "receive", "copy.cart");
        cart.StandardInput.BaseStream.Write(stream.AsSpan(0, stream.Length - 1));
        cart.StandardInput.BaseStream.Flush();
        Assert.True(SpinWait.SpinUntil(() => File.Exists(bench["copy.cart.incoming"]), Patience), "nothing is kept");

        Assert.Equal(0, ChildProcess.Run("sh", ["-c", $"kill -INT {cart.Id}"]).ExitCode);

        Assert.True(cart.WaitForExit(Patience), "the signal was not heard");
        Assert.Equal(130, cart.ExitCode);
        Assert.StartsWith("cart: interrupted: nothing was changed", cart.StandardError.ReadToEnd(), StringComparison.Ordinal);
        Assert.False(File.Exists(bench["copy.cart"]));
        var kept = int.Parse(Bench.Cart("receive", bench["copy.cart"], "--staged").IsFine().Output, CultureInfo.InvariantCulture);
        Bench.Cart(stream[kept..], ["receive", bench["copy.cart"], "--resume"]).IsFine();
    }

    [Fact]
    public void A_backup_that_is_ended_leaves_no_copy_while_it_reads_and_while_it_verifies()
    {
        using var bench = new Bench();
        var container = bench.Container(file => file.Write("a", Material.Bytes(1, 3_000_000)));
        var portions = 0;
        CartridgeFile.BackUp(container, bench["whole.cart"], _ => portions++);
        var before = Directory.GetFileSystemEntries(bench.Folder).Length;
        foreach (var last in new[] { 1, portions / 2, portions })
        {
            var seen = 0;
            Assert.Throws<OperationCanceledException>(() => CartridgeFile.BackUp(container, bench["copy.cart"], _ =>
            {
                if (++seen == last)
                {
                    throw new OperationCanceledException();
                }
            }));
        }

        Assert.Equal(before, Directory.GetFileSystemEntries(bench.Folder).Length);
    }

    [ToolFact("script")]
    public void Lines_are_whole_however_narrow_the_terminal_is()
    {
        using var bench = new Bench();
        var name = new string('n', 150);
        bench.Container(file =>
        {
            file.Write(name, []);
            file.Write("short", []);
        });
        var lines = Watched(bench, "ls -l x.cart", columns: 30).ReplaceLineEndings("\n").Split('\n');
        Assert.Contains(lines, line => line.EndsWith($" {name}", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.EndsWith(" short", StringComparison.Ordinal));
    }

    [ToolFact("script")]
    public void A_person_sees_how_far_it_is_and_a_pipe_does_not()
    {
        using var bench = new Bench();
        bench.Container();
        bench.File("folder/file", new string('x', 100_000));
        Assert.Contains("\r\u001b[Kstoring: 1 entry, 0 bytes\r\u001b[K", Watched(bench, "put x.cart folder"), StringComparison.Ordinal);
        Assert.Contains("\r\u001b[Kverifying x.cart: ", Watched(bench, "verify x.cart"), StringComparison.Ordinal);
        Assert.Contains("\r\u001b[Kextracting: 1 entry, 0 bytes\r\u001b[K", Watched(bench, "get x.cart --out out"), StringComparison.Ordinal);
        Assert.DoesNotContain("extracting", Watched(bench, "get x.cart --out again", terminal: "dumb"), StringComparison.Ordinal);
        bench.Process("put", "x.cart", "folder").IsFine();
        bench.Process("get", "x.cart", "--out", "third").IsFine();
        bench.Process("verify", "x.cart").IsFine();
    }

    [Fact]
    public void Messages_stand_alone_and_the_status_is_not_written_all_the_time()
    {
        using var error = new StringWriter { NewLine = "\n" };
        var status = new StatusLine(error, isShown: true);
        var asked = 0;
        for (var i = 0; i < 100_000; i++)
        {
            status.Show(() => $"step {++asked}\u001b[2J {new string('x', 100)}");
        }

        status.WriteLine("a message");
        status.Erase();
        Assert.InRange(asked, 1, 10_000);
        Assert.StartsWith("\r\u001b[Kstep 1\\x1b[2J xxx", error.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("x\r\u001b[Ka message\n", error.ToString(), StringComparison.Ordinal);
        Assert.All(error.ToString().Split('\r'), line => Assert.InRange(line.Length, 0, 79 + "\u001b[Ka message\n".Length));
    }

    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1023, "1023 bytes")]
    [InlineData(1024, "1.0 KiB")]
    [InlineData(36_175_872, "34.5 MiB")]
    [InlineData(long.MaxValue, "8.0 EiB")]
    public void Sizes_are_said_in_units(long bytes, string expected) => Assert.Equal(expected, Words.Size(bytes));

    private static string Watched(Bench bench, string line, string terminal = "xterm", int columns = 80)
    {
        var (program, arguments) = Bench.Program;
        var options = new ChildProcessOptions
        {
            WorkingDirectory = bench.Folder,
            Environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["TERM"] = terminal },
        };
        var result = ChildProcess.Run("script", ["-qec", $"stty cols {columns}; {program} {string.Join(' ', arguments)} {line}", "/dev/null"], options);
        Assert.True(result is { TimedOut: false, ExitCode: 0 }, result.ToString());
        return result.Output;
    }

    /// <summary>Starts cart as a process that hears signals, even where the tests themselves were started without.</summary>
    private static Process Start(Bench bench, params string[] arguments)
    {
        var (program, first) = Bench.Program;
        return Process.Start(new ProcessStartInfo("env", ["--default-signal=INT,TERM", program, .. first, .. arguments])
        {
            WorkingDirectory = bench.Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
        })!;
    }

    private static byte[] State(string container)
    {
        using var file = CartridgeFile.OpenReadOnly(container);
        return file.StateHash();
    }

    /// <summary>Does something as soon as anything is written.</summary>
    private sealed class Reaction(Action action) : StringWriter
    {
        public override void Write(string? value) => action();
    }
}
