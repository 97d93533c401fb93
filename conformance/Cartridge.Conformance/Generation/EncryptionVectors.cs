using Cartridge.Conformance.Mending;
using Cartridge.Conformance.Vectors;
using Cartridge.Reference;

namespace Cartridge.Conformance.Generation;

/// <summary>Chapter 11: encrypted containers, with their key and without.</summary>
internal static class EncryptionVectors
{
    public static readonly CaseKey Raw = new(Raw: Secrets.RawKey);
    public static readonly CaseKey Passphrase = new(Passphrase: Secrets.Passphrase);

    public static IEnumerable<Source> All =>
    [
        new Accepted("encryption/content", "CART-HDR-006", "CART-ENC-006", "CART-ENC-007", "CART-ENC-008", "CART-ENC-009", "CART-ENC-011", "CART-ENC-012")
        {
            Title = "An encrypted container and its raw key",
            Why = "Content in chunks and inline, a link, an empty file and one that is all hole; each decrypts in its place.",
            Features = ["core", "encryption"],
            Keys = Raw,
            Make = Content,
        },
        new Accepted("encryption/content-without-key", "CART-ENC-001", "CART-ENC-002", "CART-ENC-005", "CART-ENC-009", "CART-ENC-010")
        {
            Title = "The same container, looked at without a key",
            Why = "Names, sizes and structure are visible and can be verified. What the contents are nobody is asked.",
            Features = ["core", "encryption"],
            Make = Content,
        },
        new Accepted("encryption/empty", "CART-ENC-004", "CART-ENC-008")
        {
            Title = "An encrypted container without entries",
            Why = "The records of creation have their slots and HMACs already.",
            Features = ["core", "encryption"],
            Keys = Raw,
            Make = c => Encrypted(c),
        },
        new Accepted("encryption/crc-32c", "CART-ENC-011")
        {
            Title = "An encrypted container whose content is guarded by CRC-32C",
            Why = "The checksum is of what is stored, the ciphertext. Against attacks there is the tag.",
            Features = ["core", "crc-32c", "encryption"],
            Keys = Raw,
            Make = c => Encrypted(c.With(builder => builder.Checksum(ContentChecksum.Crc32C))).File("data.bin", 71, 600),
        },
        new Accepted("encryption/passphrase", "CART-ENC-003", "CART-ENC-006")
        {
            Title = "A passphrase",
            Why = "The least rounds that are allowed, and a passphrase with a letter beyond ASCII.",
            Features = ["core", "encryption"],
            Keys = Passphrase,
            Make = c =>
            {
                using CartridgeKey key = CartridgeKey.FromPassphrase(Secrets.Passphrase);
                c.Encrypt(key).File("data.bin", 72, 20);
            },
        },
        new Accepted("encryption/second-key", "CART-ENC-006")
        {
            Title = "The key opens the second of two slots",
            Why = "The slots of a key's kind are tried one after the other. Two chunks of one length, so that they could be swapped.",
            Features = ["core", "encryption"],
            Keys = Raw,
            Make = SecondKey,
        },
        new Accepted("encryption/rotated-key", "CART-ENC-006")
        {
            Title = "The first slot is empty",
            Why = "A key that was removed leaves an empty slot; the others stay where they are.",
            Features = ["core", "encryption"],
            Keys = Raw,
            Make = c =>
            {
                SecondKey(c);
                c.Container.RemoveKey(0);
            },
        },
    ];

    private static Maker Encrypted(Maker c)
    {
        using CartridgeKey key = CartridgeKey.FromBytes(Convert.FromHexString(Secrets.RawKey));
        c.Encrypt(key);
        _ = c.Container;
        return c;
    }

    private static void Content(Maker c) => Encrypted(c).Together(() =>
    {
        c.File("docs/data.bin", 70, 5000).File("inline.bin", 73, 100).Folder("docs");
        c.Container.Write("empty", []);
        c.Container.Write("hole", []);
        c.Container.SetLength("hole", 100_000);
        c.Container.CreateSymbolicLink("link", "docs/data.bin");
    });

    private static void SecondKey(Maker c)
    {
        using CartridgeKey first = CartridgeKey.FromBytes(Convert.FromHexString(Secrets.OtherKey));
        using CartridgeKey second = CartridgeKey.FromBytes(Convert.FromHexString(Secrets.RawKey));
        c.Encrypt(first);
        c.Container.AddKey(second);
        c.File("a.bin", 74, 600).File("b.bin", 75, 600);
    }
}
