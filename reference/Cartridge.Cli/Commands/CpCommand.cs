using System.CommandLine;

namespace Cartridge.Cli;

/// <summary><c>cart cp</c>: copies entries inside a container.</summary>
internal static class CpCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        var file = Common.File();
        var from = Common.PathIn("FROM", "What to copy.");
        var to = Common.PathIn("TO", Destination.Help);
        var overwrite = new Option<bool>("--overwrite") { Description = "Replaces a file or link that is there." };
        var wait = Common.Wait();
        return new CartCommand("cp", "Copies an entry, a folder with all that is in it.")
        {
            Arguments = { file, from, to },
            Options = { overwrite, wait },
            Examples =
            [
                new("cart cp site.cart index.html index.old", "a second one, under another name"),
                new("cart cp site.cart index.html backup/", "into the folder backup, there or not"),
                new("cart cp site.cart docs archive/2026", "a folder, with all that is in it"),
            ],
            Remarks = "Modes, owners, times and attributes are copied too. Links are copied as links, holes as holes.",
        }.Does(result => Copy(
            session,
            result.GetRequiredValue(file),
            result.GetRequiredValue(from),
            result.GetRequiredValue(to),
            result.GetValue(overwrite),
            result.GetValue(wait)));
    }

    private static ExitCode Copy(Session session, string file, string from, string to, bool overwrite, double wait) =>
        Containers.Write(session, file, wait, container =>
        {
            var destination = Destination.Of(container, file, from, to, overwrite);
            container.Copy(destination.From, destination.To);
            return ExitCode.Fine;
        });
}
