using System.CommandLine;
using System.Globalization;
using Cartridge.Codecs;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary><c>cart verify</c>: checks every byte of containers.</summary>
internal static class VerifyCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        var files = Common.Files("The containers.");
        var (at, json) = (Common.At(), Common.Json());
        var expect = new Option<string?>("--expect") { HelpName = "HASH", Description = "Refuses any state but the one with this state hash ('cart hash')." };
        expect.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } hash && !SignedState.IsStateHash(hash))
            {
                result.AddError("--expect takes a state hash, 64 hexadecimal digits");
            }
        });
        var key = new Option<string?>("--key") { HelpName = "FILE", Description = "Refuses any state that is not signed by the owner of this public key." };
        var signature = new Option<string?>("--signature") { HelpName = "FILE", Description = "The signature file; by default the container's name with .sig behind it." };
        return new CartCommand("verify", "Checks containers, every check of the specification on every page.")
        {
            Arguments = { files },
            Options = { at, json, expect, key, signature },
            Examples =
            [
                new("cart verify site.cart", "says what is wrong, and where; exit code 0 if nothing is"),
                new("cart verify backup/*.cart", "a line for each"),
                new("cart verify site.cart --json | jq '.findings[].code'", "the findings, for another program"),
                new("cart verify site.cart --at v1", "whether everything that the snapshot v1 holds is whole"),
                new("cart verify copy.cart --expect $(cart hash site.cart)", "whether a copy is whole, and the same state"),
                new("cart verify site.cart --at v1 --expect $(cart hash copy.cart --at v1)", "whether it holds v1 whole, and the same v1"),
                new("cart verify site.cart --key release.key.pub", "whether site.cart.sig signs this state"),
            ],
            Remarks =
                """
                A finding names the error code, the page and the byte in it, what the page belongs to, and the requirement of the
                specification. Errors make a container invalid (exit code 1); warnings and notes do not. Nothing is written.
                Of an encrypted container everything is checked without the key, but for what only the key can tell.
                A valid container in another state than --expect or the signature says is refused with exit code 4. Both
                options are for one container at a time.
                All snapshots are verified with the container. --at verifies a single one and what leads to it, and nothing else;
                --expect and the signature are of that snapshot then.
                Compressed content is decoded where its library is there; where it is not, a note says how much was not.
                """,
        }.Does(result => Verify(
            session,
            result.GetRequiredValue(files),
            SnapshotWord.Of(result.GetValue(at)),
            Expectation.Of(result.GetRequiredValue(files), result.GetValue(expect), result.GetValue(key), result.GetValue(signature)),
            result.GetValue(json)));
    }

    /// <summary>Verifies a container and shows how far that is.</summary>
    /// <exception cref="CartridgeException">The file cannot be opened.</exception>
    public static VerifyReport Report(Session session, string file, string? at = null)
    {
        using var medium = FileMedium.Open(file, readOnly: true);
        using var key = session.Keys.Get();
        var report = Verifier.Verify(new WatchedMedium(medium, session.Status, $"verifying {Path.GetFileName(file)}"), new VerifyOptions { Key = key, Codecs = SystemCodecs.All, Snapshot = at });
        session.Status.Erase();
        return report;
    }

    /// <summary>The state or the snapshot that a report is about; null if there is none.</summary>
    public static SignedState? StateOf(VerifyReport report) =>
        report is { Generation: { } generation, StateHash: { } hash, ContainerId: { } id, ContentChecksum: { } checksum }
            ? new SignedState(id, generation, hash, checksum)
            : null;

    private static ExitCode Verify(Session session, string[] files, string? at, Expectation expectation, bool isJson)
    {
        session.GoOnUnread();
        var worst = ExitCode.Fine;
        foreach (var file in files)
        {
            worst = (ExitCode)Math.Max((int)worst, (int)Verify(session, file, at, expectation, isJson));
        }

        return worst;
    }

    private static ExitCode Verify(Session session, string file, string? at, Expectation expectation, bool isJson)
    {
        VerifyReport report;
        Refusal? refusal;
        try
        {
            if (at is null && Older.Is(file))
            {
                return OlderReading.Verify(session, file, expectation.RefusalOfOlder, isJson);
            }

            report = SnapshotWord.Naming(file, at, () => Report(session, file, at));
            refusal = expectation.Judge(StateOf(report));
        }
        catch (Exception e) when (e is CartridgeException or CliFailure or IOException or UnauthorizedAccessException)
        {
            // The other files are still worth a look.
            return Failures.Report(session, e);
        }

        if (isJson)
        {
            WriteJson(session, file, at, report, expectation, refusal);
        }
        else
        {
            var subject = at is null ? file : $"{file} at {at}";
            Print(session, subject, report);
            if (refusal is not null)
            {
                session.Line($"{subject}: REFUSED: {refusal.Message}", Tone.Bad);
            }
            else if (report.IsValid && expectation.Praise is { } praise)
            {
                session.Line($"{subject}: {praise}", Tone.Good);
            }
        }

        return !report.IsValid ? ExitCode.Invalid : refusal is null ? ExitCode.Fine : ExitCode.Refuted;
    }

    private static void Print(Session session, string file, VerifyReport report)
    {
        foreach (var finding in report.Findings)
        {
            session.Line($"{file}: {finding}", finding.Severity == Severity.Error ? Tone.Bad : Tone.Doubtful);
        }

        var statistics = report.Statistics;
        var tally = string.Join(", ", Tally(report));
        session.Line(
            report.IsValid
                ? $"{file}: valid{(tally.Length == 0 ? "" : $", {tally}")}: generation {Number(report.Generation!.Value)}, {Words.Count(statistics.Entries, "entry", "entries")}, {statistics.ContentBytes.ToString(CultureInfo.InvariantCulture)} bytes of content in {Number(statistics.TotalBlocks)} blocks"
                : $"{file}: NOT VALID, {tally}",
            report.IsValid ? Tone.Good : Tone.Bad);
    }

    private static IEnumerable<string> Tally(VerifyReport report)
    {
        foreach (var (severity, one, many) in new[] { (Severity.Error, "error", "errors"), (Severity.Warning, "warning", "warnings"), (Severity.Note, "note", "notes") })
        {
            var count = report.Findings.Count(finding => finding.Severity == severity);
            if (count > 0)
            {
                yield return Words.Count(count, one, many);
            }
        }
    }

    private static void WriteJson(Session session, string file, string? at, VerifyReport report, Expectation expectation, Refusal? refusal) => JsonLines.Write(session.Output, json =>
    {
        json.WriteString("file", file);
        if (at is not null)
        {
            json.WriteString("snapshot", at);
        }

        json.WriteBoolean("valid", report.IsValid);
        if (report.Generation is { } generation)
        {
            json.WriteNumber("generation", generation);
            json.WriteString("state_hash", report.StateHash);
        }

        if (expectation.IsAny)
        {
            json.WriteBoolean("as_expected", report.IsValid && refusal is null);
        }

        refusal?.Write(json);

        json.WriteNumber("entries", report.Statistics.Entries);
        json.WriteNumber("content_bytes", report.Statistics.ContentBytes);
        json.WriteNumber("total_blocks", report.Statistics.TotalBlocks);
        FindingJson.WriteAll(json, report.Findings);
    });

    private static string Number(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
