using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary>Paths of a container as people write them on a command line.</summary>
internal static class Paths
{
    /// <summary>Checks a path argument. One slash at its end is forgiven: shells complete folders like that.</summary>
    /// <exception cref="CliFailure">No container can have such a path.</exception>
    public static string Argument(CartridgeFile container, string path)
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
}
