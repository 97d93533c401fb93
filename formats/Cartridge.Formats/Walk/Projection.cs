namespace Cartridge.Formats.Walk;

/// <summary>What a container holds, in a form that does not depend on how it holds it.</summary>
public sealed record Projection
{
    /// <summary>The number of the format.</summary>
    public int Format { get; } = 3;

    /// <summary>The container's name for machines.</summary>
    public required string Slug { get; init; }

    /// <summary>The container's name for people.</summary>
    public required string Title { get; init; }

    /// <summary>The container id, in lower-case hexadecimal.</summary>
    public required string ContainerId { get; init; }

    /// <summary>When the container was created, in nanoseconds since the epoch.</summary>
    public required long Created { get; init; }

    /// <summary>The checksum of chunks: <c>sha-256</c> or <c>crc-32c</c>.</summary>
    public required string ContentChecksum { get; init; }

    /// <summary>The generation of the state.</summary>
    public required ulong Generation { get; init; }

    /// <summary>The page hash of the state's record, in lower-case hexadecimal.</summary>
    public required string StateHash { get; init; }

    /// <summary>The entries, in the order of the bytes of their paths.</summary>
    public required IReadOnlyList<ProjectionEntry> Entries { get; init; }

    /// <summary>The snapshots that are not hidden, by ascending id; empty where nobody asked for them.</summary>
    public IReadOnlyList<ProjectionSnapshot> Snapshots { get; init; } = [];

    /// <summary>The projection as JSON.</summary>
    /// <returns>The text, which ends with a line feed.</returns>
    public string ToJson()
    {
        using StringWriter writer = new();
        WriteJson(writer);
        return writer.ToString();
    }

    /// <summary>Writes the projection as JSON.</summary>
    /// <param name="writer">Takes the text, which ends with a line feed.</param>
    public void WriteJson(TextWriter writer) => ProjectionJson.Write(this, writer);
}

/// <summary>What a snapshot holds.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Id">Its number.</param>
/// <param name="Generation">The generation of the commit that made it.</param>
/// <param name="Created">When it was made, in nanoseconds since the epoch.</param>
/// <param name="StateHash">Its state hash, in lower-case hexadecimal.</param>
/// <param name="Entries">Its entries, in the order of the bytes of their paths.</param>
public sealed record ProjectionSnapshot(
    string Name, ulong Id, ulong Generation, long Created, string StateHash, IReadOnlyList<ProjectionEntry> Entries);

/// <summary>What is at one path.</summary>
public sealed record ProjectionEntry
{
    /// <summary>The path.</summary>
    public required string Path { get; init; }

    /// <summary><c>file</c>, <c>directory</c> or <c>symlink</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The length of the content in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 of the whole content, holes as zeros, in lower-case hexadecimal; null for a directory.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The target of a symbolic link; null for anything else.</summary>
    public string? Target { get; init; }

    /// <summary>The permissions, 0 to 4095.</summary>
    public required int Mode { get; init; }

    /// <summary>The number of the owning user.</summary>
    public required uint Uid { get; init; }

    /// <summary>The number of the owning group.</summary>
    public required uint Gid { get; init; }

    /// <summary>The name of the owner.</summary>
    public required string Owner { get; init; }

    /// <summary>When the entry was created, in nanoseconds since the epoch.</summary>
    public required long Created { get; init; }

    /// <summary>When the content was last changed, in nanoseconds since the epoch.</summary>
    public required long Modified { get; init; }

    /// <summary>The content hash that the record holds, in lower-case hexadecimal; null where it holds none.</summary>
    public string? ContentHash { get; init; }

    /// <summary>The media type; null where there is none.</summary>
    public string? ContentType { get; init; }

    /// <summary>Names and values, in the order of the bytes of the names.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> UserMetadata { get; init; }

    /// <summary>Names and, in lower-case hexadecimal, values, in the order of the bytes of the names.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> ExtendedAttributes { get; init; }
}
