using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Cartridge.Reference;

namespace Cartridge.Conformance.Projecting;

/// <summary>
/// The canonical projection of a container as the reference reads it: what it says, whatever its layout. It is what
/// <c>expected.json</c> holds.
/// </summary>
internal static class EngineProjection
{
    /// <summary>The head and all entries, with the hashes of their contents.</summary>
    public static JsonObject Of(CartridgeFile container)
    {
        JsonObject projection = HeadOf(container);
        projection["entries"] = EntriesOf(container);
        IReadOnlyList<SnapshotInfo> snapshots = container.Snapshots;
        if (snapshots.Count > 0)
        {
            projection["snapshots"] = new JsonArray([.. snapshots.Select(snapshot => Of(container, snapshot, EntriesOf))]);
        }

        return projection;
    }

    /// <summary>What a snapshot says and holds.</summary>
    /// <param name="container">The container.</param>
    /// <param name="snapshot">Which.</param>
    /// <param name="entries">Says what its entries are.</param>
    public static JsonObject Of(CartridgeFile container, SnapshotInfo snapshot, Func<CartridgeView, JsonArray> entries)
    {
        using CartridgeReader reader = container.OpenSnapshot(snapshot.Name);
        return new JsonObject
        {
            ["name"] = snapshot.Name,
            ["id"] = snapshot.Id,
            ["generation"] = snapshot.Generation,
            ["created"] = snapshot.Created,
            ["stateHash"] = Convert.ToHexStringLower(reader.StateHash()),
            ["entries"] = entries(reader),
        };
    }

    private static JsonArray EntriesOf(CartridgeView view) => new([.. view.List().Select(entry => EntryOf(view, entry))]);

    /// <summary>What the identity and the record say.</summary>
    public static JsonObject HeadOf(CartridgeFile container)
    {
        byte[] id = new byte[ContainerId.Length];
        container.Id.CopyTo(id);
        return new JsonObject
        {
            ["format"] = 3,
            ["slug"] = container.Slug,
            ["title"] = container.Title,
            ["containerId"] = Convert.ToHexStringLower(id),
            ["created"] = container.Created,
            ["contentChecksum"] = container.ContentChecksum == ContentChecksum.Crc32C ? "crc-32c" : "sha-256",
            ["generation"] = container.Generation,
            ["stateHash"] = Convert.ToHexStringLower(container.StateHash()),
        };
    }

    /// <summary>An entry without what only its content says.</summary>
    public static JsonObject EntryOf(CartridgeEntry entry)
    {
        JsonObject projection = Begin(entry);
        End(projection, entry);
        return projection;
    }

    private static JsonObject EntryOf(CartridgeView container, CartridgeEntry entry)
    {
        JsonObject projection = Begin(entry);
        if (entry.Type != EntryType.Directory && HashOf(container, entry.Path) is { } hash)
        {
            projection["sha256"] = hash;
        }

        if (entry.Type == EntryType.SymbolicLink && container.CanReadContent)
        {
            projection["target"] = container.ReadLink(entry.Path);
        }

        End(projection, entry);
        return projection;
    }

    /// <summary>The hash of a content; null where it is encrypted and there is no key. Holes need none.</summary>
    private static string? HashOf(CartridgeView container, string path)
    {
        using SHA256 hash = SHA256.Create();
        try
        {
            using CryptoStream sink = new(Stream.Null, hash, CryptoStreamMode.Write);
            container.CopyTo(path, sink);
        }
        catch (CartridgeException e) when (e.Code == ErrorCode.MissingKey)
        {
            return null;
        }

        return Convert.ToHexStringLower(hash.Hash!);
    }

    private static JsonObject Begin(CartridgeEntry entry) => new()
    {
        ["path"] = entry.Path,
        ["type"] = entry.Type switch
        {
            EntryType.Directory => "directory",
            EntryType.SymbolicLink => "symlink",
            _ => "file",
        },
        ["size"] = entry.Size,
    };

    private static void End(JsonObject projection, CartridgeEntry entry)
    {
        projection["mode"] = Convert.ToString(entry.Mode, 8).PadLeft(4, '0');
        projection["uid"] = entry.Uid;
        projection["gid"] = entry.Gid;
        projection["owner"] = entry.Owner;
        projection["created"] = entry.Created;
        projection["modified"] = entry.Modified;
        if (entry.ContentHash is { } hash)
        {
            projection["contentHash"] = Convert.ToHexStringLower([.. hash]);
        }

        if (entry.ContentType is not null)
        {
            projection["contentType"] = entry.ContentType;
        }

        Add(projection, "userMetadata", entry.UserMetadata, static value => value);
        Add(projection, "extendedAttributes", entry.ExtendedAttributes, static value => Convert.ToHexStringLower(value));
    }

    private static void Add<T>(JsonObject projection, string name, IReadOnlyDictionary<string, T> attributes, Func<T, string> text)
    {
        if (attributes.Count > 0)
        {
            // Names are sorted as in the record: by their bytes, which is by their code points and not by UTF-16 units.
            projection[name] = new JsonObject(attributes
                .OrderBy(attribute => System.Text.Encoding.UTF8.GetBytes(attribute.Key), ByteOrder.Instance)
                .Select(attribute => KeyValuePair.Create(attribute.Key, (JsonNode?)JsonValue.Create(text(attribute.Value)))));
        }
    }

    private sealed class ByteOrder : IComparer<byte[]>
    {
        public static readonly ByteOrder Instance = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}
