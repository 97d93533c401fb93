using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>ls, cat, stat: what is printed of a container.</summary>
[SupportedOSPlatform("linux")]
public sealed class ReadingTests
{
    private const string Evil = "evil\u001b]0;x\a\nname\t\u202e";

    [Fact]
    public void Names_at_the_root_folders_with_a_slash()
    {
        using var bench = new Bench();
        Assert.Equal("a\ndir/\nimplied/\nlink\n", Bench.Cart("ls", Sample(bench)).IsFine().Output);
        Assert.Equal("b\nmore/\n", Bench.Cart("ls", bench["x.cart"], "implied/").IsFine().Output);
        Assert.Equal("", Bench.Cart("ls", bench["x.cart"], "dir").IsFine().Output);
        Assert.Equal("implied/b\n", Bench.Cart("ls", bench["x.cart"], "implied/b").IsFine().Output);
        Bench.Cart("ls", bench["x.cart"], "nothing").Fails(1, "nothing", "x.cart");
        Bench.Cart("ls", bench["x.cart"], "a/nothing").Fails(1, "a/nothing");
    }

    [Fact]
    public void Everything_below_with_whole_paths()
    {
        using var bench = new Bench();
        Assert.Equal("a\ndir/\nimplied/\nimplied/b\nimplied/more/\nimplied/more/c\nlink\n", Bench.Cart("ls", Sample(bench), "-R").IsFine().Output);
        Assert.Equal("implied/b\nimplied/more/\nimplied/more/c\n", Bench.Cart("ls", bench["x.cart"], "implied", "-R").IsFine().Output);
    }

    [Fact]
    public void Long_lines_are_separated_by_tabs()
    {
        using var bench = new Bench();
        Assert.Equal(
            """
            -rwsr-x--T	alice	7	5	5	2009-02-13 23:31:30	a
            drwx------	42	0	0	0	1969-12-31 23:59:59	dir/
            d---------	-	-	-	-	-	implied/
            lrwxrwxrwx	0	0	1	1	1970-01-01 00:00:00	link -> a

            """,
            Bench.Cart("ls", Sample(bench), "-l").IsFine().Output);
    }

