using System.Runtime.Versioning;
using System.Text;
using System.Text.Json.Nodes;
using Cartridge.Format1;
using Cartridge.Formats.WalkOne;

namespace Cartridge.Reference.Tests.Format1;

/// <summary>What becomes of containers of format 3 in format 1, and what is refused before anything is written.</summary>
[SupportedOSPlatform("linux")]
public sealed class ExportTests : IDisposable
{
    private const string Key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private const long Second = 1_000_000_000;
    private const string LogPath = "wal/vacuum/wal.log";

    private readonly Bench _bench = new();
    private readonly byte[] _raw = Convert.FromHexString(Key);

    public static TheoryData<string> Listed => Golden.Listed;

    public void Dispose() => _bench.Dispose();

    /// <summary>What a migration cannot keep, an export cannot bring back: slashes before paths, and links that lead nowhere.</summary>
    [Theory]
    [MemberData(nameof(Listed))]
    public void Migrated_and_exported_again_a_container_has_the_same_entries(string name)
    {
        File.WriteAllBytes(_bench["old.cart"], Golden.Bytes(name));
        Format1Migration.Migrate(_bench["old.cart"], _bench["new.cart"], new() { Key = name.EndsWith("encrypted.cart", StringComparison.Ordinal) ? _raw : null });
        Assert.True(Export(new() { Key = _raw }).IsWhole);

        using Format1File old = Format1File.Open(_bench["old.cart"], new() { Key = _raw });
        using Format1File made = AssertSound();
        Assert.Equal(old.Entries.Select(entry => entry.Path.TrimStart('/')).Order(StringComparer.Ordinal), made.Entries.Select(entry => entry.Path).Order(StringComparer.Ordinal));
        foreach (Format1Entry entry in old.Entries)
        {
            Format1Entry actual = made.Find(entry.Path.TrimStart('/'))!;
            Assert.Equal(entry.Type == EntryType.Directory, actual.Type == EntryType.Directory);
            Assert.Equal((entry.Size, entry.Created, entry.Modified, entry.Permissions, entry.Owner, entry.ContentType), (actual.Size, actual.Created, actual.Modified, actual.Permissions, actual.Owner, actual.ContentType));
            Assert.Equal(Plain(entry), Plain(actual));
            if (entry.Type != EntryType.Directory)
            {
                Assert.Equal(old.Read(entry), made.Read(actual));
            }
        }

        Assert.Equal(
            (old.Header.VersioningFuse, old.Header.AclFuse, old.Header.EncryptionFuse),
            (made.Header.VersioningFuse, made.Header.AclFuse, made.Header.EncryptionFuse));
    }

    [Fact]
    public void Random_contents_that_fit_are_the_same_in_both_formats()
    {
        for (int seed = 0; seed < 25; seed++)
        {
            Random random = new(seed);
            File.Delete(_bench["new.cart"]);
            File.Delete(_bench["out.cart"]);
            using (CartridgeFile container = Make(random.Next(3) == 0))
            {
                Fill(container, random);
            }

            Assert.True(Export(new() { Key = _raw }).IsWhole, $"seed {seed}");
            using Format1File made = AssertSound();
            using CartridgeKey key = CartridgeKey.FromBytes(_raw);
            using CartridgeFile source = CartridgeFile.OpenReadOnly(_bench["new.cart"], new OpenOptions { Key = IsEncrypted() ? key : null });
            foreach (CartridgeEntry entry in source.List())
            {
                Format1Entry actual = made.Find(entry.Path)!;
                Assert.Equal(entry.Type, actual.Type);
                Assert.Equal((entry.Created / Second, entry.Modified / Second, entry.Mode, entry.Owner, entry.ContentType), ((long)actual.Created, (long)actual.Modified, (int)actual.Permissions, actual.Owner, actual.ContentType));
                Assert.Equal(entry.UserMetadata.OrderBy(pair => pair.Key), Plain(actual));
                Assert.Equal(entry.ContentHash, actual.ContentHash);
                byte[]? content = entry.Type switch
                {
                    EntryType.File => source.Read(entry.Path),
                    EntryType.SymbolicLink => Encoding.UTF8.GetBytes(source.ReadLink(entry.Path)),
                    _ => null,
                };
                Assert.True(content is null || content.AsSpan().SequenceEqual(made.Read(actual)), $"seed {seed}: {entry.Path}");
            }
        }
    }

