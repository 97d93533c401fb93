namespace Cartridge.Reference;

/// <summary>What a key says of a container before it is tried.</summary>
internal static class KeyExpectation
{
    /// <summary>Whether a container is encrypted, as whoever has a key to it expects: else another was put in its place.</summary>
    public static bool IsEncryptedFor(this Identity identity, CartridgeKey key, Checker c)
    {
        // "With a key, the byte *encrypted* of page 0 MUST be 1."
        _ = c.Skips(EncryptionRule.KeyMeansEncrypted) || identity.IsEncrypted
            || c.Fault(EncryptionRule.KeyMeansEncrypted, new Place(0, IdentityFieldLocations.Encrypted), $"{key} was given, and the container is not encrypted");
        return identity.IsEncrypted;
    }
}
