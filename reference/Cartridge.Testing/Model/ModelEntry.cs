using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Cartridge.Reference;

namespace Cartridge.Testing;

/// <summary>One entry of a <see cref="ModelContainer"/>: everything that a user of a container can see of it.</summary>
public sealed record ModelEntry
{
    /// <summary>File, directory or symbolic link.</summary>
    public required EntryType Type { get; init; }

    /// <summary>A file's bytes, a link's target, nothing for a directory.</summary>
    public byte[] Content { get; init; } = [];

    /// <summary>The low 12 bits of a POSIX mode.</summary>
    public required int Mode { get; init; }

    /// <summary>The owner's number.</summary>
    public uint Uid { get; init; }

    /// <summary>The group's number.</summary>
    public uint Gid { get; init; }

    /// <summary>The owner's name.</summary>
    public string Owner { get; init; } = "";

    /// <summary>When it was made, in nanoseconds since the Unix epoch.</summary>
    public required long Created { get; init; }

    /// <summary>When its content was last changed.</summary>
    public required long Modified { get; init; }

    /// <summary>Whether a content hash is recorded.</summary>
    public bool HasHash { get; init; }

    /// <summary>The media type; empty if none is given.</summary>
    public string ContentType { get; init; } = "";

    /// <summary>Metadata of the user's own.</summary>
    public ImmutableSortedDictionary<string, string> UserMetadata { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Extended attributes.</summary>
    public ImmutableSortedDictionary<string, byte[]> ExtendedAttributes { get; init; } = ImmutableSortedDictionary.Create<string, byte[]>(StringComparer.Ordinal);

    /// <summary>The entry that a container shows.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="content">Its content.</param>
    public static ModelEntry From(CartridgeEntry entry, byte[] content) => new()
    {
        Type = entry.Type,
        Content = content,
        Mode = entry.Mode,
        Uid = entry.Uid,
        Gid = entry.Gid,
        Owner = entry.Owner,
        Created = entry.Created,
        Modified = entry.Modified,
        HasHash = entry.ContentHash is not null && IsHashOf(content, entry),
        ContentType = entry.ContentType ?? "",
        UserMetadata = entry.UserMetadata.ToImmutableSortedDictionary(StringComparer.Ordinal),
        ExtendedAttributes = entry.ExtendedAttributes.ToImmutableSortedDictionary(StringComparer.Ordinal),
    };

    /// <summary>The entry with what a caller wants changed.</summary>
    /// <param name="changes">Null leaves a field as it is.</param>
    public ModelEntry With(EntryMetadata? changes) => changes is null ? this : this with
    {
        Mode = changes.Mode ?? Mode,
        Uid = changes.Uid ?? Uid,
        Gid = changes.Gid ?? Gid,
        Owner = changes.Owner ?? Owner,
        Created = changes.Created ?? Created,
        Modified = changes.Modified ?? Modified,
        ContentType = changes.ContentType ?? ContentType,
        UserMetadata = changes.UserMetadata?.ToImmutableSortedDictionary(StringComparer.Ordinal) ?? UserMetadata,
        ExtendedAttributes = changes.ExtendedAttributes?.ToImmutableSortedDictionary(StringComparer.Ordinal) ?? ExtendedAttributes,
    };

    /// <summary>The entry on one line: two entries are equal exactly if their lines are.</summary>
    public override string ToString()
    {
        var line = new StringBuilder($"{Type} {Convert.ToString(Mode, 8)} {Uid}:{Gid} \"{Owner}\" {Created}..{Modified}");
        if (Type != EntryType.Directory)
        {
            line.Append($" {Content.Length} {Convert.ToHexStringLower(SHA256.HashData(Content).AsSpan(0, 8))}{(HasHash ? " hashed" : "")}");
        }

        line.Append(ContentType.Length > 0 ? $" type \"{ContentType}\"" : "");
        line.AppendJoin("", UserMetadata.Select(pair => $" {pair.Key}=\"{pair.Value}\""));
        line.AppendJoin("", ExtendedAttributes.Select(pair => $" {pair.Key}={Brief(pair.Value)}"));
        return line.ToString();
    }

    private static bool IsHashOf(byte[] content, CartridgeEntry entry) => SHA256.HashData(content).SequenceEqual(entry.ContentHash!)
        ? true
        : throw new InvalidDataException($"The hash recorded for {entry.Path} is not that of its content.");

    private static string Brief(byte[] value) =>
        Convert.ToHexStringLower(value.Length <= 16 ? value : SHA256.HashData(value)) + (value.Length <= 16 ? "" : $"({value.Length})");
}
