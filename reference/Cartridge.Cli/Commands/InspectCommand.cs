using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Cartridge.Format1;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary><c>cart inspect</c>: shows what the pages of a container are.</summary>
internal static class InspectCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        var file = Common.File();
        var page = new Option<long?>("--page")
        {
            HelpName = "N",
            Description = "Shows the bytes of one page, from 0, and what each of them means.",
            CustomParser = result => PageNumber(result),
        };
        var json = Common.Json();
        return new CartCommand("inspect", "Shows what each page of a container is for, or takes one apart.")
        {
            Arguments = { file },
            Options = { page, json },
            Examples =
            [
                new("cart inspect site.cart", "which pages serve what"),
                new("cart inspect site.cart --page 0", "the identity page, field by field"),
                new("cart inspect site.cart --page 2", "a commit record"),
            ],
            Remarks =
                """
                Damaged containers are shown as far as they can be read; what is wrong with them is said by cart verify. The fields
                bear the names that they have in the specification.
                """,
        }.Does(result => Inspect(
            session,
            result.GetRequiredValue(file),
            result.GetValue(page),
            result.GetValue(json)));
    }

    private static long? PageNumber(ArgumentResult result)
    {
        if (long.TryParse(result.Tokens.Single().Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        result.AddError("--page takes the number of a page, from 0");
        return null;
    }

    private static ExitCode Inspect(Session session, string file, long? page, bool isJson)
    {
        using var medium = FileMedium.Open(file, readOnly: true);
        if (page is { } number)
        {
            Describe(session, medium, number, isJson);
            return ExitCode.Fine;
        }

        var (runs, isValid) = Older.Runs(medium);
        List(session, runs, isJson);
        if (isValid)
        {
            return ExitCode.Fine;
        }

        session.Error($"{file}: is not valid; cart verify says why");
        return ExitCode.Invalid;
    }

    private static void List(Session session, IEnumerable<PageRun> runs, bool isJson)
    {
        var listing = new Listing(session, ">first", ">last", ">pages", "what");
        foreach (var run in runs)
        {
            if (isJson)
            {
                JsonLines.Write(session.Output, json =>
                {
                    json.WriteNumber("first", run.First);
                    json.WriteNumber("last", run.Last);
                    json.WriteNumber("pages", run.Count);
                    json.WriteString("what", run.What);
                });
            }
            else
            {
                listing.Add(Number(run.First), Number(run.Last), Number(run.Count), run.What);
            }
        }

        listing.End();
    }

    private static void Describe(Session session, FileMedium medium, long number, bool isJson)
    {
        var page = Older.Is(medium) ? Format1Inspector.Describe(medium, number) : PageInspector.Describe(medium, number);

        // A page that does not say what it is has to be found from above.
        var owner = page.Fields.Count > 0 ? null
            : Older.Is(medium) ? Older.Runs(medium).Runs.Where(run => run.First <= number && number <= run.Last).Select(run => run.What).FirstOrDefault()
            : PageRuns.OwnerOf(Verifier.Verify(medium, new VerifyOptions { CollectOwners = true }), number);
        if (isJson)
        {
            WriteJson(session, page, owner);
            return;
        }

        session.Output.WriteLine($"page {Number(number)}, at byte {Number(number * Format.PageSize)}: {Escapes.Text(owner is null ? page.Kind : $"{page.Kind}, {owner}")}");
        session.Output.WriteLine();
        foreach (var line in page.Fields.Count > 0 ? HexDump.Annotated(page) : HexDump.Raw(page.Bytes))
        {
            session.Output.WriteLine(Escapes.Text(line));
        }
    }

    private static void WriteJson(Session session, PageDescription page, string? owner) => JsonLines.Write(session.Output, json =>
    {
        json.WriteNumber("page", page.Page);
        json.WriteString("kind", page.Kind);
        if (owner is not null)
        {
            json.WriteString("owner", owner);
        }

        json.WriteString("bytes", Convert.ToHexStringLower(page.Bytes.Span));
        json.WriteStartArray("fields");
        foreach (var field in page.Fields)
        {
            json.WriteStartObject();
            json.WriteNumber("offset", field.Offset);
            json.WriteNumber("length", field.Length);
            json.WriteString("name", field.Name);
            json.WriteString("meaning", field.Meaning);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
