using System.Runtime.Versioning;
using Cartridge.Cli;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

[SupportedOSPlatform("linux")]
public sealed class PutTests
{
    [Theory]
    [InlineData("a", null, "a")]
    [InlineData("a", "b", "b")]
    [InlineData("a", "b/c", "b/c")]
    [InlineData("a", "b/", "b/a")]
    [InlineData("folder", null, "folder folder/in")]
    [InlineData("folder/", null, "folder folder/in")]
    [InlineData("folder", "x", "x x/in")]
    [InlineData("folder", "x/", "x/folder x/folder/in")]
    [InlineData("folder/.", null, "in")]
    [InlineData("folder/.", "x", "x x/in")]
    [InlineData("folder/../folder/../a", null, "a")]
    [InlineData("link", null, "link")]
    [InlineData("link/.", "x", "x x/in")]
    [InlineData("./-dash", null, "-dash")]
    public void One_source_goes_where_it_is_sent(string source, string? to, string expected)
    {
        using var bench = MakeSources();
        var container = bench.Container();
        Bench.Cart(["put", container, $"{bench.Folder}/{source}", .. to is null ? Array.Empty<string>() : ["--to", to]]).IsFine();
        Assert.Equal(expected, PathsIn(container));
    }

    [Fact]
    public void Several_sources_go_into_a_folder()
    {
        using var bench = MakeSources();
        var container = bench.Container();
        Bench.Cart("put", container, bench["a"], bench["folder"], "--to", "x").IsFine();
        Assert.Equal("x/a x/folder x/folder/in", PathsIn(container));
    }

