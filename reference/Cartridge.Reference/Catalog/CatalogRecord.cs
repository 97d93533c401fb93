namespace Cartridge.Reference;

/// <summary>What an entry of the catalog is.</summary>
public enum EntryType
{
    /// <summary>A file.</summary>
    File = 1,

    /// <summary>A directory. Directories are implied by the paths below them; a record gives one a mode, times, an owner.</summary>
    Directory = 2,

    /// <summary>A symbolic link; its target is its content.</summary>
    SymbolicLink = 3,
}

/// <summary>What an attribute is.</summary>
internal enum AttributeKind : byte
{
    ContentType = 1,
    UserMetadata = 2,
    ExtendedAttribute = 3,
}

/// <summary>One attribute of an entry.</summary>
internal readonly record struct EntryAttribute(AttributeKind Kind, byte[] Name, byte[] Value)
{
    /// <summary>Attributes are ordered by kind, then by the bytes of the name.</summary>
    public bool ComesBefore(in EntryAttribute other) =>
        Kind != other.Kind ? Kind < other.Kind : Name.AsSpan().SequenceCompareTo(other.Name) < 0;
}

/// <summary>The value that the catalog keeps for a path (spec/07-catalog.md).</summary>
internal sealed partial record CatalogRecord
{
    private const byte HasContentHash = 1;
    private const byte HasInlineContent = 2;
    private const byte IsSealed = 4;
    private const ushort MaxMode = 0xFFF;

    /// <summary>The codec choice of a file whose content is to stay as it is, whatever the container's default.</summary>
    private const byte NoCodec = 255;

    public required EntryType Type { get; init; }

    /// <summary>The low 12 bits of a POSIX mode.</summary>
    public ushort Mode { get; init; }

    public uint Uid { get; init; }

    public uint Gid { get; init; }

    /// <summary>The binary logarithm of the chunk size; 0 for directories.</summary>
    public byte ChunkShift { get; init; }

    /// <summary>How the content is wanted to be stored; null is as the container's default says.</summary>
    public CodecChoice? Codec { get; init; }

    /// <summary>Length of the content, in bytes.</summary>
    public long Size { get; init; }

    /// <summary>The number under which the content tree holds the content; 0 for directories.</summary>
    public ulong FileId { get; init; }

    public long Created { get; init; }

    public long Modified { get; init; }

    public byte[] Owner { get; init; } = [];

    public Hash256? ContentHash { get; init; }

    /// <summary>The whole content, where the record holds it itself.</summary>
    public byte[]? Inline { get; init; }

    /// <summary>Nonce and tag of inline content that is encrypted, 40 bytes.</summary>
    public byte[]? InlineSeal { get; init; }

    /// <summary>Sorted by kind and name.</summary>
    public IReadOnlyList<EntryAttribute> Attributes { get; init; } = [];

    /// <summary>Whether the content stands in the content tree.</summary>
    public bool HasContent => Type != EntryType.Directory;
}
