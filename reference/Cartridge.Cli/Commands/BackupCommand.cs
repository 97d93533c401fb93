using System.CommandLine;
using System.Globalization;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary><c>cart backup</c>: copies a container that others are using.</summary>
internal static class BackupCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        var file = Common.File();
        var target = Common.FileName("OUT", "The copy; it must not exist.");
        return new CartCommand("backup", "Copies a container as it is at one moment, while others read and write it.")
        {
            Arguments = { file, target },
            Examples =
            [
                new("cart backup site.cart /backups/site.cart", "consistent, whoever is writing"),
                new("cart hash /backups/site.cart", "the same state hash: signatures hold for the copy"),
            ],
            Remarks =
                """
                Nobody waits for it, and it needs no key. The copy is verified before it gets its name. It has one of the two
                commit records, which verify mentions as a warning; its first writer makes the other.
                """,
        }.Does(result => BackUp(session, result.GetRequiredValue(file), result.GetRequiredValue(target)));
    }

    private static ExitCode BackUp(Session session, string file, string target) => Containers.Naming(file, () =>
    {
        using var interruption = new Interruption("there is no copy");
        interruption.Begin();
        var work = new Work(session.Status, $"copying {Path.GetFileName(file)}", interruption);
        work.Begin();
        var generation = CartridgeFile.BackUp(file, target, work.Pass);
        session.Status.Erase();
        session.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"generation {generation}, {new FileInfo(target).Length} bytes"));
        return ExitCode.Fine;
    });
}
