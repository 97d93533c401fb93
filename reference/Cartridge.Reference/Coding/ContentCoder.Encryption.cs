namespace Cartridge.Reference;

internal sealed partial class ContentCoder
{
    /// <summary>Encrypts what is to be stored of a chunk (CART-ENC-106).</summary>
    /// <param name="bytes">The bytes, encoded if they are.</param>
    /// <param name="place">Where they will stand.</param>
    /// <param name="ciphertext">As long as the bytes.</param>
    /// <returns>Nonce and tag, 40 bytes.</returns>
    public byte[] Encrypt(ReadOnlySpan<byte> bytes, in AssociatedData place, Span<byte> ciphertext)
    {
        var seal = new byte[XaesGcm.SealLength];
        RequireKeys().Encrypt(bytes, place, ciphertext, seal);
        return seal;
    }

    /// <summary>Decrypts inline content.</summary>
    /// <param name="fileId">Whose content it is.</param>
    /// <param name="stored">The ciphertext.</param>
    /// <param name="seal">Nonce and tag.</param>
    /// <param name="at">Where it stands.</param>
    /// <param name="c">Where faults go.</param>
    /// <returns>The content; null if it was changed.</returns>
    public byte[]? DecryptInline(ulong fileId, ReadOnlySpan<byte> stored, ReadOnlySpan<byte> seal, Place at, Checker c)
    {
        var content = new byte[stored.Length];
        var sound = RequireKeys().TryDecrypt(stored, AssociatedData.ForInline(fileId, stored.Length), seal, content);

        // "With a key, the tag of inline content MUST be right under its nonce and associated data."
        return c.Skips(EncryptionRule.InlineTag) || sound
            || c.Fault(EncryptionRule.InlineTag, at, "the inline content was not encrypted for this file, or was changed") ? content : null;
    }

    /// <summary>Decrypts what is stored of an encrypted chunk; mirrors <see cref="Encrypt"/>.</summary>
    /// <param name="blob">The chunk.</param>
    /// <param name="stored">Its stored bytes.</param>
    /// <param name="plain">As long as they are.</param>
    /// <param name="context">Whose chunk it is.</param>
    /// <param name="c">Where faults go.</param>
    /// <returns>Whether the bytes were encrypted for this place, and are unchanged.</returns>
    /// <exception cref="CartridgeException"><c>crypto.missing-key</c>.</exception>
    public bool Decrypt(BlobReference blob, ReadOnlySpan<byte> stored, Span<byte> plain, in ChunkContext context, Checker c)
    {
        var place = new AssociatedData(context.FileId, context.Number, blob.Birth, blob.LogicalLength, blob.Codec);
        var sound = RequireKeys().TryDecrypt(stored, place, blob.Seal, plain);

        // "With a key, the tag of a chunk MUST be right under its nonce and associated data."
        return c.Skips(EncryptionRule.ChunkTag) || sound
            || c.Fault(EncryptionRule.ChunkTag, blob.PlaceOf(0) with { Offset = null }, $"the {stored.Length} bytes stored here were not encrypted for this place, or were changed");
    }

    private ContainerKeys RequireKeys() =>
        keys ?? throw new CartridgeException(ErrorCode.MissingKey, "The content is encrypted, and no key was given.");
}
