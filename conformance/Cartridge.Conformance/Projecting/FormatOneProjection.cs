using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Cartridge.Format1;
using Cartridge.Reference;

namespace Cartridge.Conformance.Projecting;

/// <summary>The canonical projection of a container of format 1 as the reference reads it.</summary>
internal static class FormatOneProjection
{
    /// <summary>The head and all entries, with the hashes of their contents; without the key, of those that are not encrypted.</summary>
    public static JsonObject Of(Format1File container, bool hasKey)
    {
        JsonObject projection = HeadOf(container);
        projection["entries"] = new JsonArray([.. Sorted(container).Select(entry => EntryOf(entry, entry.Type == EntryType.Directory || (entry.IsEncrypted && !hasKey)
            ? null
            : Convert.ToHexStringLower(SHA256.HashData(container.Read(entry)))))]);
        return projection;
    }

    /// <summary>What page 0 says, and how the catalog is encoded.</summary>
    public static JsonObject HeadOf(Format1File container) => new()
    {
        ["format"] = 1,
        ["encoding"] = container.Encoding.ToString().ToLowerInvariant(),
        ["totalBlocks"] = container.Header.TotalBlocks,
        ["freeBlocks"] = container.Header.FreeBlocks,
        ["fuses"] = new JsonObject
        {
            ["versioning"] = container.Header.VersioningFuse,
            ["acl"] = container.Header.AclFuse,
            ["encryption"] = container.Header.EncryptionFuse,
        },
    };

    /// <summary>The entries without what only their contents say.</summary>
    public static JsonArray EntriesOf(Format1File container) => new([.. Sorted(container).Select(entry => EntryOf(entry, null))]);

    private static IEnumerable<Format1Entry> Sorted(Format1File container) =>
        container.Entries.OrderBy(entry => Encoding.UTF8.GetBytes(entry.Path), ByBytes);

    private static Comparer<byte[]> ByBytes { get; } = Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right));

    private static JsonObject EntryOf(Format1Entry entry, string? sha256)
    {
        JsonObject projection = new()
        {
            ["path"] = entry.Path,
            ["type"] = entry.Type switch { EntryType.Directory => "directory", EntryType.SymbolicLink => "symlink", _ => "file" },
            ["size"] = entry.Size,
        };
        Add("sha256", sha256);
        projection["mode"] = Convert.ToString(entry.Permissions, 8).PadLeft(4, '0');
        projection["owner"] = entry.Owner;
        projection["created"] = entry.Created;
        projection["modified"] = entry.Modified;
        Add("contentHash", entry.ContentHash is { } hash ? Convert.ToHexStringLower([.. hash]) : null);
        Add("contentType", entry.ContentType);
        if (entry.UserMetadata.Count > 0)
        {
            projection["userMetadata"] = new JsonObject(entry.UserMetadata
                .OrderBy(pair => Encoding.UTF8.GetBytes(pair.Key), ByBytes)
                .Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value))));
        }

        return projection;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                projection[name] = value;
            }
        }
    }
}
