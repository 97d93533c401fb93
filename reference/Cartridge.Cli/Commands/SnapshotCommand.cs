using System.CommandLine;
using System.Globalization;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary><c>cart snapshot</c>: makes, lists, restores and deletes snapshots.</summary>
internal static class SnapshotCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build(Session session) => new CartCommand(
        "snapshot", "Keeps all entries as they are under a name, inside the container.")
    {
        Subcommands =
        {
            BuildCreate(session),
            BuildList(session),
            BuildRestore(session),
            BuildDelete(session),
        },
        Examples =
        [
            new("cart snapshot create site.cart v1", "keeps what there is now as v1, at once and without copying"),
            new("cart ls site.cart --at v1", "reads it; cat, get, stat and verify take --at, too"),
            new("cart diff site.cart v1", "says what has changed since"),
            new("cart snapshot restore site.cart v1", "puts everything back to it"),
        ],
        Remarks = "A snapshot shares with others and with the current state whatever has not changed between them.",
    };

    private static Argument<string> Name() => new("NAME") { Description = "The snapshot's name." };

    private static CartCommand BuildCreate(Session session)
    {
        var (file, name, json, wait) = (Common.File(), Name(), Common.Json(), Common.Wait());
        return new CartCommand("create", "Makes a snapshot of all entries as they are now.")
        {
            Arguments = { file, name },
            Options = { json, wait },
            Examples =
            [
                new("cart snapshot create site.cart v1", "keeps what there is now as v1"),
                new("cart snapshot create site.cart \"before the move\" --json", "says what was made, for another program"),
            ],
            Remarks =
                """
                It is a commit of its own and costs the same however much the container holds. A name has 1 to 255 bytes of
                UTF-8 without control characters and does not begin with @; no two snapshots have the same.
                """,
        }.Does(result => Create(
            session, result.GetRequiredValue(file), result.GetRequiredValue(name), result.GetValue(json), result.GetValue(wait)));
    }

    private static CartCommand BuildList(Session session)
    {
        var (file, json) = (Common.File(), Common.Json());
        return new CartCommand("list", "Lists the snapshots, oldest first.")
        {
            Arguments = { file },
            Options = { json },
            Examples =
            [
                new("cart snapshot list site.cart", "name, time, generation, entries"),
                new("cart snapshot list site.cart --json | jq -r .name", "the names, for another program"),
            ],
            Remarks = "An asterisk marks the snapshot from which the current state goes on. Where no terminal listens, fields are separated by tabs.",
        }.Does(result => List(session, result.GetRequiredValue(file), result.GetValue(json)));
    }

    private static CartCommand BuildRestore(Session session)
    {
        var (file, name, wait) = (Common.File(), Name(), Common.Wait());
        return new CartCommand("restore", "Puts all entries back to what they were in a snapshot.")
        {
            Arguments = { file, name },
            Options = { wait },
            Examples =
            [
                new("cart snapshot restore site.cart v1", "as it was when v1 was made"),
                new("cart snapshot create site.cart now && cart snapshot restore site.cart v1", "the same, with a way back"),
            ],
            Remarks =
                """
                What no snapshot holds is lost: what was stored or changed since the last one was made. All snapshots stay,
                later ones too, and so do the title and the keys.
                """,
        }.Does(result => Change(
            session, result.GetRequiredValue(file), result.GetRequiredValue(name), result.GetValue(wait), (container, which) => container.RestoreSnapshot(which)));
    }

    private static CartCommand BuildDelete(Session session)
    {
        var (file, name, wait) = (Common.File(), Name(), Common.Wait());
        return new CartCommand("delete", "Deletes a snapshot; entries and other snapshots stay as they are.")
        {
            Arguments = { file, name },
            Options = { wait },
            Examples =
            [
                new("cart snapshot delete site.cart v1", "frees what only v1 held"),
                new("cart snapshot delete site.cart v1 && cart compact site.cart", "and gives the space back to the system"),
            ],
            Remarks = "It cannot be undone. What other snapshots or the current state share with it is kept.",
        }.Does(result => Change(
            session, result.GetRequiredValue(file), result.GetRequiredValue(name), result.GetValue(wait), (container, which) => container.DeleteSnapshot(which)));
    }

    private static ExitCode Create(Session session, string file, string name, bool isJson, double wait) =>
        Containers.WriteInSteps(session, file, wait, container =>
        {
            if (container.Snapshots.Any(snapshot => snapshot.Name == name))
            {
                throw CliFailure.Missing($"{name}: there is a snapshot of this name in {file} already");
            }

            var made = container.CreateSnapshot(name);
            if (isJson)
            {
                JsonLines.Write(session.Output, json => SnapshotFacts.Write(json, made));
            }

            return ExitCode.Fine;
        });

    private static ExitCode List(Session session, string file, bool isJson) => Containers.Read(session, file, container =>
    {
        var listing = new Listing(session, "name", "", "created (UTC)", ">generation", ">entries");
        foreach (var snapshot in container.Snapshots)
        {
            if (isJson)
            {
                JsonLines.Write(session.Output, json => SnapshotFacts.Write(json, snapshot));
                continue;
            }

            listing.Add(
                snapshot.Name,
                snapshot.IsBase ? "*" : "",
                Words.Time(snapshot.Created),
                snapshot.Generation.ToString(CultureInfo.InvariantCulture),
                snapshot.Entries.ToString(CultureInfo.InvariantCulture));
        }

        listing.End();
        return ExitCode.Fine;
    });

    private static ExitCode Change(Session session, string file, string name, double wait, Action<CartridgeFile, string> change) =>
        Containers.WriteInSteps(session, file, wait, container => SnapshotWord.Naming(file, name, () =>
        {
            change(container, name);
            return ExitCode.Fine;
        }));
}
