using System.Security.Cryptography;
using At = Cartridge.Reference.KeySlotFieldLocations;

namespace Cartridge.Reference;

/// <summary>Puts the master key into slots and gets it out again.</summary>
internal static class KeyWrapping
{
    /// <summary>Bytes of a slot that its wrap authenticates beside the container id: kind, reserved, rounds and salt.</summary>
    private const int BoundLength = At.WrapNonce;

    /// <summary>Wraps a master key under a user's key; mirrors <see cref="Unwrap"/>.</summary>
    /// <param name="master">32 bytes.</param>
    /// <param name="key">The user's key.</param>
    /// <param name="rounds">Rounds for a passphrase.</param>
    /// <param name="container">The container.</param>
    /// <param name="random">Where salt and nonce come from.</param>
    public static KeySlot Wrap(ReadOnlySpan<byte> master, CartridgeKey key, int rounds, ContainerId container, RandomFill random)
    {
        var slot = new KeySlot
        {
            Kind = key.Kind,
            Rounds = key.Kind == KeySlotKind.Passphrase ? (uint)rounds : 0,
            Salt = new byte[KeySlotFieldLengths.Salt],
            WrapNonce = new byte[KeySlotFieldLengths.WrapNonce],
            WrappedKey = new byte[KeySlotFieldLengths.WrappedKey],
            WrapTag = new byte[KeySlotFieldLengths.WrapTag],
            Commitment = new byte[KeySlotFieldLengths.Commitment],
        };
        random(slot.Salt);
        random(slot.WrapNonce);
        Span<byte> wrapKey = stackalloc byte[KeyDerivation.KeyLength];
        DeriveWrapKey(key, slot, wrapKey, slot.Commitment);
        using var gcm = new AesGcm(wrapKey, KeySlotFieldLengths.WrapTag);
        CryptographicOperations.ZeroMemory(wrapKey);
        gcm.Encrypt(slot.WrapNonce, master, slot.WrappedKey, slot.WrapTag, BoundBytes(slot, container));
        return slot;
    }

    /// <summary>Finds the slot that a key opens and unwraps the master key; mirrors <see cref="Wrap"/>.</summary>
    /// <param name="area">The record's slots, checked.</param>
    /// <param name="at">Where they begin.</param>
    /// <param name="key">The user's key.</param>
    /// <param name="container">The container.</param>
    /// <param name="master">32 bytes.</param>
    /// <param name="c">Where faults go.</param>
    /// <returns>The slot's number, or -1 if none could be opened.</returns>
    public static int Unwrap(byte[] area, Place at, CartridgeKey key, ContainerId container, Span<byte> master, Checker c)
    {
        Span<byte> wrapKey = stackalloc byte[KeyDerivation.KeyLength];
        Span<byte> commitment = stackalloc byte[KeySlotFieldLengths.Commitment];
        try
        {
            foreach (var (number, slot) in KeySlot.InUse(area))
            {
                // Costs that a check would have refused are not paid where it is switched off either.
                if (slot.Kind != key.Kind || slot.Rounds > KeySlot.MaxRounds || (slot.Kind == KeySlotKind.Passphrase && slot.Rounds < 1))
                {
                    continue;
                }

                DeriveWrapKey(key, slot, wrapKey, commitment);
                if (c.Skips(EncryptionRule.Commitment) || CryptographicOperations.FixedTimeEquals(commitment, slot.Commitment))
                {
                    var opened = Open(slot, wrapKey, container, master);

                    // "The wrap tag of the first such slot MUST be right."
                    _ = c.Skips(EncryptionRule.WrapTag) || opened
                        || c.Fault(EncryptionRule.WrapTag, at.Field(number * KeySlot.Length), $"the wrapped key in slot {number} has been changed");
                    return opened ? number : -1;
                }
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(wrapKey);
        }

        // "The commitment of at least one key slot MUST be the one that the given key leads to."
        _ = c.Skips(EncryptionRule.Commitment) || c.Fault(EncryptionRule.Commitment, at, $"no key slot can be opened with {key}: the key is wrong, or its slot was removed");
        return -1;
    }

    /// <summary>Rounds that a slot may have.</summary>
    /// <exception cref="CartridgeException"><c>api.bad-argument</c>.</exception>
    public static int CheckedRounds(int rounds) => rounds is >= KeySlot.MinRounds and <= KeySlot.MaxRounds
        ? rounds
        : throw new CartridgeException(ErrorCode.BadArgument, $"{rounds} rounds; {KeySlot.MinRounds} to {KeySlot.MaxRounds} are possible.");

    private static bool Open(KeySlot slot, ReadOnlySpan<byte> wrapKey, ContainerId container, Span<byte> master)
    {
        using var gcm = new AesGcm(wrapKey, KeySlotFieldLengths.WrapTag);
        try
        {
            gcm.Decrypt(slot.WrapNonce, slot.WrappedKey, slot.WrapTag, master, BoundBytes(slot, container));
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            master.Clear();
            return false;
        }
    }

    private static void DeriveWrapKey(CartridgeKey key, KeySlot slot, Span<byte> wrapKey, Span<byte> commitment)
    {
        Span<byte> input = stackalloc byte[KeyDerivation.KeyLength];
        KeyDerivation.InputKey(key, slot, input);
        KeyDerivation.Derive(input, slot.Salt, KeyDerivation.WrapLabel, wrapKey);
        KeyDerivation.Derive(input, slot.Salt, KeyDerivation.CommitmentLabel, commitment);
        CryptographicOperations.ZeroMemory(input);
    }

    /// <summary>The associated data of a wrap: the container id, and the slot up to its salt.</summary>
    private static byte[] BoundBytes(KeySlot slot, ContainerId container)
    {
        Span<byte> bytes = stackalloc byte[KeySlot.Length];
        slot.Write(bytes);
        var bound = new byte[ContainerId.Length + BoundLength];
        container.CopyTo(bound);
        bytes[..BoundLength].CopyTo(bound.AsSpan(ContainerId.Length));
        return bound;
    }
}
