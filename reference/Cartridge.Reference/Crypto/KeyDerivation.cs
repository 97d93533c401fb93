using System.Security.Cryptography;

namespace Cartridge.Reference;

/// <summary>
/// The one way in which keys are made from keys: HKDF-SHA-256 with a label for each purpose, so that no key serves two
/// (spec/11-encryption.md).
/// </summary>
internal static class KeyDerivation
{
    /// <summary>The length of every key, in bytes.</summary>
    public const int KeyLength = 32;

    public static ReadOnlySpan<byte> ContentLabel => "cartridge/3/content"u8;

    public static ReadOnlySpan<byte> RecordLabel => "cartridge/3/record"u8;

    public static ReadOnlySpan<byte> WrapLabel => "cartridge/3/wrap"u8;

    public static ReadOnlySpan<byte> CommitmentLabel => "cartridge/3/commitment"u8;

    /// <summary>HKDF-SHA-256.</summary>
    /// <param name="key">The input key.</param>
    /// <param name="salt">The container id for what comes from the master key, the slot's salt for what comes from a user's.</param>
    /// <param name="label">What the key is for.</param>
    /// <param name="derived">32 bytes.</param>
    public static void Derive(ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> label, Span<byte> derived) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, derived, salt, label);

    /// <summary>The key that a slot's keys are derived from: the raw key itself, or what PBKDF2 makes of a passphrase.</summary>
    /// <param name="key">The user's key.</param>
    /// <param name="slot">The slot, whose rounds have been checked.</param>
    /// <param name="input">32 bytes.</param>
    public static void InputKey(CartridgeKey key, KeySlot slot, Span<byte> input)
    {
        if (slot.Kind == KeySlotKind.Passphrase)
        {
            Rfc2898DeriveBytes.Pbkdf2(key.Secret, slot.Salt, input, (int)slot.Rounds, HashAlgorithmName.SHA256);
        }
        else
        {
            key.Secret.CopyTo(input);
        }
    }
}
