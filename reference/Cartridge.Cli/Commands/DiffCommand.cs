using System.CommandLine;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary><c>cart diff</c>: what differs between two snapshots.</summary>
internal static class DiffCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        var file = Common.File();
        var before = new Argument<string>("A") { Description = $"The earlier snapshot, or {SnapshotWord.Current} for the current state." };
        var after = new Argument<string>("B")
        {
            Description = $"The later snapshot, or {SnapshotWord.Current}, which is the default.",
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = _ => SnapshotWord.Current,
        };
        var json = Common.Json();
        return new CartCommand("diff", "Lists the entries in which two snapshots differ, or one and the current state.")
        {
            Arguments = { file, before, after },
            Options = { json },
            Examples =
            [
                new("cart diff site.cart v1", "what has changed since v1"),
                new("cart diff site.cart v1 v2", "what has changed between the two"),
                new($"cart diff site.cart {SnapshotWord.Current} v1", "what restoring v1 would change"),
                new("cart diff site.cart v1 --json | jq -r .path", "the paths, for another program"),
            ],
            Remarks =
                """
                Each line says added, removed, content or metadata, and the path. Content means written anew, be it with the same
                bytes; metadata means that only mode, owner, times or attributes have changed. Only what the two do not share is
                read, so the cost follows the difference. The exit code is 0 whether there is a difference or not.
                """,
        }.Does(result => Diff(
            session,
            result.GetRequiredValue(file),
            result.GetRequiredValue(before),
            result.GetRequiredValue(after),
            result.GetValue(json)));
    }

    private static ExitCode Diff(Session session, string file, string before, string after, bool isJson) => Containers.Read(session, file, container =>
    {
        foreach (var name in new[] { before, after }.Select(SnapshotWord.Of).OfType<string>())
        {
            SnapshotWord.Open(container, file, name).Dispose();
        }

        var listing = new Listing(session, "", "path");
        foreach (var difference in container.Diff(SnapshotWord.Of(before), SnapshotWord.Of(after)))
        {
            if (isJson)
            {
                WriteJson(session, difference);
            }
            else
            {
                listing.Add(Word(difference), difference.Path);
            }
        }

        listing.End();
        return ExitCode.Fine;
    });

    private static string Word(EntryDifference difference) => difference.Kind switch
    {
        DifferenceKind.Added => "added",
        DifferenceKind.Removed => "removed",
        _ => difference.ContentChanged ? "content" : "metadata",
    };

    private static void WriteJson(Session session, EntryDifference difference) => JsonLines.Write(session.Output, json =>
    {
        json.WriteString("path", difference.Path);
        json.WriteString("change", Word(difference));
        foreach (var (side, entry) in new[] { ("before", difference.Before), ("after", difference.After) })
        {
            if (entry is not null)
            {
                json.WriteStartObject(side);
                EntryJson.Write(json, entry, target: null);
                json.WriteEndObject();
            }
        }
    });
}
