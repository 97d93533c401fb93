using System.Security.Cryptography;
using System.Text;
using Cartridge.Formats.Generated;
using static Cartridge.Formats.Walk.Check;

namespace Cartridge.Formats.Walk;

/// <summary>Judges the key slots and the HMAC of a record, and opens the container with a key.</summary>
internal static class RecordProof
{
    private const int SlotsAt = 696;
    private const int SlotLength = 132;
    private const int BoundLength = 40;
    private const int HmacAt = 1752;
    private const int HashLength = 32;

    /// <summary>Checks what the record says of encryption.</summary>
    /// <returns>The container's keys, if it is encrypted and a key was given.</returns>
    internal static ContainerKeys? Check(byte[] page, Cartridge3.CommitRecord record, ulong number, Identity identity, WalkKey? key)
    {
        if (!identity.IsEncrypted)
        {
            Require(IsZero(page.AsSpan(SlotsAt, HmacAt + HashLength - SlotsAt)), "CART-COM-027", "page.reserved-nonzero", number,
                $"there are key slots or an HMAC, and nothing is encrypted");
            Require(key is null, "CART-ENC-013", "crypto.downgraded", 0,
                $"a key was given, and nothing is encrypted");
            return null;
        }

        for (int i = 0; i < record.KeySlots.Count; i++)
        {
            CheckSlot(record.KeySlots[i], page.AsSpan(SlotsAt + (i * SlotLength), SlotLength), number);
        }

        bool isUsed = record.KeySlots.Any(slot => slot.Kind != Cartridge3.KeySlotKind.Empty);
        Require(isUsed, "CART-ENC-004", "crypto.bad-parameters", number,
            $"all key slots are empty");
        Require(!IsZero(record.Hmac), "CART-ENC-005", "crypto.downgraded", number,
            $"the record has no HMAC");
        return key is null ? null : Open(page, record, number, identity, key);
    }

    private static void CheckSlot(Cartridge3.KeySlot slot, ReadOnlySpan<byte> bytes, ulong number)
    {
        Require(slot.Kind is >= Cartridge3.KeySlotKind.Empty and <= Cartridge3.KeySlotKind.Passphrase, "CART-ENC-001", "crypto.bad-parameters", number,
            $"there is a key slot of kind {(int)slot.Kind}");
        ReadOnlySpan<byte> reserved = slot.Kind == Cartridge3.KeySlotKind.Empty ? bytes : bytes[1..4];
        Require(IsZero(reserved), "CART-ENC-002", "page.reserved-nonzero", number,
            $"reserved bytes of a key slot are not zero");
        bool isFair = slot.Kind != Cartridge3.KeySlotKind.Passphrase ? slot.Rounds == 0 : slot.Rounds is >= 600_000 and <= 2_000_000;
        Require(isFair, "CART-ENC-003", "crypto.bad-parameters", number,
            $"a key slot asks for {slot.Rounds} rounds");
    }

    private static ContainerKeys Open(byte[] page, Cartridge3.CommitRecord record, ulong number, Identity identity, WalkKey key)
    {
        Cartridge3.KeySlotKind kind = key.IsPassphrase ? Cartridge3.KeySlotKind.Passphrase : Cartridge3.KeySlotKind.RawKey;
        for (int i = 0; i < record.KeySlots.Count; i++)
        {
            Cartridge3.KeySlot slot = record.KeySlots[i];
            if (slot.Kind != kind)
            {
                continue;
            }

            byte[] input = key.IsPassphrase
                ? Rfc2898DeriveBytes.Pbkdf2(key.Bytes.Span, slot.Salt, (int)slot.Rounds, HashAlgorithmName.SHA256, HashLength)
                : key.Bytes.ToArray();
            if (Derive(input, slot.Salt, "commitment").AsSpan().SequenceEqual(slot.Commitment))
            {
                byte[] bound = [.. identity.Fields.ContainerId, .. page.AsSpan(SlotsAt + (i * SlotLength), BoundLength)];
                byte[] master = new byte[HashLength];
                bool isOpen = TryDecrypt(Derive(input, slot.Salt, "wrap"), slot.WrapNonce, slot.WrappedKey, slot.WrapTag, master, bound);
                Require(isOpen, "CART-ENC-007", "crypto.auth-failed", number,
                    $"the wrapped key is not the one that was wrapped");
                ContainerKeys keys = new(identity.Fields.ContainerId, Derive(master, identity.Fields.ContainerId, "content"));
                byte[] hmac = Hmac(page, Derive(master, identity.Fields.ContainerId, "record"));
                Require(hmac.AsSpan().SequenceEqual(record.Hmac), "CART-ENC-008", "crypto.auth-failed", number,
                    $"the HMAC is not that of the record");
                return keys;
            }
        }

        throw new WalkException("CART-ENC-006", "crypto.wrong-key", number, $"{key} opens none of the key slots");
    }

    internal static bool TryDecrypt(byte[] key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, Span<byte> plain, ReadOnlySpan<byte> associated)
    {
        using AesGcm gcm = new(key, tag.Length);
        try
        {
            gcm.Decrypt(nonce, ciphertext, tag, plain, associated);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    private static byte[] Hmac(byte[] page, byte[] key)
    {
        byte[] bare = [.. page];
        bare.AsSpan(1, HashLength).Clear();
        bare.AsSpan(HmacAt, HashLength).Clear();
        return HMACSHA256.HashData(key, bare);
    }

    private static byte[] Derive(byte[] key, byte[] salt, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, HashLength, salt, Encoding.ASCII.GetBytes($"cartridge/3/{purpose}"));
}
