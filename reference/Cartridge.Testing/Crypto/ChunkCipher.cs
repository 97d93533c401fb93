using Cartridge.Reference;

namespace Cartridge.Testing;

/// <summary>The engine's encryption of a chunk, by itself, for those who measure it.</summary>
public sealed class ChunkCipher : IDisposable
{
    private readonly ContainerKeys _keys = new(Specimens.Bytes(1, CartridgeKey.Length), ContainerId.NewRandom(), StrongRandom.Fill);
    private readonly byte[] _seal = new byte[XaesGcm.SealLength];

    /// <summary>Encrypts, with a new nonce.</summary>
    /// <param name="content">The chunk.</param>
    /// <param name="ciphertext">As long as the chunk.</param>
    public void Encrypt(ReadOnlySpan<byte> content, Span<byte> ciphertext) => _keys.Encrypt(content, default, ciphertext, _seal);

    /// <summary>Decrypts what was encrypted last.</summary>
    /// <param name="ciphertext">The ciphertext.</param>
    /// <param name="content">As long as the ciphertext.</param>
    /// <returns>Whether it is what was encrypted.</returns>
    public bool TryDecrypt(ReadOnlySpan<byte> ciphertext, Span<byte> content) => _keys.TryDecrypt(ciphertext, default, _seal, content);

    /// <summary>Forgets the key.</summary>
    public void Dispose() => _keys.Dispose();
}
