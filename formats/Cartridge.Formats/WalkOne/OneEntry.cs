using System.Text;
using System.Text.Json;
using Cartridge.Formats.Generated;
using Cartridge.Formats.Walk;

namespace Cartridge.Formats.WalkOne;

/// <summary>An entry of a catalog of format 1, from whichever encoding.</summary>
internal sealed class OneEntry
{
    private static readonly string[] Types = ["file", "directory", "symlink"];

    internal required string Path { get; init; }

    internal byte[] PathBytes => Encoding.UTF8.GetBytes(Path);

    /// <summary>0 file, 1 directory, 2 symbolic link.</summary>
    internal required int Type { get; init; }

    internal required ulong Size { get; init; }

    internal required List<ulong> Blocks { get; init; }

    internal required ulong Created { get; init; }

    internal required ulong Modified { get; init; }

    internal required uint Permissions { get; init; }

    internal required string Owner { get; init; }

    internal byte[]? ContentHash { get; init; }

    internal string? ContentType { get; init; }

    /// <summary>By the bytes of the names.</summary>
    internal required List<KeyValuePair<string, string>> Metadata { get; init; }

    internal static List<OneEntry> FromBlob(Cartridge1.CatalogBlob blob) =>
    [
        .. blob.Entries.Select(entry => new OneEntry
        {
            Path = entry.Path.Value,
            Type = (int)entry.FileType,
            Size = entry.Size,
            Blocks = entry.Blocks,
            Created = entry.Created,
            Modified = entry.Modified,
            Permissions = entry.Permissions,
            Owner = entry.Owner.Value,
            ContentHash = entry.HasContentHash == 1 ? entry.ContentHash : null,
            ContentType = entry.HasContentType == 1 ? entry.ContentType.Value : null,
            Metadata = Sorted(entry.Metadata.Select(pair => KeyValuePair.Create(pair.Name.Value, pair.Value.Value))),
        }),
    ];

    internal static List<OneEntry> FromJson(byte[] text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 16 });
            return
            [
                .. document.RootElement.GetProperty("nodes").EnumerateObject()
                    .Where(node => node.Value.GetProperty("node_type").GetString() == "Leaf")
                    .SelectMany(node => node.Value.GetProperty("entries").EnumerateArray())
                    .Select(entry => FromJson(entry.GetProperty("key").GetString()!, entry.GetProperty("value"))),
            ];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new WalkException("CART-ONE-020", "catalog.bad-record", 1, error.Message, error);
        }
    }

    internal void Write(JsonText json, string? sha256)
    {
        json.BeginObject();
        json.Name("path").String(Path);
        json.Name("type").String(Types[Type]);
        json.Name("size").Number(Size);
        if (sha256 is not null)
        {
            json.Name("sha256").String(sha256);
        }

        json.Name("mode").String(Convert.ToString(Permissions, toBase: 8).PadLeft(4, '0'));
        json.Name("owner").String(Owner);
        json.Name("created").Number(Created);
        json.Name("modified").Number(Modified);
        if (ContentHash is not null)
        {
            json.Name("contentHash").String(Convert.ToHexStringLower(ContentHash));
        }

        if (ContentType is not null)
        {
            json.Name("contentType").String(ContentType);
        }

        if (Metadata.Count > 0)
        {
            json.Name("userMetadata").BeginObject();
            foreach ((string name, string value) in Metadata)
            {
                json.Name(name).String(value);
            }

            json.EndObject();
        }

        json.EndObject();
    }

    private static OneEntry FromJson(string path, JsonElement value) => new()
    {
        Path = path,
        Type = Array.IndexOf(["File", "Directory", "Symlink"], value.GetProperty("file_type").GetString()) is >= 0 and var type
            ? type
            : throw new WalkException("CART-ONE-030", "catalog.bad-record", 1, path),
        Size = value.GetProperty("size").GetUInt64(),
        Blocks = [.. value.GetProperty("blocks").EnumerateArray().Select(block => block.GetUInt64())],
        Created = value.GetProperty("created_at").GetUInt64(),
        Modified = value.GetProperty("modified_at").GetUInt64(),
        Permissions = value.GetProperty("permissions").GetUInt32(),
        Owner = value.GetProperty("owner").GetString()!,
        ContentHash = Optional(value, "content_hash") is { } hash ? [.. hash.EnumerateArray().Select(item => item.GetByte())] : null,
        ContentType = Optional(value, "content_type")?.GetString(),
        Metadata = Sorted(Optional(value, "user_metadata") is { } pairs
            ? pairs.EnumerateObject().Select(pair => KeyValuePair.Create(pair.Name, pair.Value.GetString()!))
            : []),
    };

    private static JsonElement? Optional(JsonElement value, string name) =>
        value.TryGetProperty(name, out JsonElement member) && member.ValueKind != JsonValueKind.Null ? member : null;

    private static List<KeyValuePair<string, string>> Sorted(IEnumerable<KeyValuePair<string, string>> pairs) =>
        [.. pairs.OrderBy(pair => Encoding.UTF8.GetBytes(pair.Key), Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right)))];
}
