using System.CommandLine;
using System.Globalization;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary><c>cart ls</c>: lists entries.</summary>
internal static class LsCommand
{
    /// <summary>What nobody knows of a folder that is only implied by what is in it.</summary>
    private const string Unknown = "-";

    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        var file = Common.File();
        var path = new Argument<string?>("PATH") { Description = "A folder, or one entry; by default the root.", Arity = ArgumentArity.ZeroOrOne };
        var isLong = new Option<bool>("-l") { Description = "With mode, owner, size, bytes stored, time (UTC), and where links lead." };
        var recursive = new Option<bool>("-R") { Description = "Everything below, with whole paths." };
        var (at, json) = (Common.At(), Common.Json());
        return new CartCommand("ls", "Lists what is in a container, one folder at a time.")
        {
            Arguments = { file, path },
            Options = { isLong, recursive, at, json },
            Examples =
            [
                new("cart ls site.cart", "the names at the root; folders end with /"),
                new("cart ls site.cart css -l", "what is in a folder, with all that matters"),
                new("cart ls site.cart -R", "every path"),
                new("cart ls site.cart -R --json | jq -r .path", "every path, for another program"),
                new("cart ls site.cart --at v1", "what was there when the snapshot v1 was made"),
            ],
            Remarks = "Where no terminal listens, -l separates its fields by tabs: mode, owner, group, size, stored, time, name.",
        }.Does(result => List(
            session,
            result.GetRequiredValue(file),
            SnapshotWord.Of(result.GetValue(at)),
            result.GetValue(path),
            new Style(result.GetValue(isLong), result.GetValue(recursive), result.GetValue(json))));
    }

    private static ExitCode List(Session session, string file, string? at, string? path, Style style) =>
        at is null && Older.Is(file) ? OlderReading.List(session, file, path, style.IsLong, style.IsRecursive, style.IsJson) : Containers.ReadAt(session, file, at, (_, container) =>
        {
            var folder = path is null ? "" : Paths.Argument(container, path);
            var listing = style.IsLong ? new Listing(session, "mode", "owner", "group", ">size", ">stored", "modified (UTC)", "name") : new Listing(session, "name");
            foreach (var item in Items(container, file, folder, style.IsRecursive))
            {
                var target = item.Entry is { Type: EntryType.SymbolicLink } && container.CanReadContent ? container.ReadLink(item.Path) : null;
                if (style.IsJson)
                {
                    WriteJson(session, item, target, style.IsLong && item.Entry is not null ? container.GetStorage(item.Path) : null);
                    continue;
                }

                var name = style.IsRecursive || item.Path == folder ? item.Path : item.Name;
                AddRow(container, listing, style.IsLong, item.Entry, IsFolder(item) ? $"{name}/" : name, target);
            }

            listing.End();
            return ExitCode.Fine;
        });

    private static IEnumerable<ListItem> Items(CartridgeView container, string file, string folder, bool isRecursive)
    {
        var entry = folder.Length == 0 ? null : container.FindEntry(folder);
        var below = folder.Length == 0 ? "" : $"{folder}/";
        if (folder.Length > 0 && entry is not { Type: EntryType.Directory } && !container.List(below).Any())
        {
            return [new ListItem(folder, entry ?? throw CliFailure.Missing($"{folder}: there is no such entry in {file}"))];
        }

        return isRecursive
            ? WithImplied(container.List(below), folder)
            : container.ListDirectory(folder).OrderBy(item => item.Path, StringComparer.Ordinal);
    }

    /// <summary>Entries, and before the first one in it, each folder that has no record of its own.</summary>
    private static IEnumerable<ListItem> WithImplied(IEnumerable<CartridgeEntry> entries, string folder)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            foreach (var above in Paths.Above(entry.Path).Where(above => above.Length > folder.Length && seen.Add(above)))
            {
                yield return new ListItem(above, null);
            }

            _ = entry.Type != EntryType.Directory || seen.Add(entry.Path);
            yield return new ListItem(entry.Path, entry);
        }
    }

    private static bool IsFolder(ListItem item) => item.Entry is null or { Type: EntryType.Directory };

    private static void AddRow(CartridgeView container, Listing listing, bool isLong, CartridgeEntry? entry, string name, string? target)
    {
        if (!isLong)
        {
            listing.Add(name);
        }
        else if (entry is null)
        {
            listing.Add(Words.Mode(EntryType.Directory, 0), Unknown, Unknown, Unknown, Unknown, Unknown, name);
        }
        else
        {
            listing.Add(
                Words.Mode(entry.Type, entry.Mode),
                entry.Owner.Length > 0 ? entry.Owner : entry.Uid.ToString(CultureInfo.InvariantCulture),
                entry.Gid.ToString(CultureInfo.InvariantCulture),
                entry.Size.ToString(CultureInfo.InvariantCulture),
                container.GetStorage(entry.Path).StoredBytes.ToString(CultureInfo.InvariantCulture),
                Words.Time(entry.Modified),
                target is null ? name : $"{name} -> {target}");
        }
    }

    private static void WriteJson(Session session, ListItem item, string? target, ContentStorage? storage) => JsonLines.Write(session.Output, json =>
    {
        if (item.Entry is { } entry)
        {
            EntryJson.Write(json, entry, target);
            if (storage is { } counted)
            {
                json.WriteNumber("stored", counted.StoredBytes);
            }
        }
        else
        {
            json.WriteString("path", item.Path);
            json.WriteString("type", Words.Type(EntryType.Directory));
            json.WriteBoolean("implied", true);
        }
    });

    private sealed record Style(bool IsLong, bool IsRecursive, bool IsJson);
}
