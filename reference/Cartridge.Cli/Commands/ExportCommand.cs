using System.CommandLine;
using System.Text.Json;
using Cartridge.Format1;

namespace Cartridge.Cli;

/// <summary><c>cart export</c>: makes a container of format 1 of one of format 3, for programs that know no other.</summary>
internal static class ExportCommand
{
    private const int OnlyFormat = 1;

    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        var container = Common.FileName("NEW", "The container of format 3. It is only read.");
        var made = Common.FileName("OLD", "The container of format 1 to make. Nothing may have that name yet.");
        var format = new Option<int>("--format") { HelpName = "1", Required = true, Description = "The format to write; 1 is the only one." };
        format.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: not "1" }])
            {
                result.AddError($"--format takes {OnlyFormat}, the only other format there is");
            }
        });
        var dryRun = new Option<bool>("--dry-run") { Description = "Finds all that format 1 cannot hold, and writes nothing." };
        var skip = new Option<bool>("--skip-unsupported") { Description = "Leaves out what format 1 cannot hold, and writes the rest." };
        var decrypt = new Option<bool>("--decrypt") { Description = "Writes the contents of an encrypted container for everybody to read." };
        var at = Common.At();
        var json = Common.Json();
        return new CartCommand("export", "Makes a container of format 1 of one of format 3.")
        {
            Arguments = { container, made },
            Options = { format, at, dryRun, skip, decrypt, json },
            Examples =
            [
                new("cart export --format 1 new.cart old.cart --dry-run", "says what format 1 cannot hold"),
                new("cart export --format 1 new.cart old.cart", "writes it, if that is nothing: old.cart is there whole, or not at all"),
                new("cart export --format 1 new.cart old.cart --skip-unsupported", "writes the rest"),
                new("cart export --format 1 new.cart old.cart --at v1", "a snapshot: format 1 holds one state"),
                new("cart export --format 1 safe.cart old.cart --key-file key", "encrypts each file under the same key"),
            ],
            Remarks =
                """
                What is written is what version 0.2.7 of the old programs writes. Times become seconds, and of an owner the name is
                kept. All else that format 1 cannot hold is named, with its entry, before anything is written: times before 1970,
                extended attributes, snapshots, user metadata named as that of encrypted files, a catalog beyond 2 MB (about 1 GB
                of content). Then the exit code is 1 and nothing is written, unless --skip-unsupported says so; it is 1 then too.
                Format 1 knows keys and no passphrases.
                """,
        }.Does(result => Export(
            session,
            result.GetRequiredValue(container),
            result.GetRequiredValue(made),
            SnapshotWord.Of(result.GetValue(at)),
            new Format1ExportOptions
            {
                IsTrial = result.GetValue(dryRun),
                SkipsUnsupported = result.GetValue(skip),
                Decrypts = result.GetValue(decrypt),
            },
            result.GetValue(json)));
    }

    private static ExitCode Export(Session session, string file, string made, string? at, Format1ExportOptions options, bool isJson)
    {
        if (Older.Is(file))
        {
            throw CliFailure.Missing($"{file}: is a container of format 1 already");
        }

        session.GoOnUnread();
        using var interruption = new Interruption("nothing was written");
        return Containers.ReadAt(session, file, at, (container, _) =>
        {
            interruption.Begin();
            var work = new Work(session.Status, "exporting", interruption);
            var report = Format1Export.Export(container, made, options with
            {
                Key = container.IsEncrypted ? session.Keys.GetBytes() : null,
                OnEntry = _ => work.Begin(),
                OnPortion = work.Pass,
            }, at);
            session.Status.Erase();
            Tell(session, file, made, options, report, isJson);
            return report.IsWhole ? ExitCode.Fine : ExitCode.Invalid;
        }, needsContent: true);
    }

    private static void Tell(Session session, string file, string made, Format1ExportOptions options, Format1ExportReport report, bool isJson)
    {
        foreach (var entry in report.Entries)
        {
            Tell(session, entry, report.MayWrite, isJson);
        }

        foreach (var trouble in report.Troubles)
        {
            Tell(session, file, trouble, isJson);
        }

        foreach (var remark in report.Remarks)
        {
            session.Note($"{made}: {remark}");
        }

        if (isJson)
        {
            return;
        }

        foreach (var remark in report.Entries.Where(entry => entry.IsTaken).SelectMany(entry => entry.Remarks).CountBy(remark => remark))
        {
            session.Note($"{made}: {Words.Count(remark.Value, "entry", "entries")}: {remark.Key}");
        }

        var taken = Words.Count(report.Entries.Count(entry => entry.IsTaken), "entry", "entries");
        session.Line(
            !report.MayWrite ? $"{made}: not written: format 1 cannot hold all of {file}"
            : $"{made}: {(options.IsTrial ? "would hold" : "holds")} {taken} of {report.Entries.Count}",
            report.IsWhole ? Tone.Good : Tone.Bad);
    }

    private static void Tell(Session session, string file, Format1Trouble trouble, bool isJson)
    {
        if (!isJson)
        {
            session.Line($"{file}: {trouble.Message} ({trouble.Reason})", Tone.Bad);
            return;
        }

        JsonLines.Write(session.Output, json =>
        {
            json.WriteNull("path");
            json.WriteBoolean("taken", false);
            WriteTroubles(json, [trouble]);
            JsonLines.WriteStrings(json, "remarks", []);
        });
    }

    private static void Tell(Session session, Format1ExportedEntry entry, bool isWritten, bool isJson)
    {
        if (isJson)
        {
            JsonLines.Write(session.Output, json =>
            {
                json.WriteString("path", entry.Path);
                json.WriteBoolean("taken", entry.IsTaken && isWritten);
                WriteTroubles(json, entry.Troubles);
                JsonLines.WriteStrings(json, "remarks", entry.Remarks);
            });
            return;
        }

        foreach (var trouble in entry.Troubles)
        {
            var left = !isWritten ? "" : trouble.TakesEntry ? "LEFT OUT: " : "left out of it: ";
            session.Line($"{entry.Path}: {left}{trouble.Message} ({trouble.Reason})", Tone.Bad);
        }
    }

    private static void WriteTroubles(Utf8JsonWriter json, IReadOnlyList<Format1Trouble> troubles)
    {
        json.WriteStartArray("unsupported");
        foreach (var trouble in troubles)
        {
            json.WriteStartObject();
            json.WriteString("reason", trouble.Reason);
            json.WriteString("message", trouble.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