    [Theory]
    [InlineData("early-time", false)]
    [InlineData("extended-attributes", false)]
    [InlineData("reserved-metadata", false)]
    [InlineData("vacuum-log", true)]
    [InlineData("manifest", true)]
    public void What_of_an_entry_cannot_be_held_is_named_and_left_out_if_that_is_wanted(string reason, bool takesEntry)
    {
        string path = reason switch { "vacuum-log" => LogPath, "manifest" => CartridgeManifest.Path, _ => "there" };
        using (CartridgeFile container = Make())
        {
            container.Write("beside", "fine"u8.ToArray());
            container.Write(path, "content"u8.ToArray(), new EntryMetadata
            {
                Modified = reason == "early-time" ? -1 : 0,
                UserMetadata = reason == "reserved-metadata" ? new Dictionary<string, string> { ["encrypted"] = "true", ["kept"] = "yes" } : null,
                ExtendedAttributes = reason == "extended-attributes" ? new Dictionary<string, byte[]> { ["user.x"] = [1] } : null,
            });
        }

        Format1ExportReport report = Export(new());
        Assert.False(report.MayWrite);
        Format1ExportedEntry entry = Assert.Single(report.Entries, entry => entry.Troubles.Count > 0);
        Assert.Equal((path, reason, takesEntry), (entry.Path, Assert.Single(entry.Troubles).Reason, entry.Troubles[0].TakesEntry));
        Assert.Equal(["new.cart"], Names());

        Assert.True(Export(new() { SkipsUnsupported = true }).MayWrite);
        using Format1File made = AssertSound();
        Assert.NotNull(made.Find("beside"));
        Assert.Equal(takesEntry && reason != "manifest", made.Find(path) is null);
        Assert.Equal("s", made.Manifest!.Slug);
        Assert.Equal(reason == "reserved-metadata" ? ["kept"] : [], made.Find(path)?.UserMetadata.Keys ?? []);
        Assert.True(reason != "early-time" || made.Find(path)!.Modified == 0);
    }

    [Fact]
    public void Snapshots_stay_behind_by_name_and_each_can_be_exported()
    {
        using (CartridgeFile container = Make())
        {
            container.Write("a", "before"u8.ToArray());
            container.CreateSnapshot("v1");
            container.Write("a", "after"u8.ToArray());
        }

        Format1Trouble trouble = Assert.Single(Export(new()).Troubles);
        Assert.Equal("snapshot", trouble.Reason);
        Assert.Contains("v1", trouble.Message, StringComparison.Ordinal);
        Assert.Equal(["new.cart"], Names());

        using (CartridgeFile container = CartridgeFile.OpenReadOnly(_bench["new.cart"]))
        {
            Assert.True(Format1Export.Export(container, _bench["out.cart"], snapshot: "v1").IsWhole);
        }

        using Format1File made = AssertSound();
        Assert.Equal("before"u8.ToArray(), made.Read(made.Find("a")!));
    }

    [Fact]
    public void A_catalog_that_is_too_long_is_refused_whatever_may_be_left_out()
    {
        using (CartridgeFile container = Make())
        {
            // A list of its blocks alone fills the catalog; all of it is a hole.
            container.WriteAt("big", ((PackedBlob.MaxLength / 8) + 1) * 4096, [1]);
        }

        foreach (bool skips in (bool[])[false, true])
        {
            Format1ExportReport report = Export(new() { SkipsUnsupported = skips });
            Assert.False(report.MayWrite);
            Assert.Equal("catalog-length", Assert.Single(report.Troubles).Reason);
        }

        Assert.Equal(["new.cart"], Names());
    }

    [Fact]
    public void The_longest_catalog_is_written_and_read_again()
    {
        using MemoryMedium medium = new();
        Format1Writer writer = new(medium);
        writer.Write(new Format1Entry { Path = "a", Type = EntryType.File }, "content"u8.ToArray());
        int padding = (int)PackedBlob.MaxLength - BlobCatalog.Write(writer.Entries).Length;
        writer.Change("a", old => old with { Owner = new string('x', padding) });
        writer.Flush();
        using (Format1File made = Format1File.Open(new MemoryMedium(medium.ToArray(), readOnly: true)))
        {
            Assert.Equal(padding, Assert.Single(made.Entries).Owner.Length);
        }

        Assert.Empty(Golden.Verify(medium.ToArray()).Findings);
        writer.Change("a", old => old with { Owner = old.Owner + "x" });
        Assert.Equal(ErrorCode.LimitExceeded, Assert.Throws<CartridgeException>(writer.Flush).Code);
        Assert.Empty(Golden.Verify(medium.ToArray()).Findings);
    }

