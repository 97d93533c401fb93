using System.Text.Json;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary>An entry as <c>--json</c> gives it: names as they are, modes in octal, times in ISO 8601 to the nanosecond.</summary>
internal static class EntryJson
{
    /// <summary>Writes the members of an entry.</summary>
    public static void Write(Utf8JsonWriter json, CartridgeEntry entry, string? target)
    {
        json.WriteString("path", entry.Path);
        json.WriteString("type", Words.Type(entry.Type));
        json.WriteNumber("size", entry.Size);
        json.WriteString("mode", Words.Octal(entry.Mode));
        json.WriteNumber("uid", entry.Uid);
        json.WriteNumber("gid", entry.Gid);
        json.WriteString("owner", entry.Owner);
        json.WriteString("created", Words.ExactTime(entry.Created));
        json.WriteString("modified", Words.ExactTime(entry.Modified));
        if (target is not null)
        {
            json.WriteString("target", target);
        }
    }

    /// <summary>Writes the members that only <c>stat</c> gives.</summary>
    public static void WriteMore(Utf8JsonWriter json, CartridgeEntry entry, ContentStorage storage)
    {
        json.WriteNumber("file_id", entry.FileId);
        json.WriteNumber("chunk_size", entry.ChunkShift == 0 ? 0 : 1 << entry.ChunkShift);
        json.WriteBoolean("inline", entry.IsInline);
        json.WriteNumber("stored", storage.StoredBytes);
        json.WriteNumber("chunks", storage.Chunks);
        json.WriteNumber("lz4_chunks", storage.Lz4Chunks);
        json.WriteNumber("zstd_chunks", storage.ZstandardChunks);
        json.WriteString("codec", entry.Codec?.ToString());
        json.WriteString("sha256", entry.ContentHash is { } hash ? Convert.ToHexStringLower([.. hash]) : null);
        json.WriteString("content_type", entry.ContentType);
        WriteUserMetadata(json, entry.UserMetadata);
        json.WriteStartObject("extended_attributes");
        foreach (var (name, value) in entry.ExtendedAttributes)
        {
            json.WriteBase64String(name, value);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes the member for metadata of the user's own, which entries of every format have.</summary>
    public static void WriteUserMetadata(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        json.WriteStartObject("user_metadata");
        foreach (var (name, value) in metadata)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }
}
