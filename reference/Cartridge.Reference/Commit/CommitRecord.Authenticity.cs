using System.Security.Cryptography;
using At = Cartridge.Reference.CommitFieldLocations;
using Fields = Cartridge.Reference.CommitFieldLengths;

namespace Cartridge.Reference;

/// <summary>What makes the record of an encrypted container its owner's: key slots and HMAC (spec/11-encryption.md).</summary>
internal sealed partial record CommitRecord
{
    /// <summary>Opens a record with a key, and proves that somebody who had it wrote the record.</summary>
    /// <param name="page">The record's page, which has been read and checked.</param>
    /// <param name="number">The page's number.</param>
    /// <param name="identity">The identity of an encrypted container.</param>
    /// <param name="key">The user's key.</param>
    /// <param name="random">Where nonces will come from.</param>
    /// <param name="c">Where faults go.</param>
    /// <returns>The container's keys, or null if they could not be had.</returns>
    public static ContainerKeys? Unlock(ReadOnlySpan<byte> page, int number, Identity identity, CartridgeKey key, RandomFill random, Checker c)
    {
        Span<byte> master = stackalloc byte[KeyDerivation.KeyLength];
        try
        {
            var slot = KeyWrapping.Unwrap(page.Slice(At.KeySlots, Fields.KeySlots).ToArray(), new Place(number, At.KeySlots), key, identity.Id, master, c);
            return slot < 0 ? null : new ContainerKeys(master, identity.Id, random) { OpenedSlot = slot };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(master);
        }
    }

    /// <summary>Whether a record was written by somebody who had the key.</summary>
    public static bool IsAuthentic(ReadOnlySpan<byte> page, int number, ContainerKeys keys, Checker c)
    {
        Span<byte> hmac = stackalloc byte[Fields.Hmac];
        Authenticate(page, keys, hmac);

        // "With a key, the HMAC MUST be that of the record."
        return c.Skips(EncryptionRule.Hmac) || CryptographicOperations.FixedTimeEquals(hmac, page.Slice(At.Hmac, Fields.Hmac))
            || c.Fault(EncryptionRule.Hmac, new Place(number, At.Hmac), "the record was not written by anybody who has the key");
    }

    private static void CheckEncryption(ReadOnlySpan<byte> page, Place at, Checker c)
    {
        KeySlot.Check(page.Slice(At.KeySlots, Fields.KeySlots), at with { Offset = At.KeySlots }, c);

        // "The HMAC of an encrypted container MUST NOT be all zero."
        _ = c.Skips(EncryptionRule.HmacPresent) || !Zero.All(page.Slice(At.Hmac, Fields.Hmac))
            || c.Fault(EncryptionRule.HmacPresent, at with { Offset = At.Hmac }, "the record of an encrypted container has no HMAC");
    }

    /// <summary>Computes the HMAC of a record's page, which stands but for its HMAC and its hash.</summary>
    public static void Authenticate(ReadOnlySpan<byte> page, ContainerKeys keys, Span<byte> hmac) => keys.Authenticate(
        page,
        PageHeaderFieldLocations.Hash..PageHeaderFieldLocations.TypeAgain,
        At.Hmac..(At.Hmac + Fields.Hmac),
        hmac);
}