    /// <summary>From 32,000 blocks on the allocator does not fit its page; it lists the pages in which it goes on.</summary>
    [Fact]
    public void An_allocator_with_overflow_pages_marks_them()
    {
        using CartridgeFile container = Make();
        container.WriteAt("big", 200_000_000, [1]);
        Format1Export.Export(container, _bench["out.cart"]);
        Assert.Empty(Format1Verifier.Verify(_bench["out.cart"]).Findings);
        using FileMedium medium = FileMedium.Open(_bench["out.cart"], readOnly: true);
        Assert.NotEmpty(PackedText.Read(new Source(medium), ulong.MaxValue, 2, Judge.OfAll()).Overflow);
    }

    [Fact]
    public void Encrypted_contents_are_written_for_nobody_without_a_key()
    {
        using (CartridgeFile container = Make(isEncrypted: true))
        {
            container.Write("secret", "secret content"u8.ToArray());
        }

        foreach (bool skips in (bool[])[false, true])
        {
            Format1ExportReport report = Export(new() { SkipsUnsupported = skips, Key = skips ? ReadOnlyMemory<byte>.Empty : null });
            Assert.False(report.MayWrite);
            Assert.Equal("no-key", Assert.Single(report.Troubles).Reason);
        }

        Assert.Equal(["new.cart"], Names());
        HashSet<string> nonces = [];
        for (int i = 0; i < 3; i++)
        {
            Assert.True(Export(new() { Key = _raw }).IsWhole);
            byte[] made = File.ReadAllBytes(_bench["out.cart"]);
            Assert.True(made.AsSpan().IndexOf("secret content"u8) < 0);
            using Format1File file = AssertSound();
            Assert.All(file.Entries.Where(entry => entry.IsEncrypted), entry => Assert.True(nonces.Add(Convert.ToHexString(made, (int)entry.Blocks[0] * 4096, 12))));
            File.Delete(_bench["out.cart"]);
        }

        Assert.True(nonces.Count >= 3);
        Assert.True(Export(new() { Decrypts = true }).IsWhole);
        Assert.True(File.ReadAllBytes(_bench["out.cart"]).AsSpan().IndexOf("secret content"u8) > 0);
    }

    [Fact]
    public void A_trial_leaves_nothing_a_taken_name_is_left_alone_and_an_interruption_leaves_nothing()
    {
        using CartridgeFile container = Make();
        container.Write("a", new byte[100_000]);
        Assert.True(Format1Export.Export(container, _bench["out.cart"], new() { IsTrial = true }).IsWhole);
        Assert.Equal(["new.cart"], Names());

        foreach (Format1ExportOptions options in (Format1ExportOptions[])[new() { OnEntry = _ => throw new OperationCanceledException() }, new() { OnPortion = _ => throw new OperationCanceledException() }])
        {
            Assert.Throws<OperationCanceledException>(() => Format1Export.Export(container, _bench["out.cart"], options));
            Assert.Equal(["new.cart"], Names());
        }

        File.WriteAllText(_bench["out.cart"], "mine");
        Assert.Equal(ErrorCode.Exists, Assert.Throws<CartridgeException>(() => Format1Export.Export(container, _bench["out.cart"])).Code);
        Assert.Equal("mine", File.ReadAllText(_bench["out.cart"]));
    }

    /// <summary>A log at rest is a file like any other; one that a vacuum has left in the middle is not.</summary>
    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_vacuum_log_is_exported_unless_programs_would_act_on_it(byte dirty, bool isTaken)
    {
        const int DirtyAt = 24;
        using Format1File golden = Golden.Open("0.2.7-bincode/vacuumed.cart");
        byte[] log = golden.Read(golden.Find(LogPath)!);
        log[DirtyAt] = dirty;
        using (CartridgeFile container = Make())
        {
            container.Write(LogPath, log);
        }

        Assert.Equal(isTaken, Assert.Single(Export(new() { IsTrial = true }).Entries).IsTaken);
    }

