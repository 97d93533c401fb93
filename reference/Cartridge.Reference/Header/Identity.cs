namespace Cartridge.Reference;

/// <summary>The checksum that guards content. Metadata is always guarded by SHA-256.</summary>
public enum ContentChecksum
{
    /// <summary>SHA-256: finds accidents and attacks. The default.</summary>
    Sha256 = 1,

    /// <summary>CRC-32C: finds accidents only, at less cost; a state hash then vouches for no content.</summary>
    Crc32C = 2,
}

/// <summary>
/// Page 0: what the container is. It is written once, when the container is made, and never changes; every commit record
/// carries its hash (spec/02-identity.md).
/// </summary>
internal sealed partial class Identity
{
    public required ContainerId Id { get; init; }

    /// <summary>When the container was made, in nanoseconds since the Unix epoch.</summary>
    public required long Created { get; init; }

    public required ContentChecksum ContentChecksum { get; init; }

    /// <summary>Whether all content is encrypted.</summary>
    public bool IsEncrypted { get; init; }

    public required byte[] Slug { get; init; }

    /// <summary>SHA-256 of all 4096 bytes, as commit records cite it.</summary>
    public Hash256 PageHash { get; private set; }

    /// <summary><c>CART</c>, version byte, and a CR LF that a transfer in text mode would not leave alone.</summary>
    public static ReadOnlySpan<byte> Magic => [0x43, 0x41, 0x52, 0x54, 0x00, 0x03, 0x0D, 0x0A];

    private const ushort MajorVersion = 3;
    private const ushort MinorVersion = 0;
}
