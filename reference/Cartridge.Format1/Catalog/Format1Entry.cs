using System.Collections.ObjectModel;
using System.Globalization;
using Cartridge.Reference;

namespace Cartridge.Format1;

/// <summary>What the catalog of a container of format 1 says of a path (spec/14-format-1.md).</summary>
public sealed record Format1Entry
{
    /// <summary>The name under which an encrypted file says that it is one.</summary>
    public const string EncryptedName = "encrypted";

    /// <summary>The name under which an encrypted file gives the length of what is stored.</summary>
    public const string EncryptedSizeName = "encrypted_size";

    /// <summary>The path, as it was passed in: <c>a</c> and <c>/a</c> are two.</summary>
    public required string Path { get; init; }

    /// <summary>File, directory or symbolic link.</summary>
    public required EntryType Type { get; init; }

    /// <summary>Length of the content in bytes; of an encrypted file, of its plain text.</summary>
    public ulong Size { get; init; }

    /// <summary>The pages of the content, in order.</summary>
    public IReadOnlyList<ulong> Blocks { get; init; } = [];

    /// <summary>When the entry was made, in seconds since the Unix epoch.</summary>
    public ulong Created { get; init; }

    /// <summary>When it was last changed, in seconds since the Unix epoch.</summary>
    public ulong Modified { get; init; }

    /// <summary>POSIX permissions, and whatever else a writer put into 32 bits.</summary>
    public uint Permissions { get; init; }

    /// <summary>The owner's name.</summary>
    public string Owner { get; init; } = "";

    /// <summary>SHA-256 of the content, if it was recorded; no public function of the old programs does.</summary>
    public IReadOnlyList<byte>? ContentHash { get; init; }

    /// <summary>The media type, if one was given.</summary>
    public string? ContentType { get; init; }

    /// <summary>Metadata of the user's own.</summary>
    public IReadOnlyDictionary<string, string> UserMetadata { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Whether the content is encrypted.</summary>
    public bool IsEncrypted => UserMetadata.TryGetValue(EncryptedName, out var text) && text == "true";

    /// <summary>
    /// How many bytes are stored: the size, or what an encrypted file says of itself. Null if an encrypted file says nothing
    /// that is a number.
    /// </summary>
    public ulong? StoredLength => !IsEncrypted ? Size
        : UserMetadata.TryGetValue(EncryptedSizeName, out var text) && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length
        : null;
}
