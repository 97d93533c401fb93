namespace Cartridge.Reference;

/// <summary>A public key for signatures: the 32 bytes that RFC 8032 calls the public key.</summary>
public sealed class VerifyingKey : IEquatable<VerifyingKey>
{
    /// <summary>The key's length, in bytes.</summary>
    public const int Length = 32;

    private readonly byte[] _bytes;

    private VerifyingKey(ReadOnlySpan<byte> bytes) => _bytes = bytes.ToArray();

    /// <summary>The key's 32 bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Takes a key from its bytes.</summary>
    /// <param name="bytes">32 bytes, which are copied.</param>
    /// <exception cref="CartridgeException"><c>api.bad-argument</c>: they are not 32.</exception>
    public static VerifyingKey FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == Length
        ? new VerifyingKey(bytes)
        : throw new CartridgeException(ErrorCode.BadArgument, $"A public key has {Length} bytes.");

    /// <summary>Takes a key from the text of a key file: PEM with the label <c>PUBLIC KEY</c>, as RFC 8410 has it.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="CartridgeException"><c>api.bad-argument</c>: it is no such text.</exception>
    public static VerifyingKey FromPem(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[Length];
        return KeyText.TryRead(text, KeyText.PublicLabel, KeyText.PublicStart, bytes)
            ? new VerifyingKey(bytes)
            : throw new CartridgeException(ErrorCode.BadArgument, "This is no public Ed25519 key in PEM.");
    }

    /// <summary>The text of a key file; mirrors <see cref="FromPem"/>.</summary>
    public string ToPem() => new(KeyText.Write(KeyText.PublicLabel, KeyText.PublicStart, _bytes));

    /// <inheritdoc/>
    public bool Equals(VerifyingKey? other) => other is not null && _bytes.AsSpan().SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as VerifyingKey);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(_bytes);

    /// <summary>The key as 64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(_bytes);
}
