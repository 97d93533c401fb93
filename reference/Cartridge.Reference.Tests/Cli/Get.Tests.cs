using System.Runtime.Versioning;
using Cartridge.Cli;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

[SupportedOSPlatform("linux")]
public sealed class GetTests
{
    [Fact]
    public void What_is_there_is_left_as_it_is_and_listed_and_the_rest_is_extracted()
    {
        using var bench = new Bench();
        var container = bench.Container(file =>
        {
            file.Write("a", "new"u8);
            file.Write("b", "new"u8);
            file.CreateSymbolicLink("link", "b");
        });
        bench.File("out/a", "old");
        bench.File("out/link", "old");
        var outcome = Bench.Cart("get", container, "--out", bench["out"]).Fails(1, "a: ", "link: ", "--overwrite");
        Assert.Equal(2, outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(("old", "new", "old"), (bench.Read("out/a"), bench.Read("out/b"), bench.Read("out/link")));
    }

    [Fact]
    public void Overwriting_replaces_files_and_links_but_no_folder()
    {
        using var bench = new Bench();
        var container = bench.Container(file =>
        {
            file.Write("a", "new"u8, new EntryMetadata { Mode = 0x100 });
            file.Write("was-link", "new"u8);
            file.Write("was-folder", "new"u8);
            file.CreateSymbolicLink("link", "a");
            file.CreateDirectory("folder", new EntryMetadata { Mode = 0x1C0, Modified = 77 });
        });
        Disk.SetMode(bench.File("out/a", "old"), 0x124);
        bench.File("out/target", "old");
        bench.File("out/was-folder/in", "old");
        File.CreateSymbolicLink(bench["out/was-link"], "target");
        File.CreateSymbolicLink(bench["out/link"], "target");
        Directory.CreateDirectory(bench["out/folder"]);
        Bench.Cart("get", container, "--out", bench["out"], "--overwrite").Fails(1, "was-folder");
        Assert.Equal(("new", "new", "old", "new"), (bench.Read("out/a"), bench.Read("out/was-link"), bench.Read("out/target"), bench.Read("out/link")));
        Assert.Null(new FileInfo(bench["out/was-link"]).LinkTarget);
        Assert.Equal("old", bench.Read("out/was-folder/in"));
        Assert.Equal((0x1C0, 77L), (HostFiles.Here.Look(bench["out/folder"])!.Mode, HostFiles.Here.Look(bench["out/folder"])!.Modified));
        Assert.Equal(["a", "folder", "link", "target", "was-folder", "was-link"], HostFiles.Here.NamesIn(bench["out"]));
    }

    [Fact]
    public void Folders_that_were_there_keep_their_mode_and_those_of_parents_unasked_for_are_usual()
    {
        using var bench = new Bench();
        var container = bench.Container(file =>
        {
            file.CreateDirectory("there", new EntryMetadata { Mode = 0x1C0 });
            file.Write("there/a", "new"u8);
            file.CreateDirectory("parent", new EntryMetadata { Mode = 0x140 });
            file.Write("parent/a", "new"u8);
        });
        Directory.CreateDirectory(bench["out/there"]);
        Disk.SetMode(bench["out/there"], 0x1FF);
        Bench.Cart("get", container, "there", "parent/a", "--out", bench["out"]).IsFine();
        Assert.Equal(0x1FF, HostFiles.Here.Look(bench["out/there"])!.Mode);
        Assert.Equal(0x1C0, HostFiles.Here.Look(bench["out/parent"])!.Mode & 0x1C0);
        Assert.Equal("new", bench.Read("out/parent/a"));
    }

    [Fact]
    public void Bits_that_lend_the_owners_rights_come_back_only_with_the_owner()
    {
        using var bench = new Bench();
        var container = bench.Container(file =>
        {
            file.Write("s", "x"u8, new EntryMetadata { Mode = 0xFED });
            file.CreateDirectory("d", new EntryMetadata { Mode = 0xFED });
        });
        Bench.Cart("get", container, "--out", bench["plain"]).IsFine();
        Assert.Equal((0x3ED, 0x3ED), (HostFiles.Here.Look(bench["plain/s"])!.Mode, HostFiles.Here.Look(bench["plain/d"])!.Mode));
    }

    [Fact]
    public void Owners_come_back_for_root_and_are_refused_to_others()
    {
        using var bench = new Bench();
        var container = bench.Container(file =>
        {
            file.Write("s", "x"u8, new EntryMetadata { Mode = 0x9ED, Uid = 12345, Gid = 54321 });
            file.CreateSymbolicLink("link", "s", new EntryMetadata { Uid = 12345, Gid = 54321 });
            file.CreateDirectory("d", new EntryMetadata { Mode = 0x1ED, Uid = 12345, Gid = 54321 });
        });
        Disk.SetMode(container, 0x1B6);
        var outcome = bench.ProcessWith(new() { Unprivileged = true }, "get", "x.cart", "--out", "out", "--owner").Fails(3, "s: ", "owner");
        Assert.Equal(3, outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        if (!Environment.IsPrivilegedProcess)
        {
            return;
        }

        Bench.Cart("get", container, "--out", bench["owned"], "--owner").IsFine();
        foreach (var name in new[] { "s", "link", "d" })
        {
            var entry = HostFiles.Here.Look(bench[$"owned/{name}"])!;
            Assert.Equal((12345u, 54321u), (entry.Uid, entry.Gid));
        }

        Assert.Equal(0x9ED, HostFiles.Here.Look(bench["owned/s"])!.Mode);
    }

    [Fact]
    public void What_is_not_there_is_named_and_nothing_is_extracted()
    {
        using var bench = new Bench();
        var container = bench.Container(file => file.Write("a", "x"u8));
        Bench.Cart("get", container, "a", "b", "c/d", "--out", bench["out"]).Fails(1, "b: ", "c/d: ", "x.cart");
        Assert.False(Directory.Exists(bench["out"]));
    }

    [Fact]
    public void A_folder_that_may_not_be_written_is_named()
    {
        using var bench = new Bench();
        Disk.SetMode(bench.Container(file => file.Write("folder/a", "x"u8)), 0x1B6);
        Directory.CreateDirectory(bench["out/folder"]);
        Disk.SetMode(bench["out/folder"], 0x16D);
        bench.ProcessWith(new() { Unprivileged = true }, "get", "x.cart", "--out", "out").Fails(3, "folder/a", "denied");
        Disk.SetMode(bench["out"], 0x16D);
        bench.ProcessWith(new() { Unprivileged = true }, "get", "x.cart", "--out", "out/new").Fails(3, "out/new", "denied");
        Bench.Cart("get", bench["x.cart"], "--out", bench["x.cart"]).Fails(3, "x.cart");
    }

    [Fact]
    public void Names_that_the_disk_does_not_take_are_listed_and_the_rest_is_extracted()
    {
        using var bench = new Bench();
        var container = bench.Container(file =>
        {
            file.Write(new string('n', 300), "x"u8);
            file.Write("z", "x"u8);
        });
        Bench.Cart("get", container, "--out", bench["out"]).Fails(3, "nnn", "too long");
        Assert.Equal("x", bench.Read("out/z"));
    }

    [Fact]
    public void Damaged_content_is_named_and_left_out_and_the_rest_is_extracted()
    {
        using var bench = new Bench();
        var container = bench.Container(file =>
        {
            file.Write("a", "fine"u8);
            file.Write("b", new byte[] { 1, 2, 3 }.Concat(new byte[100_000]).Append((byte)7).ToArray());
            file.Write("c", "fine"u8);
        });
        bench.Damage("x.cart", new byte[] { 1, 2, 3, 0, 0, 0, 0, 0 });
        bench.File("old/b", "old");
        Bench.Cart("get", container, "--out", bench["out"]).Fails(1, "b: ", "content.checksum-mismatch");
        Assert.Equal(["a", "c"], HostFiles.Here.NamesIn(bench["out"]));
        Bench.Cart("get", container, "--out", bench["old"], "--overwrite").Fails(1, "b: ", "content.checksum-mismatch");
        Assert.Equal("old", bench.Read("old/b"));
        Assert.Equal(["a", "b", "c"], HostFiles.Here.NamesIn(bench["old"]));
    }

    [ToolFact("sh", "unshare", "mount")]
    public void A_disk_without_room_is_named_and_no_half_file_stays()
    {
        using var bench = new Bench();
        var content = new byte[3_000_000];
        new Random(3).NextBytes(content);
        bench.Container(file => file.Write("big", content));
        var outcome = bench.Shell(
            """
            unshare -rm true || exit 77
            exec unshare -rm sh -c '
              mkdir disk && mount -t tmpfs -o size=1m none disk || exit 77
              "$0" "$1" get x.cart --out disk; code=$?
              ls -A disk; exit $code' "$0" "$1"
            """);
        if (outcome.Code != 77)
        {
            Assert.Equal("", outcome.Fails(3, "big", "space").Output);
        }
    }
}
