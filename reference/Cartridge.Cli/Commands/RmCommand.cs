using System.CommandLine;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary><c>cart rm</c>: removes entries.</summary>
internal static class RmCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        var file = Common.File();
        var paths = Common.PathsIn("What to remove.", isRequired: true);
        var recursive = new Option<bool>("-r") { Description = "Removes folders with all that is in them." };
        var wait = Common.Wait();
        return new CartCommand("rm", "Removes entries: all of them, or, if anything fails, none.")
        {
            Arguments = { file, paths },
            Options = { recursive, wait },
            Examples =
            [
                new("cart rm site.cart draft.html", "removes a file, a link or an empty folder"),
                new("cart rm site.cart -r css img", "removes folders with all that is in them"),
            ],
            Remarks = "The space is used again by what is stored later; the container does not shrink.",
        }.Does(result => Remove(
            session,
            result.GetRequiredValue(file),
            result.GetRequiredValue(paths),
            result.GetValue(recursive),
            result.GetValue(wait)));
    }

    private static ExitCode Remove(Session session, string file, string[] paths, bool isRecursive, double wait) =>
        Containers.Write(session, file, wait, container =>
        {
            foreach (var path in paths.Select(path => Paths.Argument(container, path)).ToList())
            {
                var entry = container.FindEntry(path);
                var hasMore = container.List($"{path}/").Any();
                if (entry is null && !hasMore)
                {
                    throw CliFailure.Missing($"{path}: there is no such entry in {file}");
                }

                if (isRecursive)
                {
                    container.DeleteTree(path);
                }
                else if (entry is null or { Type: EntryType.Directory } && hasMore)
                {
                    throw CliFailure.Missing($"{path}: is a folder with something in it (-r removes it all)");
                }
                else
                {
                    container.Delete(path);
                }
            }

            return ExitCode.Fine;
        });
}
