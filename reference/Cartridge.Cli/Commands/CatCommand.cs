using System.CommandLine;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary><c>cart cat</c>: prints contents.</summary>
internal static class CatCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        var file = Common.File();
        var paths = Common.PathsIn("The files to print, one after the other.", isRequired: true);
        var at = Common.At();
        return new CartCommand("cat", "Prints the content of files, byte for byte.")
        {
            Arguments = { file, paths },
            Options = { at },
            Examples =
            [
                new("cart cat site.cart index.html", "prints a file"),
                new("cart cat logs.cart 2026-01.log 2026-02.log | grep error", "prints two, for another program"),
                new("cart cat site.cart index.html --at v1", "prints a file as it was in the snapshot v1"),
            ],
            Remarks = "What is printed has been checked, chunk by chunk; damage ends the output.",
        }.Does(result => Print(session, result.GetRequiredValue(file), result.GetRequiredValue(paths), SnapshotWord.Of(result.GetValue(at))));
    }

    private static ExitCode Print(Session session, string file, string[] paths, string? at) =>
        at is null && Older.Is(file) ? OlderReading.Cat(session, file, paths) : Containers.ReadAt(session, file, at, (_, container) =>
        {
            var code = ExitCode.Fine;
            foreach (var path in paths.Select(path => Paths.Argument(container, path)).ToList())
            {
                if (Obstacle(container, file, path) is { } obstacle)
                {
                    session.Error($"{path}: {obstacle}");
                    code = ExitCode.Invalid;
                }
                else
                {
                    container.CopyTo(path, session.OutputBytes);
                }
            }

            return code;
        },
        needsContent: true);

    private static string? Obstacle(CartridgeView container, string file, string path) => container.FindEntry(path) switch
    {
        { Type: EntryType.File } => null,
        { Type: EntryType.SymbolicLink } => $"is a link to {container.ReadLink(path)}",
        { Type: EntryType.Directory } => "is a folder",
        _ => container.List($"{path}/").Any() ? "is a folder" : $"there is no such file in {file}",
    };
}
