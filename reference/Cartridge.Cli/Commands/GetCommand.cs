using System.CommandLine;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary><c>cart get</c>: puts entries on the disk.</summary>
internal static class GetCommand
{
    private const string LinksInside = "inside";
    private const string LinksAll = "all";

    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        var file = Common.File();
        var paths = Common.PathsIn("What to extract, folders with all that is in them; by default everything.", isRequired: false);
        var target = new Option<string>("--out")
        {
            HelpName = "DIR",
            Description = "The folder to extract to; made if it is not there. By default the current one.",
            DefaultValueFactory = _ => ".",
        };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replaces files and links that are there, each only when the new one is whole." };
        var links = new Option<string>("--links")
        {
            HelpName = $"{LinksInside}|{LinksAll}",
            Description = "Which links to make: by default those that stay in the target folder.",
            DefaultValueFactory = _ => LinksInside,
        };
        links.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not (LinksInside or LinksAll))
            {
                result.AddError($"--links is {LinksInside} or {LinksAll}");
            }
        });
        var owner = new Option<bool>("--owner") { Description = "Restores owners and groups by their numbers, and setuid and setgid." };
        var at = Common.At();
        return new CartCommand("get", "Extracts entries, under the paths that they have in the container.")
        {
            Arguments = { file, paths },
            Options = { target, at, overwrite, links, owner },
            Examples =
            [
                new("cart get site.cart", "everything, into the current folder"),
                new("cart get site.cart --out copy", "everything, into the folder copy"),
                new("cart get site.cart css img/logo.png --out copy", "as copy/css/... and copy/img/logo.png"),
                new("cart get site.cart --at v1 --out old", "everything as it was in the snapshot v1"),
                new("cart get disk.cart --out / --owner --links=all", "a whole system, as root"),
            ],
            Remarks =
                """
                A container may come from anybody: nothing is written outside DIR, nothing through a link, and links that lead
                out of DIR are left out. Whatever is not extracted is listed and makes the exit code 1 (3 if the system refused);
                everything else is extracted. Modes, times and extended attributes come back. Where a path is both a file and a
                folder, the folder wins.
                """,
        }.Does(result => Get(
            session,
            result.GetRequiredValue(file),
            SnapshotWord.Of(result.GetValue(at)),
            result.GetRequiredValue(paths),
            result.GetRequiredValue(target),
            new ExtractionOptions(result.GetValue(overwrite), result.GetValue(links) == LinksAll, result.GetValue(owner))));
    }

    private static ExitCode Get(Session session, string file, string? at, string[] paths, string target, ExtractionOptions options)
    {
        using var interruption = new Interruption("not everything was extracted");
        return at is null && Older.Is(file)
            ? Older.AsNew(session, file, converted => Extract(session, converted, file, at, paths, target, options, interruption))
            : Extract(session, file, file, at, paths, target, options, interruption);
    }

    private static ExitCode Extract(Session session, string readFrom, string file, string? at, string[] paths, string target, ExtractionOptions options, Interruption interruption) =>
        Containers.ReadAt(session, readFrom, at, (_, container) =>
        {
            interruption.Begin();
            if (target.Length == 0)
            {
                throw CliFailure.Usage("--out is empty: a folder is needed");
            }

            var wanted = paths.Select(path => Paths.Argument(container, path)).Distinct(StringComparer.Ordinal).ToList();
            var missing = wanted.Where(path => container.FindEntry(path) is null && !container.List($"{path}/").Any()).ToList();
            foreach (var path in missing)
            {
                session.Error($"{path}: there is no such entry in {file}");
            }

            if (missing.Count > 0)
            {
                return ExitCode.Invalid;
            }

            using var tree = new TargetTree(TargetFolder.OpenRoot(target));
            var work = new Work(session.Status, "extracting", interruption);
            return new Extractor(container, tree, options, session.Error, session.Note, work).Run(Select(container, wanted));
        }, needsContent: true);

    /// <summary>The entries at and below the paths, each once; all of them if there are no paths.</summary>
    private static IEnumerable<CartridgeEntry> Select(CartridgeView container, List<string> paths) => paths.Count == 0
        ? container.List()
        : paths.Where(path => !Paths.Above(path).Any(paths.Contains)).SelectMany(path =>
            (container.FindEntry(path) is { } entry ? [entry] : Array.Empty<CartridgeEntry>()).Concat(container.List($"{path}/")));
}