    [Fact]
    public void Standard_input_gets_the_path_it_is_given()
    {
        using var bench = new Bench();
        var container = bench.Container();
        var input = new byte[200_000];
        new Random(1).NextBytes(input);
        Bench.Cart(input, ["put", container, "-", "--to", "in/put"]).IsFine();
        Assert.Equal(input, Bench.Cart("cat", container, "in/put").IsFine().OutputBytes);
        bench.ProcessWith(new() { StandardInputText = "piped" }, "put", "x.cart", "-", "--to", "piped").IsFine();
        Assert.Equal("piped", Bench.Cart("cat", container, "piped").IsFine().Output);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/../b")]
    [InlineData(".")]
    [InlineData("/")]
    [InlineData("/abs")]
    [InlineData("a//b")]
    [InlineData("a//")]
    [InlineData("nul\0byte")]
    [InlineData("too long")]
    [InlineData("lone surrogate")]
    public void Paths_that_no_container_has_are_wrong_usage(string to)
    {
        using var bench = new Bench();
        var container = bench.Container();
        var before = File.ReadAllBytes(container);
        to = to switch { "too long" => new string('x', Format.MaxPathLength + 1), "lone surrogate" => "\ud800", _ => to };
        Bench.Cart("put", container, bench.File("a"), "--to", to).Fails(2, "no path of a container");
        Bench.Cart("mkdir", container, "-p", to).Fails(2, "no path of a container");
        Bench.Cart("rm", container, to).Fails(2, "no path of a container");
        Bench.Cart("ls", container, to).Fails(2, "no path of a container");
        Bench.Cart("cat", container, to).Fails(2, "no path of a container");
        Bench.Cart("stat", container, to).Fails(2, "no path of a container");
        Bench.Cart("get", container, to, "--out", bench["out"]).Fails(2, "no path of a container");
        Assert.Equal(before, File.ReadAllBytes(container));
        Assert.False(Directory.Exists(bench["out"]));
    }

    [Fact]
    public void A_source_without_a_name_is_wrong_usage()
    {
        using var bench = new Bench();
        var container = bench.Container();
        Bench.Cart("put", container, "").Fails(2, "empty name");
        Bench.Cart("put", container, "-").Fails(2, "--to");
        Bench.Cart("put", container, "-", "--to", "folder/").Fails(2, "--to");
        Bench.Cart("put", container, bench["x\0y"]).Fails(2, "NUL");
    }

    [Fact]
    public void Two_sources_for_one_path_are_wrong_usage_and_nothing_is_stored()
    {
        using var bench = new Bench();
        Unchanged(bench.Container(), container => Bench.Cart("put", container, bench.File("1/a"), bench.File("2/a")).Fails(2, "a: two sources"));
    }

    [Fact]
    public void A_source_that_is_not_there_is_named_and_nothing_is_stored()
    {
        using var bench = new Bench();
        Unchanged(bench.Container(), container => Bench.Cart("put", container, bench.File("a"), bench["missing"]).Fails(1, "missing"));
        Unchanged(bench["x.cart"], container => Bench.Cart("put", container, bench["a/below"]).Fails(1, "a/below"));
    }

    [Fact]
    public void What_vanishes_is_named_and_nothing_is_stored()
    {
        using var bench = new Bench();
        for (var i = 0; i < 50; i++)
        {
            bench.File($"folder/{i:d3}", new string('x', 100_000));
        }

        Unchanged(bench.Container(), path =>
        {
            using var container = CartridgeFile.Open(path);
            using var transaction = container.BeginTransaction();
            var packer = new Packer(container, new VanishingFiles(bench["folder/040"]), null, _ => { });
            var failure = Assert.Throws<CliFailure>(() => packer.Put(new Source(bench["folder"], "folder")));
            Assert.Equal(ExitCode.Refused, failure.Code);
            Assert.Contains("folder/040", failure.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void What_may_not_be_read_is_named_and_nothing_is_stored()
    {
        using var bench = new Bench();
        bench.File("folder/1", new string('x', 1_000_000));
        Disk.SetMode(bench.File("folder/secret"), 0);
        Directory.CreateDirectory(bench["closed"]);
        Disk.SetMode(bench["closed"], 0);
        OpenToEveryone(bench.Container());
        Unchanged(bench["x.cart"], _ => Unprivileged(bench, "put", "x.cart", "folder").Fails(3, "folder/secret", "denied"));
        Unchanged(bench["x.cart"], _ => Unprivileged(bench, "put", "x.cart", "closed").Fails(3, "closed", "denied"));
    }

    [Fact]
    public void A_container_that_may_not_be_written_stays_as_it_is()
    {
        using var bench = new Bench();
        Disk.SetMode(bench.Container(), 0x124); // r--r--r--
        bench.File("a");
        Unchanged(bench["x.cart"], _ => Unprivileged(bench, "put", "x.cart", "a").Fails(3, "x.cart"));
        Unprivileged(bench, "ls", "x.cart").IsFine();
        Disk.SetMode(bench["x.cart"], 0);
        Unprivileged(bench, "ls", "x.cart").Fails(3, "x.cart");
    }

    [ToolFact("sh")]
    public void Names_that_are_not_UTF8_are_refused_by_their_bytes()
    {
        using var bench = new Bench();
        bench.Container();
        bench.File("folder/fine");
        bench.Shell("printf x > \"$(printf 'folder/bad\\377')\"").IsFine();
        Unchanged(bench["x.cart"], _ => bench.Process("put", "x.cart", "folder").Fails(2, "folder/bad\\xff", "UTF-8"));
        Unchanged(bench["x.cart"], _ => bench.Shell("\"$0\" \"$1\" put x.cart \"$(printf 'folder/bad\\377')\"").Fails(2, "bad\\xff", "UTF-8"));
        bench.Shell("\"$0\" \"$1\" ls x.cart \"$(printf '\\377')\"").Fails(2, "\\xff", "UTF-8");
        bench.Shell("ln -s \"$(printf 'to\\377')\" link").IsFine();
        Unchanged(bench["x.cart"], _ => bench.Process("put", "x.cart", "link").Fails(2, "link", "UTF-8"));
        bench.Shell("rm -r folder link").IsFine();
    }

    [Fact]
    public void Paths_on_the_disk_may_be_too_long_for_a_container()
    {
        using var bench = new Bench();
        var container = bench.Container();
        var deep = string.Join('/', Enumerable.Repeat(new string('x', 200), 6));
        bench.File($"folder/{deep}/file");
        Unchanged(container, _ => Bench.Cart("put", container, bench["folder"]).Fails(2, "xxx", "1152"));
    }

    [ToolFact("mkfifo")]
    public void What_is_no_file_is_left_out_with_a_note()
    {
        using var bench = new Bench();
        bench.File("folder/file");
        ChildProcess.Run("mkfifo", [bench["folder/pipe"]]);
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
        socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(bench["folder/socket"]));
        var outcome = Bench.Cart("put", bench.Container(), bench["folder"]);
        Assert.Equal(0, outcome.Code);
        Assert.Equal(2, outcome.Error.Split("note: ").Length - 1);
        Assert.Contains("folder/pipe", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("folder/socket", outcome.Error, StringComparison.Ordinal);
        Assert.Equal("folder folder/file", PathsIn(bench["x.cart"]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_container_does_not_store_itself(bool throughLink)
    {
        using var bench = new Bench();
        bench.File("file");
        var container = bench.Container();
        if (throughLink)
        {
            Directory.CreateDirectory(bench["elsewhere"]);
            File.CreateSymbolicLink(bench["elsewhere/link.cart"], container);
            container = bench["elsewhere/link.cart"];
        }

        var outcome = Bench.Cart("put", container, $"{bench.Folder}/.");
        Assert.Equal(0, outcome.Code);
        Assert.Contains("x.cart", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("x.cart", PathsIn(container), StringComparison.Ordinal);
        Assert.Contains("file", PathsIn(container), StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_are_not_buried_under_files_nor_files_under_folders()
    {
        using var bench = new Bench();
        var container = bench.Container(file =>
        {
            file.Write("folder/in", "x"u8);
            file.Write("file", "x"u8);
            file.CreateSymbolicLink("link", "folder");
        });
        Unchanged(container, _ => Bench.Cart("put", container, bench.File("a"), "--to", "folder").Fails(1, "folder", "--to folder/"));
        Unchanged(container, _ => Bench.Cart("put", container, bench["a"], "--to", "file/below").Fails(1, "file/below", "below file"));
        Unchanged(container, _ => Bench.Cart("put", container, bench["a"], "--to", "link/below").Fails(1, "link/below", "below link"));
    }

    [ToolFact("sh")]
    public void A_disk_that_fills_up_leaves_the_container_as_it_was()
    {
        using var bench = new Bench();
        bench.Container(file => file.Write("kept", "kept"u8));
        bench.File("big", new string('x', 4_000_000));

        // A limit on the length of files stands for the end of the disk; the runtime must not need longer ones itself.
        ChildProcessOptions options = new() { Environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["DOTNET_EnableWriteXorExecute"] = "0", ["DOTNET_gcServer"] = "0" } };
        Unchanged(bench["x.cart"], _ => bench.Shell("trap '' XFSZ; ulimit -f 2000; exec \"$0\" \"$1\" put x.cart big", options).Fails(3, "x.cart"));
    }

    [ToolFact("sh", "unshare", "mount")]
    public void A_disk_without_room_leaves_the_container_as_it_was()
    {
        using var bench = new Bench();
        bench.File("big", new string('x', 4_000_000));
        var outcome = bench.Shell(
            """
            unshare -rm true || exit 77
            exec unshare -rm sh -c '
              mkdir disk && mount -t tmpfs -o size=1m none disk || exit 77
              "$0" "$1" create disk/x.cart && echo kept | "$0" "$1" put disk/x.cart - --to kept && "$0" "$1" stat disk/x.cart > before || exit 1
              "$0" "$1" put disk/x.cart big; code=$?
              "$0" "$1" stat disk/x.cart | cmp - before && "$0" "$1" cat disk/x.cart kept && exit $code' "$0" "$1"
            """);
        if (outcome.Code != 77)
        {
            // Where namespaces are not to be had, the limit on the length of files has to do.
            Assert.Equal("kept\n", outcome.Fails(3, "disk/x.cart", "space").Output);
        }
    }

    [Fact]
    public async Task A_second_writer_is_refused_and_may_wait()
    {
        using var bench = new Bench();
        bench.File("a");
        using (CartridgeFile.Open(bench.Container()))
        {
            Unchanged(bench["x.cart"], _ => bench.Process("put", "x.cart", "a").Fails(3, "x.cart", "writer"));
            Unchanged(bench["x.cart"], _ => Bench.Cart("rm", bench["x.cart"], "a", "--wait", "0.01").Fails(3, "writer"));
            bench.Process("ls", "x.cart").IsFine();
        }

        Task<Outcome> waiting;
        using (CartridgeFile.Open(bench["x.cart"]))
        {
            waiting = Task.Run(() => Bench.Cart("put", bench["x.cart"], bench["a"], "--wait", "60"));
        }

        (await waiting).IsFine();
        Assert.Equal("a", PathsIn(bench["x.cart"]));
    }

    [Fact]
    public void All_that_a_file_system_knows_is_stored()
    {
        using var bench = new Bench();
        Disk.SetMode(bench.File("a"), 0x9ED); // setuid
        var hasAttributes = Disk.SetAttribute(bench["a"], "user.note", "noted"u8.ToArray());
        Disk.SetTime(bench["a"], 1_234_567_890_123_456_789);
        Bench.Cart("put", bench.Container(), bench["a"]).IsFine();
        using var container = CartridgeFile.OpenReadOnly(bench["x.cart"]);
        var entry = container.GetEntry("a");
        var there = HostFiles.Here.Look(bench["a"])!;
        Assert.Equal((0x9ED, there.Uid, there.Gid, 1_234_567_890_123_456_789), (entry.Mode, entry.Uid, entry.Gid, entry.Modified));
        Assert.Equal(new OwnerNames().Of(there.Uid), entry.Owner);
        Assert.Null(entry.ContentHash);
        Assert.True(!hasAttributes || entry.ExtendedAttributes["user.note"].AsSpan().SequenceEqual("noted"u8));
    }

    [Fact]
    public void The_content_hash_is_recorded_when_asked_for()
    {
        using var bench = new Bench();
        var large = new byte[200_000];
        Random.Shared.NextBytes(large);
        File.WriteAllBytes(bench["large"], large);
        Bench.Cart("put", "--content-hash", bench.Container(), bench.File("a"), bench["large"]).IsFine();
        using var container = CartridgeFile.OpenReadOnly(bench["x.cart"]);
        Assert.Equal(System.Security.Cryptography.SHA256.HashData("content"u8), container.GetEntry("a").ContentHash);
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(large), container.GetEntry("large").ContentHash);
    }

    private static Bench MakeSources()
    {
        var bench = new Bench();
        bench.File("a");
        bench.File("-dash");
        bench.File("folder/in");
        File.CreateSymbolicLink(bench["link"], "folder");
        return bench;
    }

    private static Outcome Unprivileged(Bench bench, params string[] arguments) => bench.ProcessWith(new() { Unprivileged = true }, arguments);

    private static void OpenToEveryone(string file) => Disk.SetMode(file, 0x1B6);

    private static string PathsIn(string container)
    {
        using var file = CartridgeFile.OpenReadOnly(container);
        return string.Join(' ', file.List().Select(entry => entry.Path));
    }

    /// <summary>Whatever is tried, the container keeps its state, hash for hash, and its length.</summary>
    private static void Unchanged(string container, Action<string> attempt)
    {
        var before = StateOf(container);
        attempt(container);
        Assert.Equal(before, StateOf(container));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(container)!, "*.tmp"));
    }

    private static (ulong? Generation, string? Hash, bool IsValid, long Length) StateOf(string container)
    {
        var report = Verifier.Verify(container);
        return (report.Generation, report.StateHash, report.IsValid, new FileInfo(container).Length);
    }

    /// <summary>A file system in which one thing is listed and gone a moment later.</summary>
    private sealed class VanishingFiles(string gone) : HostFiles
    {
        public override HostEntry? Look(string path) => path == gone ? null : Here.Look(path);

        public override IReadOnlyList<string> NamesIn(string folder) => Here.NamesIn(folder);

        public override (FileStream Content, HostEntry Entry) Open(string path) => Here.Open(path);

        public override string ReadLink(string path) => Here.ReadLink(path);
    }
}