    [Fact]
    public void One_object_a_line_for_programs()
    {
        using var bench = new Bench();
        var lines = Bench.Cart("ls", Sample(bench), "-R", "--json").IsFine().Lines.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["a", "dir", "implied", "implied/b", "implied/more", "implied/more/c", "link"], lines.Select(line => line.GetProperty("path").GetString()));
        Assert.Equal(["file", "directory", "directory", "file", "directory", "file", "symlink"], lines.Select(line => line.GetProperty("type").GetString()));
        Assert.Equal("2009-02-13T23:31:30.123456789Z", lines[0].GetProperty("modified").GetString());
        Assert.Equal("1969-12-31T23:59:59.999999999Z", lines[1].GetProperty("modified").GetString());
        Assert.Equal("5750", lines[0].GetProperty("mode").GetString());
        Assert.True(lines[2].GetProperty("implied").GetBoolean());
        Assert.Equal("a", lines[^1].GetProperty("target").GetString());
    }

    [Fact]
    public void No_name_commands_a_terminal_and_programs_get_it_as_it_is()
    {
        using var bench = new Bench();
        var container = bench.Container(file =>
        {
            file.Write(Evil, "x"u8, new EntryMetadata { Owner = "\u001b[0m" });
            file.CreateSymbolicLink("link", Evil);
        });
        foreach (var arguments in new string[][] { ["ls", container, "-l"], ["ls", container, "-lR"], ["stat", container, Evil], ["stat", container, "link"], ["inspect", container] })
        {
            foreach (var isWatched in new[] { false, true })
            {
                // Our own bold and coloured letters apart.
                var output = Regex.Replace(Bench.Cart([], arguments, isWatched).IsFine().Output, "\u001b\\[[0-9;]*m", "");
                Assert.DoesNotContain(output, character => char.IsControl(character) && character is not ('\n' or '\t'));
                Assert.DoesNotContain('\u202e', output);
            }
        }

        Assert.Equal("evil\\x1b]0;x\\x07\\x0aname\\x09\\xe2\\x80\\xae", Bench.Cart("ls", container).Lines[0]);
        Assert.Equal(Evil, JsonDocument.Parse(Bench.Cart("ls", container, "--json").Lines[0]).RootElement.GetProperty("path").GetString());
        Bench.Cart("cat", container, $"{Evil}x").Fails(1, "evil\\x1b]0;x\\x07\\x0aname");
        Bench.Cart("get", container, Evil, Evil, "--out", bench["out"]).IsFine();
        Bench.Cart("get", container, Evil, "--out", bench["out"]).Fails(1, "evil\\x1b");
    }

    [Fact]
    public void Contents_one_after_the_other_and_what_has_none_is_named()
    {
        using var bench = new Bench();
        var container = Sample(bench);
        Assert.Equal("aaaaabc", Bench.Cart("cat", container, "a", "implied/b", "implied/more/c").IsFine().Output);
        var outcome = Bench.Cart("cat", container, "nothing", "dir", "implied", "link", "a").Fails(1, "nothing: ", "dir: is a folder", "implied: is a folder", "link: is a link to a");
        Assert.Equal("aaaaa", outcome.Output);
    }

    [Fact]
    public void Damage_ends_the_output()
    {
        using var bench = new Bench();
        var container = bench.Container(file => file.Write("big", Enumerable.Range(0, 200_000).Select(i => unchecked((byte)(i >> 9))).ToArray()));
        bench.Damage("x.cart", Enumerable.Repeat((byte)200, 100).ToArray());
        var outcome = Bench.Cart("cat", container, "big").Fails(1, "x.cart", "content.checksum-mismatch", "big");
        Assert.True(outcome.OutputBytes.Length < 200_000);
    }

    [Fact]
    public void Every_field_of_an_entry()
    {
        using var bench = new Bench();
        var container = bench.Container(file => file.Write("a", "hello"u8, new EntryMetadata
        {
            Mode = 0x1A4,
            Uid = 1,
            Gid = 2,
            Owner = "bob",
            Created = 0,
            Modified = 1_500_000_000,
            ContentType = "text/plain",
            RecordContentHash = true,
            UserMetadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["key"] = "value" },
            ExtendedAttributes = new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["user.x"] = [1, 255] },
        }));
        Assert.Equal(
            """
            path:               a
            type:               file
            size:               5 bytes
            mode:               0644 (-rw-r--r--)
            uid:                1
            gid:                2
            owner:              bob
            created:            1970-01-01T00:00:00.000000000Z
            modified:           1970-01-01T00:00:01.500000000Z
            file id:            1
            content:            in the record
            stored:             5 bytes
            codec:              none, as the container says
            sha-256:            2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824
            content type:       text/plain
            user metadata:      key = value
            extended attribute: user.x = 01ff

            """,
            Bench.Cart("stat", container, "a").IsFine().Output);
        var json = JsonDocument.Parse(Bench.Cart("stat", container, "a", "--json").IsFine().Output).RootElement;
        Assert.Equal("Af8=", json.GetProperty("extended_attributes").GetProperty("user.x").GetString());
        Assert.Equal("text/plain", json.GetProperty("content_type").GetString());
        Bench.Cart("stat", container, "b").Fails(1, "b: ");
    }

    [Fact]
    public void A_container_says_who_it_is()
    {
        using var bench = new Bench();
        Bench.Cart("create", bench["x.cart"], "--slug", "my-slug", "--title", "Täßt").IsFine();
        Bench.Cart("put", bench["x.cart"], bench.File("folder/a", "12345")).IsFine();
        using var container = CartridgeFile.OpenReadOnly(bench["x.cart"]);
        var output = Bench.Cart("stat", bench["x.cart"]).IsFine().Output;
        foreach (var expected in new[] { container.Id.ToString(), "my-slug", "Täßt", Convert.ToHexStringLower(container.StateHash()), "files:            1", "generation:       2", "content:          5 bytes" })
        {
            Assert.Contains(expected, output, StringComparison.Ordinal);
        }

        var json = JsonDocument.Parse(Bench.Cart("stat", bench["x.cart"], "--json").IsFine().Output).RootElement;
        Assert.Equal(Convert.ToHexStringLower(container.StateHash()), json.GetProperty("state_hash").GetString());
        Assert.Equal((2ul, 1ul, 5ul), (json.GetProperty("generation").GetUInt64(), json.GetProperty("files").GetUInt64(), json.GetProperty("content_bytes").GetUInt64()));
    }

    [Fact]
    public void A_person_gets_a_table()
    {
        using var bench = new Bench();
        var watched = Bench.Cart([], ["ls", Sample(bench), "-l"], isWatched: true).IsFine().Output;
        Assert.Contains("modified (UTC)", watched, StringComparison.Ordinal);
        Assert.DoesNotContain('\t', watched);
    }

    [ToolFact("script")]
    public void Colours_are_for_terminals_and_NO_COLOR_is_respected()
    {
        using var bench = new Bench();
        bench.Container();
        var line = $"{Bench.Program.Program} {Bench.Program.Arguments[0]} verify x.cart";
        var inTerminal = new Dictionary<string, string?>(StringComparer.Ordinal) { ["TERM"] = "xterm-256color", ["NO_COLOR"] = null };
        var colourless = new Dictionary<string, string?>(inTerminal, StringComparer.Ordinal) { ["NO_COLOR"] = "1" };
        Assert.Contains("\u001b[38;5;2m", Script(inTerminal), StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[38", Script(colourless), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', bench.ProcessWith(new() { Environment = inTerminal }, "verify", "x.cart").IsFine().Output);

        string Script(Dictionary<string, string?> environment) =>
            Outcome.Of(ChildProcess.Run("script", ["-qec", line, "/dev/null"], new() { WorkingDirectory = bench.Folder, Environment = environment })).Output;
    }

    [ToolFact("sh", "head")]
    public void A_reader_that_goes_ends_the_output_quietly()
    {
        using var bench = new Bench();
        bench.Container(file =>
        {
            file.Write("big", new byte[50_000_000].Select((_, i) => unchecked((byte)i)).ToArray());
            using var transaction = file.BeginTransaction();
            for (var i = 0; i < 5000; i++)
            {
                file.Write($"names/{i}-{new string('x', 200)}", "x"u8);
            }

            transaction.Commit();
        });
        foreach (var command in new[] { "cat x.cart big", "ls x.cart -R", "ls x.cart -R --json", "inspect x.cart --page 5" })
        {
            var outcome = bench.Shell($"{{ \"$0\" \"$1\" {command}; echo \"code $?\" >&2; }} | head -c 1");
            Assert.Equal("code 0\n", outcome.Error);
            Assert.Single(outcome.OutputBytes);
        }

        bench.Shell("\"$0\" \"$1\" cat x.cart big > /dev/full").Fails(3, "standard output");
        bench.Shell("\"$0\" \"$1\" ls x.cart -R > /dev/full").Fails(3, "standard output");
    }

    private static string Sample(Bench bench) => bench.Container(file =>
    {
        file.Write("a", "aaaaa"u8, new EntryMetadata { Mode = 0xBE8, Owner = "alice", Uid = 5, Gid = 7, Modified = 1_234_567_890_123_456_789 });
        file.CreateDirectory("dir", new EntryMetadata { Mode = 0x1C0, Uid = 42, Modified = -1 });
        file.Write("implied/b", "b"u8);
        file.Write("implied/more/c", Encoding.UTF8.GetBytes("c"));
        file.CreateSymbolicLink("link", "a", new EntryMetadata { Modified = 0 });
    });
}