    [Fact]
    public void A_content_of_another_length_than_was_said_ends_a_writer()
    {
        foreach (int length in (int[])[0, 9_999, 10_001, 100_000])
        {
            using MemoryMedium medium = new();
            Format1Writer writer = new(medium);
            using MemoryStream content = new(new byte[10_000]);
            Assert.Equal(ErrorCode.ContentSizeMismatch, Assert.Throws<CartridgeException>(() => writer.Write(new Format1Entry { Path = "a", Type = EntryType.File }, content, length)).Code);
            Assert.Equal(ErrorCode.Poisoned, Assert.Throws<CartridgeException>(() => writer.Write(new Format1Entry { Path = "b", Type = EntryType.File }, [])).Code);
            Assert.Equal(ErrorCode.Poisoned, Assert.Throws<CartridgeException>(writer.Flush).Code);
        }
    }

    [Fact]
    public void What_cannot_be_read_is_not_exported_and_nothing_stays()
    {
        using (CartridgeFile container = Make())
        {
            container.Write("a", Golden.Generated(1, 100_000));
        }

        byte[] bytes = File.ReadAllBytes(_bench["new.cart"]);
        bytes[bytes.AsSpan().IndexOf(Golden.Generated(1, 64)) + 20_000] ^= 1;
        File.WriteAllBytes(_bench["new.cart"], bytes);
        Assert.Equal(ErrorCode.ContentChecksumMismatch, Assert.Throws<CartridgeException>(() => Export(new())).Code);
        Assert.Equal(["new.cart"], Names());
    }

    [Fact]
    public void A_manifest_gets_the_members_that_old_programs_demand()
    {
        using (CartridgeFile container = Make())
        {
            container.Write(CartridgeManifest.Path, """{"description":"Было","version":"2.0.0"}"""u8.ToArray());
        }

        Assert.Contains("gets the members that programs of format 1 demand", Assert.Single(Export(new()).Entries, entry => entry.Path == CartridgeManifest.Path).Remarks);
        using Format1File made = AssertSound();
        JsonNode manifest = JsonNode.Parse(made.Read(made.Find(CartridgeManifest.Path)!))!;
        Assert.Equal(("Было", "2.0.0", "s", "T"), (manifest["description"]!.GetValue<string>(), manifest["version"]!.GetValue<string>(), manifest["slug"]!.GetValue<string>(), manifest["title"]!.GetValue<string>()));
    }

