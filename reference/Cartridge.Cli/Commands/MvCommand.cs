using System.CommandLine;

namespace Cartridge.Cli;

/// <summary><c>cart mv</c>: gives entries another path.</summary>
internal static class MvCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        var file = Common.File();
        var from = Common.PathIn("FROM", "What to rename or move.");
        var to = Common.PathIn("TO", Destination.Help);
        var overwrite = new Option<bool>("--overwrite") { Description = "Replaces a file or link that is there." };
        var wait = Common.Wait();
        return new CartCommand("mv", "Renames an entry, a folder with all that is in it, or moves it into another folder.")
        {
            Arguments = { file, from, to },
            Options = { overwrite, wait },
            Examples =
            [
                new("cart mv site.cart draft.html index.html", "another name"),
                new("cart mv site.cart index.html docs", "into the folder docs"),
                new("cart mv site.cart img pictures", "a folder, with all that is in it"),
            ],
            Remarks = "The content stays where it is: only names change. A folder that existed only by what was in it goes with its last entry.",
        }.Does(result => Move(
            session,
            result.GetRequiredValue(file),
            result.GetRequiredValue(from),
            result.GetRequiredValue(to),
            result.GetValue(overwrite),
            result.GetValue(wait)));
    }

    private static ExitCode Move(Session session, string file, string from, string to, bool overwrite, double wait) =>
        Containers.Write(session, file, wait, container =>
        {
            var destination = Destination.Of(container, file, from, to, overwrite);
            container.Move(destination.From, destination.To);
            return ExitCode.Fine;
        });
}
