namespace Cartridge.Reference;

/// <summary>
/// A signature algorithm as the engine uses it. All that the format says of signature files the engine checks itself; an
/// implementation only signs and verifies messages. Members may be called from several threads at once.
/// </summary>
public interface ISignatureAlgorithm
{
    /// <summary>The number of Ed25519 (RFC 8032), pure, without context: the one algorithm of this edition.</summary>
    const byte Ed25519 = 1;

    /// <summary>Which algorithm it is, as signature files name it.</summary>
    byte Id { get; }

    /// <summary>Whether it can be used here: its library, if it needs one, was found.</summary>
    bool IsAvailable { get; }

    /// <summary>Computes the public key of a private key.</summary>
    /// <param name="privateKey">32 bytes.</param>
    /// <param name="publicKey">32 bytes.</param>
    void GetPublicKey(ReadOnlySpan<byte> privateKey, Span<byte> publicKey);

    /// <summary>Signs a message.</summary>
    /// <param name="privateKey">32 bytes.</param>
    /// <param name="message">Any number of bytes.</param>
    /// <param name="signature">64 bytes.</param>
    void Sign(ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> message, Span<byte> signature);

    /// <summary>Whether a signature is that of a message under a key. Any bytes may be given.</summary>
    /// <param name="publicKey">32 bytes; they need not be a key.</param>
    /// <param name="message">Any number of bytes.</param>
    /// <param name="signature">64 bytes.</param>
    bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);
}
