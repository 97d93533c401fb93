using System.Security.Cryptography;

namespace Cartridge.Reference;

/// <summary>
/// The keys of an opened container, derived from its master key: one for content, one for records. The master key itself is
/// kept for wrapping it anew. All are zeroed in the end.
/// </summary>
internal sealed class ContainerKeys : IDisposable
{
    private readonly byte[] _master = GC.AllocateArray<byte>(KeyDerivation.KeyLength, pinned: true);
    private readonly byte[] _record = GC.AllocateArray<byte>(KeyDerivation.KeyLength, pinned: true);
    private readonly ContainerId _container;
    private readonly RandomFill _random;
    private readonly RandomFill _nonces;

    /// <summary>Derives the keys.</summary>
    /// <param name="master">32 bytes.</param>
    /// <param name="container">The container.</param>
    /// <param name="random">Where nonces come from.</param>
    public ContainerKeys(ReadOnlySpan<byte> master, ContainerId container, RandomFill random)
    {
        _container = container;
        _random = random;
        _nonces = random == StrongRandom.Fill ? StrongRandom.ForNonces() : StrongRandom.OneAtATime(random);
        master.CopyTo(_master);
        Span<byte> salt = stackalloc byte[ContainerId.Length];
        container.CopyTo(salt);
        KeyDerivation.Derive(_master, salt, KeyDerivation.RecordLabel, _record);
        Span<byte> content = stackalloc byte[KeyDerivation.KeyLength];
        KeyDerivation.Derive(_master, salt, KeyDerivation.ContentLabel, content);
        Content = new XaesGcm(content);
        CryptographicOperations.ZeroMemory(content);
    }

    /// <summary>Draws the master key of a new container, and derives its keys.</summary>
    public static ContainerKeys Generate(ContainerId container, RandomFill random)
    {
        Span<byte> master = stackalloc byte[KeyDerivation.KeyLength];
        random(master);
        var keys = new ContainerKeys(master, container, random);
        CryptographicOperations.ZeroMemory(master);
        return keys;
    }

    /// <summary>The cipher of content.</summary>
    public XaesGcm Content { get; }

    /// <summary>The slot that the key of this handle opened; -1 for none.</summary>
    public int OpenedSlot { get; set; } = -1;

    /// <summary>Wraps the master key under one more key.</summary>
    public KeySlot Wrap(CartridgeKey key, int rounds) => KeyWrapping.Wrap(_master, key, rounds, _container, _random);

    /// <summary>Encrypts content for its place.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="place">What they are bound to.</param>
    /// <param name="ciphertext">As long as the content.</param>
    /// <param name="seal">40 bytes: a new nonce, and the tag.</param>
    public void Encrypt(ReadOnlySpan<byte> content, in AssociatedData place, Span<byte> ciphertext, Span<byte> seal)
    {
        Span<byte> associated = stackalloc byte[AssociatedData.Length];
        place.Write(_container, associated);
        _nonces(seal[..XaesGcm.NonceLength]);
        Content.Encrypt(seal[..XaesGcm.NonceLength], content, ciphertext, seal[XaesGcm.NonceLength..], associated);
    }

    /// <summary>Decrypts content out of its place; mirrors <see cref="Encrypt"/>.</summary>
    /// <returns>Whether it was encrypted for this place and is unchanged.</returns>
    public bool TryDecrypt(ReadOnlySpan<byte> ciphertext, in AssociatedData place, ReadOnlySpan<byte> seal, Span<byte> content)
    {
        Span<byte> associated = stackalloc byte[AssociatedData.Length];
        place.Write(_container, associated);
        return Content.TryDecrypt(seal[..XaesGcm.NonceLength], ciphertext, seal[XaesGcm.NonceLength..], content, associated);
    }

    /// <summary>The HMAC-SHA-256 of a record's page, as it would be with its fields for hash and HMAC zero.</summary>
    /// <param name="page">4096 bytes.</param>
    /// <param name="hash">Where the page hash stands in it.</param>
    /// <param name="hmac">Where the HMAC stands in it.</param>
    /// <param name="destination">32 bytes.</param>
    public void Authenticate(ReadOnlySpan<byte> page, Range hash, Range hmac, Span<byte> destination)
    {
        Span<byte> bare = stackalloc byte[Format.PageSize];
        page.CopyTo(bare);
        bare[hash].Clear();
        bare[hmac].Clear();
        HMACSHA256.HashData(_record, bare, destination);
    }

    /// <summary>Zeros all keys.</summary>
    public void Dispose()
    {
        Content.Dispose();
        CryptographicOperations.ZeroMemory(_master);
        CryptographicOperations.ZeroMemory(_record);
    }
}
