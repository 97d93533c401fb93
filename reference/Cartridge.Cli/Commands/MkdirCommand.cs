using System.CommandLine;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary><c>cart mkdir</c>: makes folders.</summary>
internal static class MkdirCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        var file = Common.File();
        var paths = Common.PathsIn("The folders to make.", isRequired: true);
        var parents = new Option<bool>("-p") { Description = "Makes the folders above too; a folder that is there is no error." };
        var wait = Common.Wait();
        return new CartCommand("mkdir", "Makes folders: all of them, or, if anything fails, none.")
        {
            Arguments = { file, paths },
            Options = { parents, wait },
            Examples =
            [
                new("cart mkdir site.cart img", "makes a folder"),
                new("cart mkdir site.cart -p docs/2026/january", "with those above it"),
            ],
            Remarks = "Folders need not be made before things are stored in them: cart put does without.",
        }.Does(result => Make(
            session,
            result.GetRequiredValue(file),
            result.GetRequiredValue(paths),
            result.GetValue(parents),
            result.GetValue(wait)));
    }

    private static ExitCode Make(Session session, string file, string[] paths, bool withParents, double wait) =>
        Containers.Write(session, file, wait, container =>
        {
            foreach (var path in paths.Select(path => Paths.Argument(container, path)))
            {
                foreach (var above in Paths.Above(path).Where(above => !IsFolder(container, above)))
                {
                    container.CreateDirectory(withParents ? above : throw CliFailure.Missing($"{path}: there is no folder {above} (-p makes it)"));
                }

                if (!IsFolder(container, path))
                {
                    container.CreateDirectory(path);
                }
                else if (!withParents)
                {
                    throw CliFailure.Missing($"{path}: is a folder already");
                }
            }

            return ExitCode.Fine;
        });

    /// <summary>Whether a folder is there, with a record or implied by what is in it.</summary>
    private static bool IsFolder(CartridgeFile container, string path) => container.FindEntry(path) switch
    {
        { Type: EntryType.Directory } => true,
        { } entry => throw CliFailure.Missing($"{path}: is a {Words.Type(entry.Type)}, not a folder"),
        null => container.List($"{path}/").Any(),
    };
}
