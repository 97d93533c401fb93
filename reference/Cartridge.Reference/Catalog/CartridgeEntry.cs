using System.Collections.ObjectModel;

namespace Cartridge.Reference;

/// <summary>What the catalog says of a path.</summary>
public sealed record CartridgeEntry
{
    /// <summary>The path.</summary>
    public required string Path { get; init; }

    /// <summary>File, directory or symbolic link.</summary>
    public required EntryType Type { get; init; }

    /// <summary>Length of the content, in bytes; 0 for directories.</summary>
    public long Size { get; init; }

    /// <summary>The low 12 bits of a POSIX mode.</summary>
    public int Mode { get; init; }

    /// <summary>The owner's number.</summary>
    public uint Uid { get; init; }

    /// <summary>The group's number.</summary>
    public uint Gid { get; init; }

    /// <summary>The owner's name; empty if unknown.</summary>
    public string Owner { get; init; } = "";

    /// <summary>When the entry was made, in nanoseconds since the Unix epoch.</summary>
    public long Created { get; init; }

    /// <summary>When its content was last changed, in nanoseconds since the Unix epoch.</summary>
    public long Modified { get; init; }

    /// <summary>The number under which the content is filed; 0 for directories.</summary>
    public ulong FileId { get; init; }

    /// <summary>The binary logarithm of the chunk size in bytes, 12 to 18; 0 for directories.</summary>
    public byte ChunkShift { get; init; }

    /// <summary>How content is wanted to be stored; null is as the container's default says.</summary>
    public CodecChoice? Codec { get; init; }

    /// <summary>Whether the catalog's record holds the content itself.</summary>
    public bool IsInline { get; init; }

    /// <summary>SHA-256 of the content, if it was recorded when the content was written as a whole.</summary>
    public IReadOnlyList<byte>? ContentHash { get; init; }

    /// <summary>The media type, if one was given.</summary>
    public string? ContentType { get; init; }

    /// <summary>Metadata of the user's own.</summary>
    public IReadOnlyDictionary<string, string> UserMetadata { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Extended attributes, as file systems know them.</summary>
    public IReadOnlyDictionary<string, byte[]> ExtendedAttributes { get; init; } = ReadOnlyDictionary<string, byte[]>.Empty;

    internal static CartridgeEntry From(ReadOnlySpan<byte> path, CatalogRecord record)
    {
        var entry = WithoutAttributes(path, record);
        return record.Attributes.Count == 0 ? entry : entry with
        {
            ContentType = Of(AttributeKind.ContentType).Select(a => Text.Decode(a.Value)).FirstOrDefault(),
            UserMetadata = Of(AttributeKind.UserMetadata).ToDictionary(a => Text.Decode(a.Name), a => Text.Decode(a.Value), StringComparer.Ordinal),
            ExtendedAttributes = Of(AttributeKind.ExtendedAttribute).ToDictionary(a => Text.Decode(a.Name), a => a.Value, StringComparer.Ordinal),
        };

        IEnumerable<EntryAttribute> Of(AttributeKind kind) => record.Attributes.Where(a => a.Kind == kind);
    }

    private static CartridgeEntry WithoutAttributes(ReadOnlySpan<byte> path, CatalogRecord record) => new()
    {
        Path = Text.Decode(path),
        Type = record.Type,
        Size = record.Size,
        Mode = record.Mode,
        Uid = record.Uid,
        Gid = record.Gid,
        Owner = Text.Decode(record.Owner),
        Created = record.Created,
        Modified = record.Modified,
        FileId = record.FileId,
        ChunkShift = record.ChunkShift,
        Codec = record.Codec,
        IsInline = record.Inline is not null,
        ContentHash = record.ContentHash is { } hash ? hash.AsSpan().ToArray() : null,
    };
}
