using System.Runtime.Versioning;
using System.Text.Json;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>hash, keygen, sign, verify --expect and --key.</summary>
[SupportedOSPlatform("linux")]
public sealed class SigningTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public void The_hash_stands_for_one_state()
    {
        using var bench = new Bench();
        var container = bench.Container(file => file.Write("a", "one"u8));
        var hash = Bench.Cart("hash", container).IsFine().Output.Trim();
        Assert.Equal(hash, JsonDocument.Parse(Bench.Cart("verify", container, "--json").IsFine().Output).RootElement.GetProperty("state_hash").GetString());
        var json = JsonDocument.Parse(Bench.Cart("hash", container, "--json").IsFine().Output).RootElement;
        Assert.Equal((hash, 2, true), (json.GetProperty("state_hash").GetString(), json.GetProperty("generation").GetInt32(), json.GetProperty("authenticates_content").GetBoolean()));

        Assert.Contains("in the state that was expected", Bench.Cart("verify", container, "--expect", hash.ToUpperInvariant()).IsFine().Output, StringComparison.Ordinal);
        Bench.Cart("rm", container, "a").IsFine();
        var refused = Bench.Cart("verify", container, "--expect", hash);
        Assert.Equal(4, refused.Code);
        Assert.Contains("REFUSED: container.other-state", refused.Output, StringComparison.Ordinal);
        var answer = JsonDocument.Parse(Bench.Cart("verify", container, "--expect", hash, "--json").Output).RootElement;
        Assert.Equal((true, false, "container.other-state"), (
            answer.GetProperty("valid").GetBoolean(), answer.GetProperty("as_expected").GetBoolean(), answer.GetProperty("refusal").GetProperty("code").GetString()));
    }

    [Fact]
    public void Damage_weighs_more_than_a_right_hash()
    {
        using var bench = new Bench();
        var container = bench.Container(file => file.Write("a", Enumerable.Repeat((byte)77, 5000).ToArray()));
        var hash = Bench.Cart("hash", container).Output.Trim();
        bench.Damage("x.cart", Enumerable.Repeat((byte)77, 100).ToArray());
        var outcome = Bench.Cart("verify", container, "--expect", hash);
        Assert.Equal(1, outcome.Code);
        Assert.DoesNotContain("expected", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_signed_is_verified_until_it_changes()
    {
        using var bench = new Bench();
        var container = bench.Container(file => file.Write("a", "one"u8));
        var key = bench["my.key"];
        var shown = Bench.Cart("keygen", key).IsFine().Output.Trim();
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(key));
        Assert.Matches("^[0-9a-f]{64}$", shown);
        Bench.Cart("keygen", key).Fails(1, "is there already");

        Bench.Cart("sign", container, "--key", key).IsFine();
        Assert.Equal(168, new FileInfo(container + ".sig").Length);
        Assert.Contains($"signed by {shown}", Bench.Cart("verify", container, "--key", key + ".pub").IsFine().Output, StringComparison.Ordinal);

        Bench.Cart("keygen", bench["other.key"]).IsFine();
        var wrong = Bench.Cart("verify", container, "--key", bench["other.key.pub"]);
        Assert.Equal(4, wrong.Code);
        Assert.Contains("signature.wrong-key", wrong.Output, StringComparison.Ordinal);

        File.Copy(container + ".sig", bench["old.sig"]);
        Bench.Cart("mkdir", container, "b").IsFine();
        var changed = Bench.Cart("verify", container, "--key", key + ".pub");
        Assert.Equal(4, changed.Code);
        Assert.Contains("container.other-state", changed.Output, StringComparison.Ordinal);
        Bench.Cart("sign", container, "--key", key).IsFine();
        Bench.Cart("verify", container, "--key", key + ".pub").IsFine();
        Assert.Equal(4, Bench.Cart("verify", container, "--key", key + ".pub", "--signature", bench["old.sig"]).Code);

        bench.File("none.sig", "nothing of the kind");
        var none = Bench.Cart("verify", container, "--key", key + ".pub", "--signature", bench["none.sig"]);
        Assert.Contains("signature.bad-file", none.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_private_key_that_others_may_touch_is_refused_and_none_is_ever_shown()
    {
        using var bench = new Bench();
        var container = bench.Container();
        var key = bench["my.key"];
        Bench.Cart("keygen", key).IsFine();
        var secret = File.ReadAllText(key).Split('\n')[1];
        foreach (var loose in new[] { UnixFileMode.GroupRead, UnixFileMode.OtherRead, UnixFileMode.GroupWrite, UnixFileMode.OtherExecute })
        {
            File.SetUnixFileMode(key, OwnerOnly | loose);
            var refused = Bench.Cart("sign", container, "--key", key).Fails(3, "my.key", "chmod 600");
            Assert.DoesNotContain(secret, refused.Error, StringComparison.Ordinal);
        }

        File.SetUnixFileMode(key, OwnerOnly);
        Assert.DoesNotContain(secret, Bench.Cart("sign", container, "--key", key, "--json").IsFine().Output, StringComparison.Ordinal);
        Bench.Cart("sign", container, "--key", key + ".pub").Fails(3, "my.key.pub");
        Bench.Cart("verify", container, "--key", key).Fails(2, "no public Ed25519 key");
        Assert.False(File.Exists(bench["x.cart.sig.tmp"]));
    }

    [Fact]
    public void Nothing_is_signed_that_is_damaged_or_not_authentic()
    {
        using var bench = new Bench();
        var key = bench["my.key"];
        Bench.Cart("keygen", key).IsFine();
        var container = bench.Container(file => file.Write("a", Enumerable.Repeat((byte)77, 5000).ToArray()));
        bench.Damage("x.cart", Enumerable.Repeat((byte)77, 100).ToArray());
        Bench.Cart("sign", container, "--key", key).Fails(1, "not signed", "content.checksum-mismatch");
        using (new CartridgeBuilder().Slug("x").Checksum(ContentChecksum.Crc32C).Create(bench["crc.cart"]))
        {
        }

        Bench.Cart("sign", bench["crc.cart"], "--key", key).Fails(1, "signature.weak-checksum");
        Assert.Empty(Directory.GetFiles(bench.Folder, "*.sig*"));
        Assert.Contains("does not authenticate content", Bench.Cart("hash", bench["crc.cart"]).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hash")]
    [InlineData("sign x.cart")]
    [InlineData("keygen")]
    [InlineData("verify x.cart --expect 12")]
    [InlineData("verify x.cart --expect")]
    public void Wrong_usage_says_where_help_is(string line) =>
        Bench.Cart(line.Split(' ')).Fails(2, "Try 'cart");

    [Fact]
    public void Options_that_make_no_sense_together_are_refused()
    {
        Bench.Cart("verify", "a", "b", "--expect", new string('0', 64)).Fails(2, "one container");
        Bench.Cart("verify", "a", "--signature", "s").Fails(2, "--key");
    }

    [ToolFact("openssl")]
    public void Keys_are_those_of_openssl()
    {
        using var bench = new Bench();
        Bench.Cart("keygen", bench["a.key"]).IsFine();
        var made = bench.Shell("openssl pkey -in a.key -pubout && openssl genpkey -algorithm ed25519 -out b.key && chmod 600 b.key && openssl pkey -in b.key -pubout -out b.pub").IsFine();
        Assert.Equal(bench.Read("a.key.pub"), made.Output);
        var container = bench.Container();
        Bench.Cart("sign", container, "--key", bench["b.key"]).IsFine();
        Bench.Cart("verify", container, "--key", bench["b.pub"]).IsFine();
    }

    [Fact]
    public void A_signature_takes_the_place_of_a_signature_only()
    {
        using var bench = new Bench();
        var container = bench.Container(file => file.Write("a", "one"u8));
        var key = bench["my.key"];
        Bench.Cart("keygen", key).IsFine();
        var before = (Convert.ToHexString(File.ReadAllBytes(container)), File.ReadAllText(key));
        Bench.Cart("sign", container, "--key", key, "--out", container).Fails(1, "x.cart", "is no signature");
        Bench.Cart("sign", container, "--key", key, "--out", key).Fails(1, "my.key", "is no signature");
        Bench.Cart("sign", container, "--key", key, "--out", bench.Folder).Fails(1, "is no signature");
        Assert.Equal(before, (Convert.ToHexString(File.ReadAllBytes(container)), File.ReadAllText(key)));
        Bench.Cart("sign", container, "--key", key).IsFine();
        Bench.Cart("sign", container, "--key", key).IsFine();
    }

    [Fact]
    public void No_half_pair_of_keys_is_left_behind()
    {
        using var bench = new Bench();
        Bench.Cart("keygen", bench[new string('k', 253)]).Fails(3, ".pub");
        Assert.Empty(Directory.GetFileSystemEntries(bench.Folder));
        Bench.Cart("keygen", bench.Folder).Fails(1, "is there already");
    }

    [ToolFact("sh", "unshare", "mount")]
    public void A_disk_without_room_takes_no_empty_key()
    {
        using var bench = new Bench();
        var outcome = bench.Shell(
            """
            unshare -rm true || exit 77
            exec unshare -rm sh -c '
              mkdir disk && mount -t tmpfs -o size=64k none disk || exit 77
              cat /dev/zero > disk/fill 2> none
              "$0" "$1" keygen disk/my.key; code=$?
              ls disk && exit $code' "$0" "$1"
            """);
        if (outcome.Code != 77)
        {
            Assert.Equal("fill\n", outcome.Fails(3, "disk/my.key", "space").Output);
        }
    }
}