    [Fact]
    public void The_command_writes_refuses_and_tells()
    {
        using (CartridgeFile container = Make())
        {
            container.Write("fine", "fine"u8.ToArray(), new EntryMetadata { Modified = 1 });
            container.Write("odd", "odd"u8.ToArray(), new EntryMetadata { ExtendedAttributes = new Dictionary<string, byte[]> { ["user.x"] = [1] } });
        }

        string[] export = ["export", "--format", "1", _bench["new.cart"], _bench["out.cart"]];
        Outcome refused = Bench.Cart(export);
        Assert.True(refused.Code == 1, refused.Error);
        Assert.Contains("odd: extended attributes, for which format 1 has no place: user.x (extended-attributes)", refused.Output, StringComparison.Ordinal);
        Assert.Contains("not written", refused.Output, StringComparison.Ordinal);
        Assert.Equal(["new.cart"], Names());

        Outcome tried = Bench.Cart([.. export, "--dry-run", "--skip-unsupported", "--json"]);
        Assert.Equal(1, tried.Code);
        JsonNode[] lines = [.. tried.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
        Assert.Equal(["fine", "odd"], lines.Select(line => line["path"]!.GetValue<string>()));
        Assert.Equal("extended-attributes", lines[1]["unsupported"]![0]!["reason"]!.GetValue<string>());
        Assert.Equal(["new.cart"], Names());

        Outcome written = Bench.Cart([.. export, "--skip-unsupported"]);
        Assert.Equal(1, written.Code);
        Assert.Contains("holds 2 entries of 2", written.Output, StringComparison.Ordinal);
        Assert.Contains("2 entries: times lose what is less than a second", written.Error, StringComparison.Ordinal);
        Assert.Contains("valid as far as format 1 can tell", Bench.Cart("verify", _bench["out.cart"]).Output, StringComparison.Ordinal);
        Assert.Equal("fine", Bench.Cart("cat", _bench["out.cart"], "fine").Output);

        Assert.Equal(1, Bench.Cart(export).Code);
        Assert.Equal(2, Bench.Cart("export", _bench["new.cart"], _bench["x.cart"]).Code);
        Assert.Equal(2, Bench.Cart("export", "--format", "2", _bench["new.cart"], _bench["x.cart"]).Code);
        Assert.Equal(1, Bench.Cart("export", "--format", "1", _bench["out.cart"], _bench["x.cart"]).Code);
    }

    [Fact]
    public void The_command_encrypts_under_a_key_file_and_wants_one()
    {
        using (CartridgeFile container = Make(isEncrypted: true))
        {
            container.Write("secret", "secret content"u8.ToArray());
        }

        string[] export = ["export", "--format", "1", _bench["new.cart"], _bench["out.cart"]];
        File.WriteAllText(_bench["key"], Key);
        File.SetUnixFileMode(_bench["key"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.NotEqual(0, Bench.Cart(export).Code);
        Assert.Equal(["new.cart"], Names());
        Assert.Equal(0, Bench.Cart([.. export, "--key-file", _bench["key"]]).Code);
        Assert.Equal("secret content", Bench.Cart("cat", _bench["out.cart"], "secret", "--key-file", _bench["key"]).Output);
        Assert.NotEqual(0, Bench.Cart("cat", _bench["out.cart"], "secret").Code);
    }

    private static IEnumerable<KeyValuePair<string, string>> Plain(Format1Entry entry) =>
        entry.UserMetadata.Where(pair => !entry.IsEncrypted || !pair.Key.StartsWith("encrypted", StringComparison.Ordinal)).OrderBy(pair => pair.Key);

    private static void Fill(CartridgeFile container, Random random)
    {
        string[] folders = ["", "a/", "a/b/", "été/", "\U0001F600/", "￿/"];
        for (int i = random.Next(1, 60); i > 0; i--)
        {
            string path = $"{folders[random.Next(folders.Length)]}{random.Next(1000)}";
            if (container.FindEntry(path) is not null)
            {
                continue;
            }

            EntryMetadata metadata = new()
            {
                Created = random.NextInt64(4_000_000_000) * Second,
                Modified = random.NextInt64(4_000_000_000) * Second,
                Mode = random.Next(0x1000),
                Owner = random.Next(2) == 0 ? "" : "владелец",
                ContentType = random.Next(2) == 0 ? null : "text/plain",
                UserMetadata = Enumerable.Range(0, random.Next(3)).ToDictionary(n => $"name {n}", n => new string('v', n)),
                RecordContentHash = random.Next(4) == 0 && !container.IsEncrypted,
            };
            byte[] content = new byte[random.Next(5) switch { 0 => 0, 1 => 4096, 2 => random.Next(300_000), _ => random.Next(9000) }];
            random.NextBytes(content);
            switch (random.Next(8))
            {
                case 0: container.CreateDirectory(path, metadata); break;
                case 1: container.CreateSymbolicLink(path, "a/b", metadata); break;
                default: container.Write(path, content, metadata); break;
            }
        }
    }

    private CartridgeFile Make(bool isEncrypted = false)
    {
        CartridgeBuilder builder = new CartridgeBuilder().Slug("s").Title("T");
        using CartridgeKey? key = isEncrypted ? CartridgeKey.FromBytes(_raw) : null;
        return (key is null ? builder : builder.Encrypt(key)).Create(_bench["new.cart"]);
    }

    private bool IsEncrypted()
    {
        using CartridgeFile container = CartridgeFile.OpenReadOnly(_bench["new.cart"]);
        return container.IsEncrypted;
    }

    private Format1ExportReport Export(Format1ExportOptions options)
    {
        using CartridgeKey key = CartridgeKey.FromBytes(_raw);
        using CartridgeFile container = CartridgeFile.OpenReadOnly(_bench["new.cart"], new OpenOptions { Key = IsEncrypted() ? key : null });
        return Format1Export.Export(container, _bench["out.cart"], options);
    }

    /// <summary>What was exported has no finding, not even a note, and the walker reads it as we do.</summary>
    private Format1File AssertSound()
    {
        byte[] container = File.ReadAllBytes(_bench["out.cart"]);
        using MemoryMedium medium = new(container, readOnly: true);
        Assert.Empty(Format1Verifier.Verify(medium, new() { Key = _raw }).Findings);
        Format1File made = Format1File.Open(_bench["out.cart"], new() { Key = _raw });
        Assert.Equal(made.Entries.Count, JsonNode.Parse(FormatOneWalker.Project(container, _raw))!["entries"]!.AsArray().Count);
        return made;
    }

    private string[] Names() => [.. Directory.GetFileSystemEntries(_bench.Folder).Select(path => Path.GetFileName(path)!).Where(name => name.Contains("cart", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
