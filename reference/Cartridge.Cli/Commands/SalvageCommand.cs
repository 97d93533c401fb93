using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Cartridge.Codecs;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary><c>cart salvage</c>: gets out of a broken container what is left.</summary>
internal static class SalvageCommand
{
    private const int ShownRanges = 3;

    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        var broken = Common.File("The broken container. It is only read.");
        var output = Common.FileName("OUT", "The new container. Nothing may have that name yet.");
        var at = new Option<string?>("--at") { HelpName = "NAME", Description = "Salvages a snapshot instead of the current state." };
        var json = Common.Json();
        return new CartCommand("salvage", "Copies what is left of a broken container into a new one.")
        {
            Arguments = { broken, output },
            Options = { at, json },
            Examples =
            [
                new("cart salvage broken.cart saved.cart", "names what is not whole, and says how much is"),
                new("cart salvage broken.cart v1.cart --at v1", "the same with what the snapshot v1 held"),
                new("cart salvage broken.cart saved.cart --json | jq -c 'select(.outcome != \"whole\")'", "the same for another program"),
            ],
            Remarks =
                """
                Every byte that is copied has its checksum. An entry is whole, partial (the missing ranges read as zero), or lost
                (not copied). What no hash proves to be the last state was found on old pages: it is marked "unproven", and may be
                older or deleted. Contents without a name go to lost+found/. Snapshots that were found
                are named, and salvaged one by one with --at.
                Exit code 0 means that everything is there as it was; 1 that something is missing or unproven. OUT gets its name when
                all that is left is in it. Of an encrypted container nothing is copied without its key, but all is reported.
                """,
        }.Does(result => Salvage(session, result.GetRequiredValue(broken), result.GetRequiredValue(output), SnapshotWord.Of(result.GetValue(at)), result.GetValue(json)));
    }

    private static ExitCode Salvage(Session session, string broken, string output, string? at, bool isJson)
    {
        using var key = session.Keys.Get();
        if (Path.Exists(output))
        {
            throw CliFailure.Missing($"{output}: is there already, and is not replaced");
        }

        using var file = FileMedium.Open(broken, readOnly: true);
        if (Older.Is(file))
        {
            throw new CliFailure(ExitCode.Invalid, $"{broken}: is a container of format 1; 'cart migrate --salvage' takes what is whole of a damaged one");
        }

        using var interruption = new Interruption("nothing was salvaged");
        interruption.Begin();
        session.GoOnUnread();
        var medium = new WatchedMedium(file, session.Status, $"salvaging {Path.GetFileName(broken)}", interruption);
        var options = new SalvageOptions
        {
            Key = key,
            Codecs = SystemCodecs.All,
            Snapshot = at,
            Each = entry => Tell(session, entry, isJson),
        };
        var report = SnapshotWord.Naming(broken, at, () => Containers.Naming(broken, () => Salvager.Salvage(medium, output, options)));
        session.Status.Erase();
        if (isJson)
        {
            WriteJson(session, broken, output, report);
        }
        else
        {
            Print(session, broken, output, report);
        }

        return report.IsComplete ? ExitCode.Fine : ExitCode.Invalid;
    }

    /// <summary>A person hears of what is not as it was, a program of everything.</summary>
    private static void Tell(Session session, SalvagedEntry entry, bool isJson)
    {
        if (isJson)
        {
            JsonLines.Write(session.Output, json => WriteJson(json, entry));
            return;
        }

        if (entry is { Outcome: SalvageOutcome.Whole, IsProven: true })
        {
            return;
        }

        var outcome = entry.Outcome.ToString().ToLowerInvariant();
        var reason = entry.Reason is null ? "" : $": {entry.Reason}";
        var ranges = entry.Outcome == SalvageOutcome.Partial ? $", missing {Ranges(entry)}" : "";
        session.Line(
            $"{entry.Path}: {outcome}{(entry.IsProven ? "" : ", unproven")}{reason}{ranges}",
            entry.Outcome == SalvageOutcome.Whole ? Tone.Doubtful : Tone.Bad);
    }

    private static string Ranges(SalvagedEntry entry)
    {
        var shown = entry.Missing.Take(ShownRanges).Select(range => string.Create(CultureInfo.InvariantCulture, $"{range.Offset}-{range.Offset + range.Length - 1}"));
        return string.Create(CultureInfo.InvariantCulture, $"{entry.MissingBytes} of {entry.Size} bytes ({string.Join(", ", shown)}{(entry.Missing.Count > ShownRanges ? ", ..." : "")})");
    }

    private static void Print(Session session, string broken, string output, SalvageReport report)
    {
        if (report.IsLocked)
        {
            session.Line($"{broken}: its content is encrypted and cannot be decrypted with what was given and is left: nothing was copied", Tone.Bad);
        }

        if (report.CatalogGaps > 0)
        {
            session.Line($"{broken}: of {Words.Count(report.CatalogGaps, "stretch", "stretches")} of the catalog nothing is left; entries may be missing without a trace", Tone.Bad);
        }

        if (report.WasCutShort)
        {
            session.Line($"{broken}: the search among old pages was ended, because this file makes it endless", Tone.Bad);
        }

        if (report.Snapshots.Count > 0)
        {
            session.Line($"{broken}: snapshots found: {string.Join(", ", report.Snapshots)}", Tone.Good);
        }

        session.Line(
            string.Create(CultureInfo.InvariantCulture, $"{(report.IsLocked ? broken : output)}: {report.Whole} whole, {report.Partial} partial, {report.Lost} lost; {report.Unproven} of them unproven, {report.Nameless} without a name"),
            report.IsComplete ? Tone.Good : Tone.Doubtful);
    }

    private static void WriteJson(Utf8JsonWriter json, SalvagedEntry entry)
    {
        json.WriteString("path", entry.Path);
        json.WriteString("type", Words.Type(entry.Type));
        json.WriteString("outcome", entry.Outcome.ToString().ToLowerInvariant());
        json.WriteBoolean("proven", entry.IsProven);
        json.WriteNumber("size", entry.Size);
        json.WriteNumber("missing_bytes", entry.MissingBytes);
        json.WriteStartArray("missing");
        foreach (var range in entry.Missing)
        {
            json.WriteStartObject();
            json.WriteNumber("offset", range.Offset);
            json.WriteNumber("length", range.Length);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (entry.Reason is not null)
        {
            json.WriteString("reason", entry.Reason);
        }
    }

    private static void WriteJson(Session session, string broken, string output, SalvageReport report) => JsonLines.Write(session.Output, json =>
    {
        json.WriteString("file", broken);
        if (!report.IsLocked)
        {
            json.WriteString("out", output);
        }

        json.WriteBoolean("complete", report.IsComplete);
        json.WriteBoolean("identity", report.HasIdentity);
        if (report.Generation is { } generation)
        {
            json.WriteNumber("generation", generation);
        }

        JsonLines.WriteStrings(json, "snapshots", report.Snapshots);
        json.WriteNumber("whole", report.Whole);
        json.WriteNumber("partial", report.Partial);
        json.WriteNumber("lost", report.Lost);
        json.WriteNumber("unproven", report.Unproven);
        json.WriteNumber("nameless", report.Nameless);
        json.WriteNumber("catalog_gaps", report.CatalogGaps);
        json.WriteBoolean("locked", report.IsLocked);
        json.WriteBoolean("cut_short", report.WasCutShort);
    });
}
