using System.Collections.ObjectModel;
using Cartridge.Reference;

namespace Cartridge.Format1;

/// <summary>The catalog as a bincode blob, as version 0.2.7 writes it.</summary>
internal static partial class BlobCatalog
{
    /// <summary>A record with an empty path, an empty owner and nothing else.</summary>
    private const int SmallestEntry = 8 + 4 + 8 + 8 + 8 + 8 + 4 + 8 + 1 + 1 + 8;

    private const int SmallestPair = 16;
    private const int HashLength = 32;

    /// <summary>Reads entries until one cannot be read: behind it, nobody knows where the next begins.</summary>
    public static IReadOnlyList<Format1Entry> Read(PackedText text, Judge j)
    {
        var reader = new BlobReader(text.Data);
        _ = reader.U64();
        var count = text.IsWhole ? (ulong)reader.Count(SmallestEntry, "entries") : reader.U64();
        List<Format1Entry> entries = [];
        for (ulong i = 0; i < count && reader.Trouble is null; i++)
        {
            var start = reader.Offset;
            if (ReadEntry(ref reader, j, text) is { } entry)
            {
                entries.Add(entry);
            }

            if (reader.Trouble is { } trouble)
            {
                // What is cut off was reported as such; what stands there in full and makes no sense is another thing.
                _ = j.Skips(OneCatalogRule.Decode) || !text.IsWhole
                    || j.Fault(OneCatalogRule.Decode, text.At(start), $"entry {i + 1} of {count} cannot be read: {trouble}");
                return entries;
            }
        }

        _ = j.Skips(OneCatalogRule.Decode) || reader.Trouble is not { } end || !text.IsWhole
            || j.Fault(OneCatalogRule.Decode, text.At(reader.Offset), $"the catalog cannot be read: {end}");
        return entries;
    }

    private static Format1Entry? ReadEntry(ref BlobReader reader, Judge j, PackedText text)
    {
        var start = reader.Offset;
        var path = reader.Text("the path");
        var type = reader.U32();
        var size = reader.U64();
        var blocks = reader.Numbers("blocks");
        var created = reader.U64();
        var modified = reader.U64();
        var permissions = reader.U32();
        var owner = reader.Text("the owner");
        var hash = reader.Option("the content hash") ? reader.Take(HashLength).ToArray() : null;
        var contentType = reader.Option("the content type") ? reader.Text("the content type") : null;
        var metadata = ReadPairs(ref reader);
        if (reader.Trouble is not null)
        {
            return null;
        }

        _ = j.Skips(OneEntryRule.Type) || type <= 2 || j.Fault(OneEntryRule.Type, text.At(start) with { Owner = path }, $"file type {type}; 0, 1 and 2 are known");
        return new Format1Entry
        {
            Path = path,
            Type = type switch { 1 => EntryType.Directory, 2 => EntryType.SymbolicLink, _ => EntryType.File },
            Size = size,
            Blocks = blocks,
            Created = created,
            Modified = modified,
            Permissions = permissions,
            Owner = owner,
            ContentHash = hash,
            ContentType = contentType,
            UserMetadata = metadata,
        };
    }

    private static IReadOnlyDictionary<string, string> ReadPairs(ref BlobReader reader)
    {
        var count = reader.Count(SmallestPair, "pairs of user metadata");
        if (count == 0)
        {
            return ReadOnlyDictionary<string, string>.Empty;
        }

        Dictionary<string, string> pairs = new(StringComparer.Ordinal);
        for (var i = 0; i < count && reader.Trouble is null; i++)
        {
            var name = reader.Text("a name of user metadata");
            pairs[name] = reader.Text("a value of user metadata");
        }

        return pairs;
    }
}
