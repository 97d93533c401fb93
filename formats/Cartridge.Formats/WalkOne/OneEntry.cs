using System.Globalization;
using System.Text;
using System.Text.Json;
using Cartridge.Formats.Generated;
using Cartridge.Formats.Walk;
using static Cartridge.Formats.Walk.Check;

namespace Cartridge.Formats.WalkOne;

/// <summary>An entry of a catalog of format 1, from whichever encoding.</summary>
internal sealed class OneEntry
{
    private static readonly string[] Types = ["file", "directory", "symlink"];

    internal required string Path { get; init; }

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

    internal bool IsDirectory => Type == 1;

    internal bool IsEncrypted => Metadata.Contains(KeyValuePair.Create("encrypted", "true"));

    /// <summary>How many bytes are stored; null if an encrypted file says nothing that is a number.</summary>
    internal ulong? StoredLength => !IsEncrypted ? Size
        : ulong.TryParse(Metadata.Find(pair => pair.Key == "encrypted_size").Value, NumberStyles.None, CultureInfo.InvariantCulture, out ulong stored) ? stored
        : null;

    internal static IReadOnlyList<OneEntry> FromBlob(Cartridge1.CatalogBlob blob) =>
    [
        .. blob.Entries.Select(entry => new OneEntry
        {
            Path = TextOf(entry.Path),
            Type = (int)entry.FileType,
            Size = entry.Size,
            Blocks = entry.Blocks,
            Created = entry.Created,
            Modified = entry.Modified,
            Permissions = entry.Permissions,
            Owner = TextOf(entry.Owner),
            ContentHash = entry.HasContentHash == 1 ? entry.ContentHash : null,
            ContentType = entry.HasContentType == 1 ? TextOf(entry.ContentType) : null,
            Metadata = Sorted(entry.Metadata.Select(pair => KeyValuePair.Create(TextOf(pair.Name), TextOf(pair.Value)))),
        }),
    ];

    /// <summary>An entry out of JSON.</summary>
    /// <exception cref="Exception">A member is not there, or not what it should be: see <see cref="OneJson.Members"/>.</exception>
    internal static OneEntry FromJson(string path, JsonElement value)
    {
        int type = Array.IndexOf(["File", "Directory", "Symlink"], value.Text("file_type"));
        Require(type >= 0, "CART-ONE-030", "catalog.bad-record", 1, $"a type that is none: {path}");
        return new OneEntry
        {
            Path = path,
            Type = type,
            Size = value.Number("size"),
            Blocks = [.. value.GetProperty("blocks").EnumerateArray().Select(block => block.GetUInt64())],
            Created = value.Number("created_at"),
            Modified = value.Number("modified_at"),
            Permissions = value.GetProperty("permissions").GetUInt32(),
            Owner = value.Text("owner"),
            ContentHash = HashOf(value.GetProperty("content_hash")),
            ContentType = value.Optional("content_type")?.Text(),
            Metadata = Sorted(value.Optional("user_metadata")?.EnumerateObject().Select(pair => KeyValuePair.Create(pair.Name, pair.Value.Text())) ?? []),
        };
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

    private static byte[]? HashOf(JsonElement hash)
    {
        const int Length = 32;
        return hash.ValueKind == JsonValueKind.Null ? null
            : hash.GetArrayLength() == Length ? [.. hash.EnumerateArray().Select(item => item.GetByte())]
            : throw new FormatException("a content hash of another length");
    }

    private static string TextOf(Cartridge1.Text text)
    {
        Require(Utf8Text.IsValid(text.Bytes), "CART-ONE-026", "catalog.bad-record", 1, $"a string that is not UTF-8");
        return text.Value;
    }

    /// <summary>A map holds a name once: of two, the later replaces the earlier.</summary>
    private static List<KeyValuePair<string, string>> Sorted(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        SortedDictionary<byte[], KeyValuePair<string, string>> sorted = new(Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right)));
        foreach (KeyValuePair<string, string> pair in pairs)
        {
            sorted[Encoding.UTF8.GetBytes(pair.Key)] = pair;
        }

        return [.. sorted.Values];
    }
}
