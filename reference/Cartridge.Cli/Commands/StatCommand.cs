using System.CommandLine;
using System.Globalization;
using System.Text;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary><c>cart stat</c>: says all that is known of a container, or of entries.</summary>
internal static class StatCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        var file = Common.File();
        var paths = Common.PathsIn("Entries; without any, the container itself.", isRequired: false);
        var (at, json) = (Common.At(), Common.Json());
        return new CartCommand("stat", "Says all that is known of a container, or of entries in it.")
        {
            Arguments = { file, paths },
            Options = { at, json },
            Examples =
            [
                new("cart stat site.cart", "identity, generation, state hash, space"),
                new("cart stat site.cart index.html", "every field of an entry"),
                new("cart stat site.cart index.html --at v1", "every field that it had in the snapshot v1"),
                new("cart stat site.cart --json | jq -r .state_hash", "one field, for another program"),
            ],
            Remarks = "The state hash authenticates everything in the container: two states with the same hash are the same.",
        }.Does(result => Print(
            session,
            result.GetRequiredValue(file),
            SnapshotWord.Of(result.GetValue(at)),
            result.GetRequiredValue(paths),
            result.GetValue(json)));
    }

    private static ExitCode Print(Session session, string file, string? at, string[] paths, bool isJson) =>
        at is null && Older.Is(file) ? OlderReading.Stat(session, file, paths, isJson) : Containers.ReadAt(session, file, at, (whole, container) =>
        {
            if (paths.Length == 0 && at is not null)
            {
                SnapshotFacts.Print(session, SnapshotWord.Find(whole, file, at), container.GetStatistics(), isJson);
                return ExitCode.Fine;
            }

            if (paths.Length == 0)
            {
                PrintContainer(session, file, whole, isJson);
                return ExitCode.Fine;
            }

            var code = ExitCode.Fine;
            foreach (var path in paths.Select(path => Paths.Argument(container, path)).ToList())
            {
                if (container.FindEntry(path) is { } entry)
                {
                    PrintEntry(session, container, whole.DefaultCodec, entry, isJson);
                }
                else
                {
                    var isImplied = container.List($"{path}/").Any();
                    session.Error(isImplied ? $"{path}: has no record; it is implied by what is in it" : $"{path}: there is no such entry in {file}");
                    code = ExitCode.Invalid;
                }
            }

            return code;
        });

    private static void PrintContainer(Session session, string file, CartridgeFile container, bool isJson)
    {
        var statistics = container.GetStatistics();
        var length = new FileInfo(file).Length;
        var checksum = container.ContentChecksum == ContentChecksum.Crc32C ? "CRC-32C" : "SHA-256";
        var stateHash = Convert.ToHexStringLower(container.StateHash());
        if (isJson)
        {
            JsonLines.Write(session.Output, json =>
            {
                json.WriteString("file", file);
                json.WriteString("format", "3.0");
                json.WriteString("id", container.Id.ToString());
                json.WriteString("slug", container.Slug);
                json.WriteString("title", container.Title);
                json.WriteString("created", Words.ExactTime(container.Created));
                json.WriteString("content_checksum", checksum);
                json.WriteBoolean("encrypted", container.IsEncrypted);
                json.WriteString("default_codec", container.DefaultCodec.ToString());
                json.WriteNumber("generation", container.Generation);
                json.WriteString("state_hash", stateHash);
                SnapshotFacts.WriteCounts(json, statistics);
                json.WriteNumber("total_blocks", container.TotalBlocks);
                json.WriteNumber("free_blocks", container.FreeBlocks);
                json.WriteNumber("file_bytes", length);
            });
            return;
        }

        var facts = new Facts();
        facts.Add("file", file);
        facts.Add("format", "3.0");
        facts.Add("id", container.Id.ToString());
        facts.Add("slug", container.Slug);
        facts.Add("title", container.Title);
        facts.Add("created", Words.ExactTime(container.Created));
        facts.Add("content checksum", checksum);
        facts.Add("encrypted", container.IsEncrypted ? "yes" : "no");
        facts.Add("codec", container.DefaultCodec.ToString());
        facts.Add("generation", Number(container.Generation));
        facts.Add("state hash", stateHash);
        facts.Add("files", Number(statistics.Files));
        facts.Add("directories", Number(statistics.Directories));
        facts.Add("symlinks", Number(statistics.SymbolicLinks));
        facts.Add("content", $"{statistics.LogicalBytes.ToString(CultureInfo.InvariantCulture)} bytes, {Number(statistics.StoredBytes + statistics.InlineBytes)} stored");
        facts.Add("blocks", $"{Number(container.TotalBlocks)}, {Number(container.FreeBlocks)} of them free");
        facts.Add("file length", $"{length.ToString(CultureInfo.InvariantCulture)} bytes");
        facts.Print(session.Output);
    }

    private static void PrintEntry(Session session, CartridgeView container, CodecChoice defaultCodec, CartridgeEntry entry, bool isJson)
    {
        var target = entry.Type == EntryType.SymbolicLink && container.CanReadContent ? container.ReadLink(entry.Path) : null;
        var storage = container.GetStorage(entry.Path);
        if (isJson)
        {
            JsonLines.Write(session.Output, json =>
            {
                EntryJson.Write(json, entry, target);
                EntryJson.WriteMore(json, entry, storage);
            });
            return;
        }

        var facts = new Facts();
        facts.Add("path", entry.Path);
        facts.Add("type", Words.Type(entry.Type));
        if (target is not null)
        {
            facts.Add("target", target);
        }

        facts.Add("size", $"{entry.Size.ToString(CultureInfo.InvariantCulture)} bytes");
        facts.Add("mode", $"{Words.Octal(entry.Mode)} ({Words.Mode(entry.Type, entry.Mode)})");
        facts.Add("uid", Number(entry.Uid));
        facts.Add("gid", Number(entry.Gid));
        facts.Add("owner", entry.Owner);
        facts.Add("created", Words.ExactTime(entry.Created));
        facts.Add("modified", Words.ExactTime(entry.Modified));
        if (entry.Type != EntryType.Directory)
        {
            facts.Add("file id", Number(entry.FileId));
            facts.Add("content", entry.IsInline ? "in the record" : $"in chunks of {Number(1UL << entry.ChunkShift)} bytes");
            facts.Add("stored", $"{storage.StoredBytes.ToString(CultureInfo.InvariantCulture)} bytes{Encoded(storage)}");
            facts.Add("codec", entry.Codec?.ToString() ?? $"{defaultCodec}, as the container says");
            facts.Add("sha-256", entry.ContentHash is { } hash ? Convert.ToHexStringLower([.. hash]) : "not recorded");
        }

        AddAttributes(facts, entry);
        facts.Print(session.Output);
    }

    private static string Encoded(ContentStorage storage) => storage.Lz4Chunks + storage.ZstandardChunks == 0 ? "" : string.Create(
        CultureInfo.InvariantCulture, $" ({storage.Lz4Chunks} chunks lz4, {storage.ZstandardChunks} zstd, of {storage.Chunks})");

    private static void AddAttributes(Facts facts, CartridgeEntry entry)
    {
        if (entry.ContentType is { } contentType)
        {
            facts.Add("content type", contentType);
        }

        foreach (var (name, value) in entry.UserMetadata)
        {
            facts.Add("user metadata", $"{name} = {value}");
        }

        foreach (var (name, value) in entry.ExtendedAttributes)
        {
            var isText = System.Text.Unicode.Utf8.IsValid(value);
            facts.Add("extended attribute", $"{name} = {(isText ? Encoding.UTF8.GetString(value) : Convert.ToHexStringLower(value))}");
        }
    }

    private static string Number(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
