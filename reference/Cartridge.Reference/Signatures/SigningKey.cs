using System.Security.Cryptography;

namespace Cartridge.Reference;

/// <summary>
/// A private key for signatures: the 32 bytes that RFC 8032 calls the private key. It holds them where the garbage collector
/// does not copy them, and zeros them when disposed; nothing ever prints them.
/// </summary>
public sealed class SigningKey : IDisposable
{
    /// <summary>The key's length, in bytes.</summary>
    public const int Length = 32;

    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(Length, pinned: true);
    private bool _disposed;

    private SigningKey()
    {
    }

    internal ReadOnlySpan<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _bytes;
        }
    }

    /// <summary>Draws a new key from the system's strong source.</summary>
    public static SigningKey Generate()
    {
        var key = new SigningKey();
        RandomNumberGenerator.Fill(key._bytes);
        return key;
    }

    /// <summary>Takes a key from its bytes.</summary>
    /// <param name="bytes">32 bytes, which are copied.</param>
    /// <exception cref="CartridgeException"><c>api.bad-argument</c>: they are not 32.</exception>
    public static SigningKey FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            throw new CartridgeException(ErrorCode.BadArgument, $"A private key has {Length} bytes.");
        }

        var key = new SigningKey();
        bytes.CopyTo(key._bytes);
        return key;
    }

    /// <summary>Takes a key from the text of a key file: PEM with the label <c>PRIVATE KEY</c>, as RFC 8410 has it.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="CartridgeException"><c>api.bad-argument</c>: it is no such text.</exception>
    public static SigningKey FromPem(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[Length];
        try
        {
            return KeyText.TryRead(text, KeyText.PrivateLabel, KeyText.PrivateStart, bytes)
                ? FromBytes(bytes)
                : throw new CartridgeException(ErrorCode.BadArgument, "This is no private Ed25519 key in PEM.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>The text of a key file; mirrors <see cref="FromPem"/>.</summary>
    /// <returns>Characters that the caller zeros after use.</returns>
    public char[] ToPem() => KeyText.Write(KeyText.PrivateLabel, KeyText.PrivateStart, Bytes);

    /// <summary>The public key that belongs to it.</summary>
    /// <param name="algorithm">Ed25519.</param>
    /// <exception cref="CartridgeException"><c>codec.unavailable</c>.</exception>
    public VerifyingKey GetVerifyingKey(ISignatureAlgorithm algorithm)
    {
        StateSignature.RequireAvailable(algorithm);
        var bytes = new byte[VerifyingKey.Length];
        algorithm.GetPublicKey(Bytes, bytes);
        return VerifyingKey.FromBytes(bytes);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(_bytes);
    }

    /// <summary>What it is, never what it holds.</summary>
    public override string ToString() => "a private key";
}
