using System.Globalization;
using System.Text.Json;
using Cartridge.Format1;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary>What <c>ls</c>, <c>cat</c>, <c>stat</c> and <c>verify</c> say of containers of format 1. Paths are those that the container has.</summary>
internal static class OlderReading
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Prints contents.</summary>
    public static ExitCode Cat(Session session, string file, string[] paths) => Older.Read(session, file, container =>
    {
        var code = ExitCode.Fine;
        foreach (var path in paths)
        {
            switch (container.Find(path))
            {
                case { Type: EntryType.File } entry:
                    container.CopyTo(entry, session.OutputBytes);
                    break;
                case { } entry:
                    session.Error($"{path}: is a {Words.Type(entry.Type)}");
                    code = ExitCode.Invalid;
                    break;
                default:
                    session.Error($"{path}: there is no such file in {file}");
                    code = ExitCode.Invalid;
                    break;
            }
        }

        return code;
    });

    /// <summary>Lists entries: those directly below a folder, or, recursively, all below it.</summary>
    public static ExitCode List(Session session, string file, string? path, bool isLong, bool isRecursive, bool isJson) => Older.Read(session, file, container =>
    {
        var folder = (path ?? "").Trim('/');
        var below = folder.Length == 0 ? "" : $"{folder}/";
        var chosen = container.Entries.Where(entry => IsChosen(entry.Path.TrimStart('/'), folder, below, isRecursive)).ToList();
        if (chosen.Count == 0 && folder.Length > 0)
        {
            throw CliFailure.Missing($"{path}: there is no such entry in {file}");
        }

        var listing = isLong ? new Listing(session, "mode", "owner", ">size", ">stored", "modified (UTC)", "name") : new Listing(session, "name");
        foreach (var entry in chosen)
        {
            if (isJson)
            {
                JsonLines.Write(session.Output, json => Write(json, entry));
                continue;
            }

            var name = entry.Type == EntryType.Directory ? $"{entry.Path}/" : entry.Path;
            if (isLong)
            {
                listing.Add(
                    Words.Mode(entry.Type, (int)(entry.Permissions & 0xFFF)), entry.Owner, Number(entry.Size), Number((ulong)entry.Blocks.Count * Format.PageSize),
                    Words.Time(Nanoseconds(entry.Modified)), name);
            }
            else
            {
                listing.Add(name);
            }
        }

        listing.End();
        return ExitCode.Fine;
    });

    /// <summary>Says all of a container, or of entries.</summary>
    public static ExitCode Stat(Session session, string file, string[] paths, bool isJson) => Older.Read(session, file, container =>
    {
        var code = ExitCode.Fine;
        if (paths.Length == 0)
        {
            Print(session, isJson, json => WriteContainer(json, file, container));
        }

        foreach (var path in paths)
        {
            if (container.Find(path) is { } entry)
            {
                Print(session, isJson, json => Write(json, entry));
            }
            else
            {
                session.Error($"{path}: there is no such entry in {file}");
                code = ExitCode.Invalid;
            }
        }

        return code;
    });

    /// <summary>Verifies a container.</summary>
    /// <param name="session">Where to say things.</param>
    /// <param name="file">The container.</param>
    /// <param name="refusal">Why it is not what was expected, however valid; null if nothing was.</param>
    /// <param name="isJson">Whether a program is told.</param>
    public static ExitCode Verify(Session session, string file, Refusal? refusal, bool isJson)
    {
        var report = Format1Verifier.Verify(file, new Format1VerifyOptions { Key = session.Keys.GetBytes() });
        if (isJson)
        {
            JsonLines.Write(session.Output, json => WriteReport(json, file, report, refusal));
        }
        else
        {
            foreach (var finding in report.Findings)
            {
                session.Line($"{file}: {finding}", finding.Severity == Severity.Error ? Tone.Bad : Tone.Doubtful);
            }

            var errors = report.Findings.Count(finding => finding.Severity == Severity.Error);
            var notes = report.Findings.Count(finding => finding.Severity == Severity.Note);
            session.Line(
                report.IsValid
                    ? $"{file}: valid as far as format 1 can tell{(notes == 0 ? "" : $", {Words.Count(notes, "note", "notes")}")}: {Words.Count(report.Entries.Count, "entry", "entries")} in {Number(report.TotalBlocks)} blocks"
                    : $"{file}: NOT VALID, {Words.Count(errors, "error", "errors")}",
                report.IsValid ? Tone.Good : Tone.Bad);
            if (refusal is not null)
            {
                session.Line($"{file}: REFUSED: {refusal.Message}", Tone.Bad);
            }
        }

        return !report.IsValid ? ExitCode.Invalid : refusal is null ? ExitCode.Fine : ExitCode.Refuted;
    }

    private static bool IsChosen(string path, string folder, string below, bool isRecursive) =>
        path == folder && folder.Length > 0 && isRecursive is false
            ? true
            : path.StartsWith(below, StringComparison.Ordinal) && (isRecursive || !path[below.Length..].TrimEnd('/').Contains('/', StringComparison.Ordinal));

    private static void Write(Utf8JsonWriter json, Format1Entry entry)
    {
        json.WriteString("path", entry.Path);
        json.WriteString("type", Words.Type(entry.Type));
        json.WriteNumber("size", entry.Size);
        json.WriteString("mode", Convert.ToString(entry.Permissions, 8).PadLeft(4, '0'));
        json.WriteString("owner", entry.Owner);
        json.WriteString("created", Words.ExactTime(Nanoseconds(entry.Created)));
        json.WriteString("modified", Words.ExactTime(Nanoseconds(entry.Modified)));
        json.WriteNumber("blocks", entry.Blocks.Count);
        json.WriteBoolean("encrypted", entry.IsEncrypted);
        json.WriteString("sha256", entry.ContentHash is { } hash ? Convert.ToHexStringLower([.. hash]) : null);
        json.WriteString("content_type", entry.ContentType);
        EntryJson.WriteUserMetadata(json, entry.UserMetadata);
    }

    private static void WriteContainer(Utf8JsonWriter json, string file, Format1File container)
    {
        var manifest = container.Manifest;
        json.WriteString("file", file);
        json.WriteString("format", "1.0");
        json.WriteString("encoding", container.Encoding.ToString().ToLowerInvariant());
        json.WriteString("slug", manifest?.Slug);
        json.WriteString("title", manifest?.Title);
        json.WriteNumber("files", container.Entries.Count(entry => entry.Type == EntryType.File));
        json.WriteNumber("directories", container.Entries.Count(entry => entry.Type == EntryType.Directory));
        json.WriteNumber("symlinks", container.Entries.Count(entry => entry.Type == EntryType.SymbolicLink));
        json.WriteNumber("total_blocks", container.Header.TotalBlocks);
        json.WriteNumber("free_blocks", container.Header.FreeBlocks);
        json.WriteNumber("s3_versioning", container.Header.VersioningFuse);
        json.WriteNumber("s3_acl", container.Header.AclFuse);
        json.WriteNumber("s3_sse", container.Header.EncryptionFuse);
    }

    private static void WriteReport(Utf8JsonWriter json, string file, Format1Report report, Refusal? refusal)
    {
        json.WriteString("file", file);
        json.WriteString("format", "1.0");
        json.WriteBoolean("valid", report.IsValid);
        if (refusal is not null)
        {
            json.WriteBoolean("as_expected", false);
            refusal.Write(json);
        }

        json.WriteNumber("entries", report.Entries.Count);
        json.WriteNumber("total_blocks", report.TotalBlocks);
        FindingJson.WriteAll(json, report.Findings);
    }

    /// <summary>Members as a JSON line, or each on a line of its own.</summary>
    private static void Print(Session session, bool isJson, Action<Utf8JsonWriter> write)
    {
        if (isJson)
        {
            JsonLines.Write(session.Output, write);
            return;
        }

        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        using var document = JsonDocument.Parse(bytes.ToArray());
        var facts = new Facts();
        foreach (var member in document.RootElement.EnumerateObject().Where(member => member.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Object)))
        {
            facts.Add(member.Name.Replace('_', ' '), member.Value.ToString());
        }

        foreach (var pair in document.RootElement.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Object).SelectMany(member => member.Value.EnumerateObject()))
        {
            facts.Add(pair.Name, pair.Value.ToString());
        }

        facts.Print(session.Output);
    }

    private static long Nanoseconds(ulong seconds) => (long)Math.Min(seconds, (ulong)(long.MaxValue / NanosecondsPerSecond)) * NanosecondsPerSecond;

    private static string Number(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
