using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Cartridge.Format1;

namespace Cartridge.Reference.Tests.Format1;

/// <summary>What becomes of containers of format 1 in format 3.</summary>
[SupportedOSPlatform("linux")]
public sealed class MigrationTests : IDisposable
{
    private const string Key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    private readonly Bench _bench = new();

    public static TheoryData<string> Listed => Golden.Listed;

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("hash")]
    [InlineData("compact")]
    [InlineData("snapshot", "list")]
    [InlineData("snapshot", "create", "one")]
    [InlineData("mkdir", "folder")]
    [InlineData("salvage", "saved.cart")]
    [InlineData("send")]
    public void Commands_that_take_format_3_alone_say_what_helps(params string[] command)
    {
        string old = Unpacked("0.2.7-bincode/minimal.cart");
        int words = command[0] == "snapshot" ? 2 : 1;
        string[] rest = [.. command[words..].Select(word => word.EndsWith(".cart", StringComparison.Ordinal) ? _bench[word] : word)];
        Bench.Cart([.. command[..words], old, .. rest]).Fails(1, "format 1", "cart migrate");
        Assert.False(File.Exists(_bench["saved.cart"]));
    }

    [Theory]
    [MemberData(nameof(Listed))]
    public void Everything_that_the_old_program_reads_is_in_the_new_container(string name)
    {
        string old = Unpacked(name);
        byte[] raw = Convert.FromHexString(Key);
        Format1MigrationReport report = Format1Migration.Migrate(old, _bench["new.cart"], new() { Key = raw });
        Assert.True(report.IsWhole, string.Join('\n', report.Entries.Where(entry => !entry.IsTaken).Select(entry => $"{entry.Path}: {entry.Remarks[0]}")));

        using CartridgeKey key = CartridgeKey.FromBytes(raw);
        Assert.Empty(Verifier.Verify(_bench["new.cart"], new VerifyOptions { Key = key }).Findings);
        using CartridgeFile made = CartridgeFile.OpenReadOnly(_bench["new.cart"], new OpenOptions { Key = key });
        JsonObject expected = Golden.Expected(name);
        foreach (JsonNode? entry in expected["entries"]!.AsArray())
        {
            CartridgeEntry actual = made.GetEntry(entry!["path"]!.GetValue<string>().TrimStart('/'));
            Assert.Equal(entry["permissions"]!.GetValue<int>(), actual.Mode);
            Assert.Equal(entry["owner"]!.GetValue<string>(), actual.Owner);
            Assert.Equal(entry["created_at"]!.GetValue<long>() * 1_000_000_000, actual.Created);
            Assert.Equal(entry["modified_at"]!.GetValue<long>() * 1_000_000_000, actual.Modified);
            Assert.Equal(entry["content_type"]?.GetValue<string>(), actual.ContentType);
            Assert.Equal(
                entry["user_metadata"]!.AsObject().Where(pair => !pair.Key.StartsWith("encrypted", StringComparison.Ordinal)).Select(pair => (pair.Key, pair.Value!.GetValue<string>())).Order(),
                actual.UserMetadata.Select(pair => (pair.Key, pair.Value)).Order());
            if (entry["sha256"] is { } sha256)
            {
                Assert.Equal(sha256.GetValue<string>(), Convert.ToHexStringLower(SHA256.HashData(made.Read(actual.Path))));
            }
        }

        JsonNode fuses = JsonNode.Parse(made.Read(Format1Migration.RecordPath))!;
        Assert.Equal(expected["header"]!["s3_acl"]!.GetValue<int>(), fuses["s3_acl"]!.GetValue<int>());
        Assert.Equal(expected["entries"]!.AsArray().Count + 1, made.List().Count());
    }

    [Fact]
    public void Snapshot_folders_become_snapshots()
    {
        const string Name = "0.2.7-bincode/snapshot-case/snap.cart";
        string old = Unpacked(Name);
        Golden.UnpackSnapshots(Name, _bench["snaps"]);
        Format1MigrationReport report = Format1Migration.Migrate(old, _bench["new.cart"], new() { SnapshotFolder = _bench["snaps"] });
        Assert.True(report.IsWhole);
        Assert.Equal(["v1"], report.Snapshots);

        using CartridgeFile made = CartridgeFile.OpenReadOnly(_bench["new.cart"]);
        Assert.Null(made.FindEntry("b.bin"));
        Assert.Equal(6000, made.GetEntry("a.txt").Size);
        using CartridgeReader snapshot = made.OpenSnapshot("v1");
        Assert.Equal(307_200, snapshot.GetEntry("b.bin").Size);
        Assert.Equal(5000, snapshot.GetEntry("a.txt").Size);
        Assert.Null(snapshot.FindEntry("c.txt"));
    }

    /// <summary>The container is the copy that was made when the snapshot was: nothing in it is new.</summary>
    [Fact]
    public void What_a_snapshot_has_as_the_next_state_has_it_is_stored_once()
    {
        Golden.UnpackSnapshots("0.2.7-bincode/snapshot-case/snap.cart", _bench["snaps"]);
        string old = Unpacked("0.2.7-bincode/snapshot-case/snap-at-v1.cart");
        Assert.True(Format1Migration.Migrate(old, _bench["new.cart"], new() { SnapshotFolder = _bench["snaps"] }).IsWhole);
        Assert.Empty(Verifier.Verify(_bench["new.cart"]).Findings);
        Assert.InRange(new FileInfo(_bench["new.cart"]).Length, 312_200, 450_000);
        using CartridgeFile made = CartridgeFile.OpenReadOnly(_bench["new.cart"]);
        using CartridgeReader snapshot = made.OpenSnapshot("v1");
        Assert.Equal(made.Read("b.bin"), snapshot.Read("b.bin"));
    }

    /// <summary>0.2.6 wrote <c>a</c> and <c>/a</c> as two; here the manifest's folder gets a name that is its own with a slash.</summary>
    [Theory]
    [InlineData("//////////", "the path is empty")]
    [InlineData("../../../x", "segment")]
    public void What_format_3_cannot_have_is_listed_and_the_rest_is_there(string path, string reason)
    {
        byte[] container = Golden.Bytes("0.2.7-bincode/minimal.cart");
        int at = container.AsSpan(4096).IndexOf(".cartridge"u8) + 4096;
        System.Text.Encoding.UTF8.GetBytes(path).CopyTo(container, at);
        File.WriteAllBytes(_bench["old.cart"], container);
        Format1MigrationReport report = Format1Migration.Migrate(_bench["old.cart"], _bench["new.cart"], new() { Salvage = true });
        Assert.False(report.IsWhole);
        Format1MigratedEntry lost = Assert.Single(report.Entries, entry => !entry.IsTaken);
        Assert.Equal(path, lost.Path);
        Assert.Contains(reason, lost.Remarks[0], StringComparison.Ordinal);
        using CartridgeFile made = CartridgeFile.OpenReadOnly(_bench["new.cart"]);
        Assert.NotNull(made.FindEntry(CartridgeManifest.Path));
    }

    [Fact]
    public void Two_paths_that_would_be_one_are_told_apart_by_leaving_the_second()
    {
        byte[] container = Golden.Bytes("0.2.7-bincode/sizes.cart");
        int at = container.AsSpan(4096).IndexOf("s/1.bin"u8) + 4096;
        "s//.bin"u8.CopyTo(container.AsSpan(at));
        int first = container.AsSpan(4096).IndexOf("s/0.bin"u8) + 4096;
        "s/.bin/"u8.CopyTo(container.AsSpan(first));
        File.WriteAllBytes(_bench["old.cart"], container);
        Format1MigrationReport report = Format1Migration.Migrate(_bench["old.cart"], _bench["new.cart"], new() { Salvage = true });
        Assert.Contains("s/.bin", Assert.Single(report.Entries, entry => !entry.IsTaken).Remarks[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_trial_leaves_nothing_and_a_name_that_is_taken_is_left_alone()
    {
        string old = Unpacked("0.2.7-bincode/sizes.cart");
        string[] before = Directory.GetFileSystemEntries(_bench.Folder);
        Assert.True(Format1Migration.Migrate(old, _bench["new.cart"], new() { IsTrial = true }).IsWhole);
        Assert.Equal(before, Directory.GetFileSystemEntries(_bench.Folder));

        File.WriteAllText(_bench["new.cart"], "mine");
        Assert.Equal(ErrorCode.Exists, Assert.Throws<CartridgeException>(() => Format1Migration.Migrate(old, _bench["new.cart"])).Code);
        Assert.Equal("mine", File.ReadAllText(_bench["new.cart"]));
    }

    [Fact]
    public void Without_the_key_encrypted_files_are_left_behind_by_name()
    {
        Format1MigrationReport report = Format1Migration.Migrate(Unpacked("0.2.7-bincode/encrypted.cart"), _bench["new.cart"]);
        Assert.Equal(["secret/1.bin", "secret/a.bin", "secret/empty"], report.Entries.Where(entry => !entry.IsTaken).Select(entry => entry.Path));
        Assert.False(report.IsWhole);
    }

    [Fact]
    public void The_commands_take_containers_of_format_1()
    {
        string old = Unpacked("0.2.7-bincode/encrypted.cart");
        string key = _bench["key"];
        File.WriteAllText(key, Key);
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        using Format1File golden = Golden.Open("0.2.7-bincode/encrypted.cart", Key);
        byte[] secret = golden.Read(golden.Find("secret/a.bin")!);

        Assert.Contains("valid as far as format 1 can tell: 6 entries in 12 blocks", Succeeded("verify", old).Output, StringComparison.Ordinal);
        Assert.Contains("\"valid\":true", Succeeded("verify", old, "--json").Output, StringComparison.Ordinal);
        Assert.Equal(["secret/1.bin", "secret/a.bin", "secret/empty"], Succeeded("ls", old, "secret").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("secret/a.bin", Succeeded("ls", old, "-lR").Output, StringComparison.Ordinal);
        Assert.Equal(secret, Succeeded("cat", old, "secret/a.bin", "--key-file", key).OutputBytes);
        Assert.NotEqual(0, Bench.Cart("cat", old, "secret/a.bin").Code);
        Assert.Contains("encoding", Succeeded("stat", old).Output, StringComparison.Ordinal);
        Assert.Contains("5000", Succeeded("stat", old, "secret/a.bin").Output, StringComparison.Ordinal);
        Assert.Contains("content of plain.txt", Succeeded("inspect", old).Output, StringComparison.Ordinal);
        Assert.Contains("content of plain.txt", Succeeded("inspect", old, "--page", "4").Output, StringComparison.Ordinal);
        Assert.Contains("content", Succeeded("map", old).Output, StringComparison.Ordinal);
        Succeeded("get", old, "--out", _bench["copy"], "--key-file", key);
        Assert.Equal(secret, File.ReadAllBytes(Path.Combine(_bench["copy"], "secret", "a.bin")));
        Assert.NotEqual(0, Bench.Cart("get", old, "--out", _bench["part"]).Code);
        Assert.True(File.Exists(Path.Combine(_bench["part"], "plain.txt")));
        Assert.Contains("holds 6 of 6 entries", Succeeded("migrate", old, _bench["new.cart"], "--key-file", key).Output, StringComparison.Ordinal);
        Assert.Equal(secret, Succeeded("cat", _bench["new.cart"], "secret/a.bin", "--key-file", key).OutputBytes);
    }

    [Fact]
    public void A_container_of_the_format_2_that_never_was_is_refused_with_the_errata()
    {
        byte[] container = Golden.Bytes("0.2.7-bincode/minimal.cart");
        container[5] = 2;
        File.WriteAllBytes(_bench["two.cart"], container);
        Outcome outcome = Bench.Cart("migrate", _bench["two.cart"], _bench["new.cart"]);
        Assert.Equal(1, outcome.Code);
        Assert.Contains("spec/errata.md", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_container_of_format_1_is_never_the_state_or_the_signed_one_that_was_expected()
    {
        string old = Unpacked("0.2.7-bincode/minimal.cart");
        using (CartridgeFile signed = new CartridgeBuilder().Slug("x").Create(_bench["signed.cart"]))
        {
            signed.Write("a", "text"u8);
        }

        _ = Succeeded("keygen", _bench["my.key"]);
        _ = Succeeded("sign", _bench["signed.cart"], "--key", _bench["my.key"], "--out", $"{old}.sig");
        string hash = Succeeded("hash", _bench["signed.cart"]).Output.Trim();
        Assert.Equal(0, Bench.Cart("verify", old).Code);
        foreach (string[] expectation in new string[][] { ["--expect", hash], ["--key", _bench["my.key.pub"]] })
        {
            Outcome outcome = Bench.Cart(["verify", old, .. expectation]);
            Assert.Equal(4, outcome.Code);
            Assert.Contains("REFUSED: container.other-state", outcome.Output, StringComparison.Ordinal);
            Outcome told = Bench.Cart(["verify", old, .. expectation, "--json"]);
            Assert.Equal((4, false), (told.Code, JsonNode.Parse(told.Output)!["as_expected"]!.GetValue<bool>()));
        }
    }

    [Fact]
    public void A_migration_that_is_ended_leaves_nothing()
    {
        string old = Unpacked("0.2.7-bincode/nested.cart");
        int entries = 0;
        void End(string path)
        {
            if (++entries == 3)
            {
                throw new OperationCanceledException(path);
            }
        }

        Assert.Throws<OperationCanceledException>(() => Format1Migration.Migrate(old, _bench["new.cart"], new() { OnEntry = End }));
        Assert.Equal([old], Directory.GetFileSystemEntries(_bench.Folder));
    }

    private static Outcome Succeeded(params string[] arguments)
    {
        Outcome outcome = Bench.Cart(arguments);
        Assert.True(outcome.Code == 0, $"{string.Join(' ', arguments)}: {outcome.Code} {outcome.Error}");
        return outcome;
    }

    private string Unpacked(string name)
    {
        File.WriteAllBytes(_bench["old.cart"], Golden.Bytes(name));
        return _bench["old.cart"];
    }
}
