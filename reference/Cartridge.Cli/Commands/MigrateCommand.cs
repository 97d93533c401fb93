using System.CommandLine;
using Cartridge.Format1;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary><c>cart migrate</c>: makes a container of format 3 of one of format 1.</summary>
internal static class MigrateCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        var old = Common.FileName("OLD", "The container of format 1. It is only read.");
        var made = Common.FileName("NEW", "The container to make. Nothing may have that name yet.");
        var dryRun = new Option<bool>("--dry-run") { Description = "Does everything, tells everything, and keeps nothing." };
        var snapshots = new Option<string?>("--snapshots") { HelpName = "DIR", Description = "The folder with snapshot folders of OLD; those that hold pages become snapshots." };
        var salvage = new Option<bool>("--salvage") { Description = "Takes the whole files of a container whose catalog is damaged." };
        var json = Common.Json();
        return new CartCommand("migrate", "Makes a container of format 3 of one of format 1.")
        {
            Arguments = { old, made },
            Options = { dryRun, snapshots, salvage, json },
            Examples =
            [
                new("cart migrate old.cart new.cart --dry-run", "says what would become of each entry"),
                new("cart migrate old.cart new.cart", "does it: new.cart is there whole, or not at all"),
                new("cart migrate old.cart new.cart --snapshots snaps", "with its snapshots"),
                new("cart migrate safe.cart new.cart --key-file key", "decrypts files, and encrypts them anew under the same key"),
            ],
            Remarks =
                """
                Paths lose the slashes at their ends, and several in a row become one. Entries whose paths format 3 cannot have, or
                that would be one with another, are listed and make the exit code 1, as does anything else that is left behind; the
                rest is in NEW. The fuses are kept in .cartridge/format-1.json. Check OLD with 'cart verify' first: nothing in format 1
                tells whether a content is what was once written.
                """,
        }.Does(result => Migrate(
            session,
            result.GetRequiredValue(old),
            result.GetRequiredValue(made),
            new Format1MigrationOptions
            {
                Key = session.Keys.GetBytes(),
                IsTrial = result.GetValue(dryRun),
                SnapshotFolder = result.GetValue(snapshots),
                Salvage = result.GetValue(salvage),
            },
            result.GetValue(json)));
    }

    private static ExitCode Migrate(Session session, string old, string made, Format1MigrationOptions options, bool isJson) => Containers.Naming(old, () =>
    {
        if (!Older.Is(old))
        {
            // Says what the file is instead; the magic number of a format 2 that never was is one of the answers.
            CartridgeFile.OpenReadOnly(old).Dispose();
            throw CliFailure.Missing($"{old}: is a container of format 3 already");
        }

        session.GoOnUnread();
        using var interruption = new Interruption("nothing was migrated");
        interruption.Begin();
        var work = new Work(session.Status, "migrating", interruption);
        var report = Format1Migration.Migrate(old, made, options with { OnEntry = _ => work.Begin() });
        session.Status.Erase();
        foreach (var entry in report.Entries)
        {
            Tell(session, entry, isJson);
        }

        foreach (var snapshot in report.Snapshots)
        {
            session.Note($"{made}: {(options.IsTrial ? "would have" : "has")} the snapshot {snapshot}");
        }

        foreach (var remark in report.Remarks)
        {
            session.Error($"{old}: {remark}");
        }

        if (!isJson)
        {
            var taken = report.Entries.Count(entry => entry.IsTaken);
            session.Line(
                $"{made}: {(options.IsTrial ? "would hold" : "holds")} {taken} of {Words.Count(report.Entries.Count, "entry", "entries")}{(report.Snapshots.Count == 0 ? "" : $" and {Words.Count(report.Snapshots.Count, "snapshot", "snapshots")}")}",
                report.IsWhole ? Tone.Good : Tone.Bad);
        }

        return report.IsWhole ? ExitCode.Fine : ExitCode.Invalid;
    });

    private static void Tell(Session session, Format1MigratedEntry entry, bool isJson)
    {
        if (isJson)
        {
            JsonLines.Write(session.Output, json =>
            {
                json.WriteString("path", entry.Path);
                json.WriteString("new_path", entry.NewPath);
                json.WriteBoolean("taken", entry.IsTaken);
                JsonLines.WriteStrings(json, "remarks", entry.Remarks);
            });
            return;
        }

        foreach (var remark in entry.Remarks)
        {
            session.Line($"{(entry.Path.Length == 0 ? "(the empty path)" : entry.Path)}: {(entry.IsTaken ? "" : "LEFT BEHIND: ")}{remark}", entry.IsTaken ? Tone.Doubtful : Tone.Bad);
        }
    }
}
