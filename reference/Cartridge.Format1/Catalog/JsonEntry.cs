using System.Collections.ObjectModel;
using System.Text.Json;
using Cartridge.Reference;

namespace Cartridge.Format1;

/// <summary>An entry of a leaf of the JSON catalog.</summary>
internal static class JsonEntry
{
    private const int HashLength = 32;

    /// <summary>The type of that name, if it is one.</summary>
    public static EntryType? TypeOf(string? name) => name switch
    {
        "File" => EntryType.File,
        "Directory" => EntryType.Directory,
        "Symlink" => EntryType.SymbolicLink,
        _ => null,
    };

    /// <summary>Reads an entry.</summary>
    /// <param name="item">Its object.</param>
    /// <param name="trouble">The first thing that is missing or not what it should be; null if all is there.</param>
    /// <returns>The entry as far as it can be read, or null if it has not even a path.</returns>
    public static Format1Entry? Read(JsonElement? item, out string? trouble)
    {
        var value = item.Member("value", JsonValueKind.Object);
        if (item.Text("key") is not { } path || value is null)
        {
            trouble = "no key or no value";
            return null;
        }

        var metadata = ReadPairs(value);
        var hash = value.Numbers("content_hash");
        trouble =
            value.Text("file_type") is null ? "no file_type"
            : value.Number("size") is null ? "no size"
            : value.Numbers("blocks") is null ? "no list of blocks"
            : value.Number("created_at") is null || value.Number("modified_at") is null ? "no times"
            : value.Number("permissions") is null or > uint.MaxValue ? "no permissions"
            : value.Text("owner") is null ? "no owner"
            : !value.IsAbsent("content_hash") && (hash is not { Length: HashLength } || hash.Any(item => item > byte.MaxValue)) ? "a content_hash that is not 32 bytes"
            : !value.IsAbsent("content_type") && value.Text("content_type") is null ? "a content_type that is no text"
            : metadata is null ? "user_metadata that is not pairs of texts"
            : null;
        return new Format1Entry
        {
            Path = path,
            Type = TypeOf(value.Text("file_type")) ?? EntryType.File,
            Size = value.Number("size") ?? 0,
            Blocks = value.Numbers("blocks") ?? [],
            Created = value.Number("created_at") ?? 0,
            Modified = value.Number("modified_at") ?? 0,
            Permissions = (uint)Math.Min(value.Number("permissions") ?? 0, uint.MaxValue),
            Owner = value.Text("owner") ?? "",
            ContentHash = trouble is null && hash is not null ? [.. hash.Select(item => (byte)item)] : null,
            ContentType = value.Text("content_type"),
            UserMetadata = metadata ?? ReadOnlyDictionary<string, string>.Empty,
        };
    }

    private static IReadOnlyDictionary<string, string>? ReadPairs(JsonElement? value)
    {
        if (value.IsAbsent("user_metadata"))
        {
            return ReadOnlyDictionary<string, string>.Empty;
        }

        if (value.Member("user_metadata", JsonValueKind.Object) is not { } pairs)
        {
            return null;
        }

        Dictionary<string, string> texts = new(StringComparer.Ordinal);
        foreach (var pair in pairs.EnumerateObject())
        {
            if (pair.NameText() is not { } name || ((JsonElement?)pair.Value).AsText() is not { } text)
            {
                return null;
            }

            texts[name] = text;
        }

        return texts;
    }
}
