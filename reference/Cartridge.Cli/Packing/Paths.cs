using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary>Paths of a container as people write them on a command line.</summary>
internal static class Paths
{
    /// <summary>Checks a path argument. One slash at its end is forgiven: shells complete folders like that.</summary>
    /// <exception cref="CliFailure">No container can have such a path.</exception>
    public static string Argument(CartridgeView container, string path)
    {
        var trimmed = path.Length > 1 && path.EndsWith('/') ? path[..^1] : path;
        try
        {
            _ = container.FindEntry(trimmed);
            return trimmed;
        }
        catch (CartridgeException e) when (e.Code == ErrorCode.BadPath && e.Finding is null)
        {
            var hint = trimmed.StartsWith('/') ? " Paths in a container begin with a name, not with a slash." : "";
            throw new CliFailure(ExitCode.Usage, $"\"{path}\" is no path of a container: {e.Message}{hint}", e);
        }
    }

    /// <summary>The paths of all folders above a path, outermost first.</summary>
    public static IEnumerable<string> Above(string path)
    {
        for (var at = path.IndexOf('/', StringComparison.Ordinal); at >= 0; at = path.IndexOf('/', at + 1))
        {
            yield return path[..at];
        }
    }

    /// <summary>Whether anything stands below a path.</summary>
    public static bool HasEntriesBelow(CartridgeFile container, string path) => container.List($"{path}/").Any();

    /// <summary>Whether a folder is there, with a record or implied by what is in it.</summary>
    public static bool IsFolder(CartridgeFile container, string path) =>
        container.FindEntry(path) is { } entry ? entry.Type == EntryType.Directory : HasEntriesBelow(container, path);

    /// <summary>Nothing but folders may stand above what is stored: a container could hold it, no disk could take it back.</summary>
    /// <exception cref="CliFailure">A file or a link does.</exception>
    public static void RequireFoldersAbove(CartridgeFile container, string target)
    {
        foreach (var folder in Above(target))
        {
            if (container.FindEntry(folder) is { Type: not EntryType.Directory } entry)
            {
                throw CliFailure.Missing($"{target}: cannot be stored below {folder}, which is a {Words.Type(entry.Type)} in the container");
            }
        }
    }
}
