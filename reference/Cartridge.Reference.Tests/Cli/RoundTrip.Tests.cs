using System.Runtime.Versioning;
using Cartridge.Cli;

namespace Cartridge.Reference.Tests;

[SupportedOSPlatform("linux")]
public sealed class RoundTripTests
{
    private const long Past = 981_173_106_123_456_789; // 2001-02-03, to the nanosecond

    [Fact]
    public void A_folder_comes_back_as_it_was_under_its_name()
    {
        using var bench = new Bench();
        MakeTree(bench, "tree");
        var container = bench.Container();
        Bench.Cart("put", container, bench["tree"]).IsFine();
        Bench.Cart("get", container, "--out", bench["copy"]).IsFine();
        Assert.Equal(HostTree.Of(bench["tree"]), HostTree.Of(bench["copy/tree"]));
        Assert.Equal(HostFiles.Here.Look(bench["tree"])!.Modified, HostFiles.Here.Look(bench["copy/tree"])!.Modified);
        Assert.Contains("valid", Bench.Cart("verify", container).IsFine().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_process_does_what_the_library_does()
    {
        using var bench = new Bench();
        MakeTree(bench, "tree");
        bench.Process("create", "x.cart", "--title", "Ä title").IsFine();
        bench.Process("put", "x.cart", "tree").IsFine();
        bench.Process("get", "x.cart", "--out", "copy").IsFine();
        Assert.Equal(HostTree.Of(bench["tree"]), HostTree.Of(bench["copy/tree"]));
        Assert.Equal("tree/\n", bench.Process("ls", "x.cart").IsFine().Output);
    }

    [Fact]
    public void Packing_again_replaces_all_that_changed()
    {
        using var bench = new Bench();
        MakeTree(bench, "tree");
        var container = bench.Container();
        Bench.Cart("put", container, bench["tree"]).IsFine();
        bench.File("tree/plain", "changed, and longer than it was");
        File.Delete(bench["tree/link"]);
        bench.File("tree/link", "a file now");
        Directory.Delete(bench["tree/empty"]);
        File.CreateSymbolicLink(bench["tree/empty"], "plain");
        Directory.CreateDirectory(bench["tree/new"]);
        Bench.Cart("put", container, bench["tree"]).IsFine();
        Bench.Cart("get", container, "--out", bench["copy"]).IsFine();
        Assert.Equal(HostTree.Of(bench["tree"]), HostTree.Of(bench["copy/tree"]));
    }

    [Fact]
    public void Holes_stay_holes_on_both_sides()
    {
        using var bench = new Bench();
        const long Far = 3L << 40; // three terabytes, which nobody has to read
        using (var file = File.Create(bench["disk.img"]))
        {
            file.Write("begins"u8);
            file.Position = 1 << 20;
            file.Write("goes on"u8);
            file.Position = Far;
            file.Write("ends"u8);
            file.SetLength(Far + 100_000);
        }

        Disk.SetTime(bench["disk.img"], Past);
        var container = bench.Container();
        Bench.Cart("put", container, bench["disk.img"]).IsFine();
        Assert.InRange(new FileInfo(container).Length, 0, 1 << 20);
        Bench.Cart("get", container, "--out", bench["copy"]).IsFine();
        using var copy = File.OpenRead(bench["copy/disk.img"]);
        Assert.Equal(Far + 100_000, copy.Length);
        Assert.Equal(Past, HostFiles.Here.Look(bench["copy/disk.img"])!.Modified);
        foreach (var (offset, text) in new[] { (0L, "begins"), (1L << 20, "goes on"), (Far, "ends") })
        {
            var bytes = new byte[text.Length + 1];
            copy.Position = offset;
            copy.ReadExactly(bytes);
            Assert.Equal($"{text}\0", System.Text.Encoding.ASCII.GetString(bytes));
        }
    }

    [Fact]
    public void A_database_gets_small_chunks()
    {
        using var bench = new Bench();
        bench.File("data.db", $"SQLite format 3\0{new string('x', 10_000)}");
        using (var sparse = File.Create(bench["sparse.db"]))
        {
            sparse.Write("SQLite format 3\0"u8);
            sparse.Position = 1 << 20;
            sparse.Write("end"u8);
        }

        var container = bench.Container();
        Bench.Cart("put", container, bench["data.db"], bench["sparse.db"]).IsFine();
        using var file = CartridgeFile.OpenReadOnly(container);
        Assert.Equal(Format.MinChunkShift, file.GetEntry("data.db").ChunkShift);
        Assert.Equal(Format.MinChunkShift, file.GetEntry("sparse.db").ChunkShift);
    }

    [Fact]
    public void Only_what_was_asked_for_comes_back()
    {
        using var bench = new Bench();
        MakeTree(bench, "tree");
        var container = bench.Container();
        Bench.Cart("put", container, bench["tree"]).IsFine();
        Bench.Cart("get", container, "tree/deep/", "tree/plain", "tree/deep/er", "--out", bench["copy"]).IsFine();
        Assert.Equal(["tree"], HostFiles.Here.NamesIn(bench["copy"]));
        Assert.Equal(["deep", "plain"], HostFiles.Here.NamesIn(bench["copy/tree"]));
        Assert.Equal(HostTree.Of(bench["tree/deep"]), HostTree.Of(bench["copy/tree/deep"]));
    }

    private static void MakeTree(Bench bench, string name)
    {
        string[] names = ["plain", "with space", "-dash", "back\\slash", "new\nline", "tab\there", "\u001b[31mred", "é", "e\u0301", "日本", "😀", "\uFFFD", "@at", "a:b"];
        foreach (var file in names)
        {
            bench.File($"{name}/{file}", file);
        }

        foreach (var size in new[] { 0, 1, 512, 513, 4096, 65_535, 65_536, 65_537, 300_000 })
        {
            var bytes = new byte[size];
            new Random(size).NextBytes(bytes);
            File.WriteAllBytes(bench[$"{name}/size-{size}"], bytes);
        }

        bench.File($"{name}/deep/er/est/file");
        Directory.CreateDirectory(bench[$"{name}/empty"]);
        File.CreateSymbolicLink(bench[$"{name}/link"], "deep/er");
        File.CreateSymbolicLink(bench[$"{name}/deep/up"], "../plain");
        File.CreateSymbolicLink(bench[$"{name}/dangling"], "nowhere/at all");
        File.CreateSymbolicLink(bench[$"{name}/circle"], "circle");
        _ = Disk.SetAttribute(bench[$"{name}/plain"], "user.note", [0, 1, 255]);
        _ = Disk.SetAttribute(bench[$"{name}/empty"], "user.folder", "yes"u8.ToArray());
        foreach (var mode in new[] { 0x100, 0x1A4, 0x1ED, 0x1FF, 0x000, 0x092 })
        {
            Disk.SetMode(bench.File($"{name}/mode-{mode}"), mode);
        }

        Directory.CreateDirectory(bench[$"{name}/closed"]);
        bench.File($"{name}/closed/inside");
        foreach (var (path, offset) in new[] { ("plain", 0L), ("deep/er/est", 1), ("link", 2), ("closed/inside", -3_000_000_000), ("closed", 5), ("empty", -981_173_106_123_456_789 - 1_500_000_000) })
        {
            Disk.SetTime(bench[$"{name}/{path}"], Past + offset);
        }

        Disk.SetMode(bench[$"{name}/closed"], 0x16D); // r-xr-xr-x
        Disk.SetMode(bench[$"{name}/empty"], 0x3FF); // rwxrwxrwt
        Disk.SetTime(bench[name], Past - 7);
    }
}
