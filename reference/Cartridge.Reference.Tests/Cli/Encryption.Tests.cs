using System.Runtime.Versioning;
using Cartridge.Cli;

namespace Cartridge.Reference.Tests;

/// <summary>Encrypted containers on the command line: where keys come from, and what is refused.</summary>
[SupportedOSPlatform("linux")]
public sealed class CliEncryptionTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string Digits = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void What_was_put_with_a_key_comes_back_with_it()
    {
        var (key, container) = Encrypted();
        Assert.Equal("the secret\n", Bench.Cart("cat", container, "secret.txt", "--key-file", key).IsFine().Output);
        Bench.Cart("get", container, "--out", _bench["copy"], "--key-file", key).IsFine();
        Assert.Equal("the secret\n", _bench.Read("copy/secret.txt"));
        Bench.Cart("verify", container, "--key-file", key).IsFine();
        Assert.Contains("encrypted", Bench.Cart("stat", container).IsFine().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_key_structure_is_visible_and_content_is_not()
    {
        var (_, container) = Encrypted();
        Assert.Equal("link\nsecret.txt\n", Bench.Cart("ls", container).IsFine().Output);
        Assert.DoesNotContain("->", Bench.Cart("ls", "-l", container).IsFine().Output, StringComparison.Ordinal);
        Bench.Cart("stat", container, "secret.txt").IsFine();
        Bench.Cart("verify", container).IsFine();
        Assert.Equal("0 raw-key\n", Bench.Cart("key", "list", container).IsFine().Output);
        Bench.Cart("cat", container, "secret.txt").Fails(3, container, "--key-file");
        Bench.Cart("get", container, "--out", _bench["copy"]).Fails(3, container);
        Assert.False(Directory.Exists(_bench["copy"]));
        Bench.Cart("rm", container, "secret.txt").Fails(3, "encrypted");
        Bench.Cart("put", container, _bench.File("more")).Fails(3, "encrypted");
    }

    [Fact]
    public void A_wrong_key_is_named_and_not_shown()
    {
        var (_, container) = Encrypted();
        var other = Key("other", new string('f', 64));
        var outcome = Bench.Cart("cat", container, "secret.txt", "--key-file", other).Fails(1, container, "crypto.wrong-key");
        Assert.DoesNotContain("ffff", outcome.Error, StringComparison.Ordinal);
        var verdict = Bench.Cart("verify", container, "--key-file", other);
        Assert.Equal(1, verdict.Code);
        Assert.Contains("crypto.wrong-key", verdict.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_container_that_is_not_encrypted_is_refused_where_a_key_is_given()
    {
        var container = _bench.Container(file => file.Write("a", "b"u8));
        Bench.Cart("cat", container, "a", "--key-file", Key("key", Digits)).Fails(1, "crypto.downgraded");
        Bench.Cart("create", _bench["y.cart"], "--key-file", Key("key", Digits)).Fails(2, "--encrypt");
        Bench.Cart("key", "add", container, "--new-key-file", Key("key", Digits)).Fails(1, "not encrypted");
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_key_file_that_others_may_use_is_refused(UnixFileMode loose)
    {
        var (key, container) = Encrypted();
        File.SetUnixFileMode(key, Private | loose);
        Bench.Cart("cat", container, "secret.txt", "--key-file", key).Fails(3, key, "chmod 600");
    }

    [Fact]
    public void An_unprivileged_user_cannot_use_anothers_key_file()
    {
        var (key, container) = Encrypted();
        _bench.ProcessWith(new() { Unprivileged = true }, "cat", container, "secret.txt", "--key-file", key).Fails(3, "key");
        File.SetUnixFileMode(key, Private | UnixFileMode.OtherRead);
        _bench.ProcessWith(new() { Unprivileged = true }, "cat", container, "secret.txt", "--key-file", key).Fails(3, "chmod 600");
    }

    [Theory]
    [InlineData("")]
    [InlineData("0001")]
    [InlineData("zz0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")]
    public void A_file_that_holds_no_key_is_refused_without_showing_it(string content)
    {
        var (_, container) = Encrypted();
        var outcome = Bench.Cart("cat", container, "secret.txt", "--key-file", Key("bad", content)).Fails(2, "bad", "no key file");
        Assert.DoesNotContain("zz01", outcome.Error, StringComparison.Ordinal);
        Bench.Cart("cat", container, "secret.txt", "--key-file", _bench["nowhere"]).Fails(3, "nowhere");
    }

    [Fact]
    public void Raw_bytes_and_digits_are_the_same_key()
    {
        var (_, container) = Encrypted();
        File.WriteAllBytes(_bench["raw"], Convert.FromHexString(Digits));
        File.SetUnixFileMode(_bench["raw"], Private);
        Bench.Cart("cat", container, "secret.txt", "--key-file", _bench["raw"]).IsFine();
        Bench.Cart("cat", container, "secret.txt", "--key-file", Key("crlf", $"{Digits}\r\n")).IsFine();
    }

    [Fact]
    public void Keys_come_from_the_environment_too()
    {
        var (key, container) = Encrypted();
        Bench.Cart("key", "add", container, "--key-file", key, "--new-passphrase-file", Key("phrase", "open, please\n")).IsFine();
        foreach (var (name, value) in new[] { ("CARTRIDGE_KEY_FILE", key), ("CARTRIDGE_PASSPHRASE_FILE", _bench["phrase"]), ("CARTRIDGE_PASSPHRASE", "open, please") })
        {
            var environment = new Dictionary<string, string?> { [name] = value };
            Assert.Equal("the secret\n", _bench.ProcessWith(new() { Environment = environment }, "cat", container, "secret.txt").IsFine().Output);
        }
    }

    [Fact]
    public void Keys_are_added_rotated_and_removed()
    {
        var (key, container) = Encrypted();
        var (second, third) = (Key("second", new string('2', 64)), Key("third", new string('3', 64)));
        Assert.Equal("1\n", Bench.Cart("key", "add", container, "--key-file", key, "--new-key-file", second).IsFine().Output);
        Assert.Equal("0\n", Bench.Cart("key", "rotate", container, "--key-file", key, "--new-key-file", third).IsFine().Output);
        Bench.Cart("cat", container, "secret.txt", "--key-file", key).Fails(1, "crypto.wrong-key");
        Bench.Cart("cat", container, "secret.txt", "--key-file", second).IsFine();
        Bench.Cart("key", "remove", container, "1", "--key-file", third).IsFine();
        Bench.Cart("cat", container, "secret.txt", "--key-file", second).Fails(1, "crypto.wrong-key");
        Bench.Cart("key", "remove", container, "0", "--key-file", third).Fails(2, "last");
        Bench.Cart("key", "remove", container, "7", "--key-file", third).Fails(1, "7");
        Assert.Equal("{\"slot\":0,\"kind\":\"raw-key\",\"rounds\":0}\n", Bench.Cart("key", "list", container, "--json").IsFine().Output);
    }

    [Fact]
    public void Two_keys_at_once_are_one_too_many()
    {
        var (key, container) = Encrypted();
        Bench.Cart("cat", container, "secret.txt", "--key-file", key, "--passphrase-file", key).Fails(2, "one of them");
        Bench.Cart("create", _bench["z.cart"], "--encrypt").Fails(2, "--key-file");
        Bench.Cart("key", "rotate", container, "--key-file", key).Fails(2, "--new-key-file");
    }

    [Fact]
    public void What_is_typed_ends_with_the_line_and_can_be_taken_back()
    {
        var keys = new Queue<ConsoleKeyInfo>(
        [
            Typed('a'), Typed('x'), new('\b', ConsoleKey.Backspace, false, false, false), Typed('b'), new('\r', ConsoleKey.Enter, false, false, false),
        ]);
        Assert.Equal("ab", new string([.. SecretPrompt.Line(keys.Dequeue)]));
        Assert.Empty(keys);

        static ConsoleKeyInfo Typed(char letter) => new(letter, ConsoleKey.None, false, false, false);
    }

    private (string Key, string Container) Encrypted()
    {
        var (key, container) = (Key("key", Digits), _bench["safe.cart"]);
        Bench.Cart("create", container, "--encrypt", "--key-file", key).IsFine();
        _bench.File("secret.txt", "the secret\n");
        File.CreateSymbolicLink(_bench["link"], "where it leads");
        Bench.Cart("put", container, _bench["secret.txt"], _bench["link"], "--key-file", key).IsFine();
        return (key, container);
    }

    private string Key(string name, string content)
    {
        File.WriteAllText(_bench[name], content);
        File.SetUnixFileMode(_bench[name], Private);
        return _bench[name];
    }
}
