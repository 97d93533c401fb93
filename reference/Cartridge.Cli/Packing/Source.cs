using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary>One thing to store, and where.</summary>
/// <param name="HostPath">Its name in the file system; <c>-</c> is standard input.</param>
/// <param name="Target">Its path in the container; empty for the root, which only a folder's content can go to.</param>
internal sealed record Source(string HostPath, string Target)
{
    /// <summary>Standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>Whether this is standard input.</summary>
    public bool IsStandardInput => HostPath == StandardInput;

    /// <summary>
    /// Works out where each source goes. Without <paramref name="to"/> it keeps its own name, at the root. <c>docs/</c> is
    /// a folder to store under; so is <c>docs</c> when there are several sources. One source becomes <c>docs</c> itself.
    /// What has no name of its own, <c>.</c> say, gives its content.
    /// </summary>
    /// <exception cref="CliFailure">A path that no container can have, or a name missing.</exception>
    public static IReadOnlyList<Source> Plan(CartridgeFile container, IReadOnlyList<string> hostPaths, string? to)
    {
        var isFolder = to is null || to.EndsWith('/') || hostPaths.Count > 1;
        var root = to is null ? "" : Paths.Argument(container, to);
        return [.. hostPaths.Select(path => new Source(path, isFolder ? Under(root, NameOf(path)) : root))];
    }

    private static string Under(string folder, string name) => folder.Length == 0 || name.Length == 0 ? folder + name : $"{folder}/{name}";

    private static string NameOf(string path)
    {
        if (path.Length == 0)
        {
            throw CliFailure.Usage("a source with an empty name");
        }

        if (path.Contains('\0', StringComparison.Ordinal))
        {
            throw CliFailure.Usage($"{path}: a file name has no NUL");
        }

        if (path == StandardInput)
        {
            throw CliFailure.Usage("standard input has no name: say where it goes, for example --to notes.txt");
        }

        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        return name is "." or ".." ? "" : name;
    }
}
