using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>The worked examples of spec/11-encryption.md: what is given there leads to what is said there.</summary>
public sealed partial class EncryptionExampleTests
{
    private static readonly Dictionary<string, string> Said = Lines()
        .Matches(Block().Match(File.ReadAllText(RepositoryRoot.Combine("spec", "11-encryption.md"))).Groups[1].Value)
        .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    [Fact]
    public void The_examples_follow_from_their_inputs()
    {
        var computed = Compute();
        Assert.True(Said.Count > 20, "The examples were not found.");
        Assert.Equal(computed.Select(pair => $"{pair.Key,-20}{pair.Value}"), computed.Select(pair => $"{pair.Key,-20}{Said[pair.Key]}"));
    }

    /// <summary>Everything that follows from something else.</summary>
    private static Dictionary<string, string> Compute()
    {
        var container = new ContainerId(Bytes("container id"));
        var salt = Bytes("container id");
        using var keys = new ContainerKeys(Bytes("master key"), container, destination => Bytes("nonce").CopyTo(destination));
        var hmac = new byte[32];
        byte[] page = [.. Enumerable.Range(0, Format.PageSize).Select(i => (byte)(i % 251))];
        keys.Authenticate(page, 1..33, 1752..1784, hmac);

        using var raw = CartridgeKey.FromBytes(Bytes("raw key"));
        var draws = new Queue<byte[]>([Bytes("salt"), Bytes("wrap nonce")]);
        var slot = KeyWrapping.Wrap(Bytes("master key"), raw, 0, container, destination => draws.Dequeue().CopyTo(destination));
        byte[] bound = [.. Bytes("container id"), 1, 0, 0, 0, 0, 0, 0, 0, .. Bytes("salt")];
        var wrapKey = Derive(Bytes("raw key"), Bytes("salt"), "cartridge/3/wrap");
        var master = new byte[32];
        using (var gcm = new AesGcm(wrapKey, 16))
        {
            gcm.Decrypt(slot.WrapNonce, slot.WrappedKey, slot.WrapTag, master, bound);
        }

        Assert.Equal(Bytes("master key"), master);
        var input = new byte[32];
        using (var passphrase = CartridgeKey.FromPassphrase("caf\u00e9"))
        {
            Assert.Equal(Bytes("passphrase"), passphrase.Secret.ToArray());
            KeyDerivation.InputKey(passphrase, slot with { Kind = KeySlotKind.Passphrase, Rounds = (uint)Number("rounds") }, input);
        }

        var place = new AssociatedData(Number("file id"), Number("chunk number"), Number("birth"), (uint)Number("logical length"), (byte)Number("codec"));
        var (associated, inline) = (new byte[AssociatedData.Length], new byte[AssociatedData.Length]);
        place.Write(container, associated);
        AssociatedData.ForInline(Number("file id"), 12).Write(container, inline);
        var (ciphertext, seal, subkey) = (new byte[12], new byte[XaesGcm.SealLength], new byte[32]);
        keys.Encrypt(Bytes("content"), place, ciphertext, seal);
        keys.Content.DeriveKey(Bytes("nonce"), subkey);
        return new Dictionary<string, string>
        {
            ["content key"] = Hex(Derive(Bytes("master key"), salt, "cartridge/3/content")),
            ["record key"] = Hex(Derive(Bytes("master key"), salt, "cartridge/3/record")),
            ["record HMAC"] = Hex(hmac),
            ["wrap key"] = Hex(wrapKey),
            ["commitment"] = Hex(slot.Commitment),
            ["wrap data"] = Hex(bound),
            ["wrapped key"] = Hex(slot.WrappedKey),
            ["wrap tag"] = Hex(slot.WrapTag),
            ["input key"] = Hex(input),
            ["associated data"] = Hex(associated),
            ["subkey"] = Hex(subkey),
            ["ciphertext"] = Hex(ciphertext),
            ["tag"] = Hex(seal[XaesGcm.NonceLength..]),
            ["inline data"] = Hex(inline),
        };
    }

    private static byte[] Derive(byte[] key, byte[] salt, string label) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, salt, System.Text.Encoding.ASCII.GetBytes(label));

    private static byte[] Bytes(string name) => Convert.FromHexString(Said[name]);

    private static ulong Number(string name) => ulong.Parse(Said[name], CultureInfo.InvariantCulture);

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    [GeneratedRegex(@"```cart-crypto\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^(\S.*?)  +([0-9a-f]*)$", RegexOptions.Multiline)]
    private static partial Regex Lines();
}
