namespace Cartridge.Cli;

/// <summary>The folders below the target, opened one inside the other; those on the way to the last one stay open.</summary>
internal sealed class TargetTree(TargetFolder root) : IDisposable
{
    private readonly List<(string Name, TargetFolder Folder)> _open = [];
    private readonly HashSet<string> _made = new(StringComparer.Ordinal);

    /// <summary>Whether a folder was made here, and not found.</summary>
    public bool HasMade(string path) => _made.Contains(path);

    /// <summary>Opens the folder that a thing stands in, making what is missing on the way.</summary>
    /// <param name="path">The thing's path.</param>
    /// <returns>The folder, and the thing's name in it.</returns>
    /// <exception cref="CliFailure">A link or a file is in the way.</exception>
    public (TargetFolder Folder, string Name) FolderOf(string path)
    {
        var slash = path.LastIndexOf('/');
        return (slash < 0 ? root : Open(path[..slash], isFinal: true), path[(slash + 1)..]);
    }

    /// <summary>Opens a folder, making what is missing.</summary>
    /// <param name="path">The folder's path.</param>
    /// <param name="isFinal">Whether the folder itself, if it has to be made, will not be finished later.</param>
    /// <returns>The folder; it stays open until the next call.</returns>
    /// <exception cref="CliFailure">A link or a file is in the way.</exception>
    public TargetFolder Open(string path, bool isFinal)
    {
        var names = path.Split('/');
        var common = 0;
        while (common < names.Length && common < _open.Count && _open[common].Name == names[common])
        {
            common++;
        }

        Close(common);
        var folder = common == 0 ? root : _open[^1].Folder;
        for (var depth = common; depth < names.Length; depth++)
        {
            folder = Descend(folder, names[depth], string.Join('/', names[..(depth + 1)]), isFinal || depth < names.Length - 1);
            _open.Add((names[depth], folder));
        }

        return folder;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Close(0);
        root.Dispose();
    }

    private TargetFolder Descend(TargetFolder folder, string name, string path, bool isFinal)
    {
        if (folder.Enter(name) is { } found)
        {
            return found;
        }

        folder.MakeFolder(name, isFinal);
        _made.Add(path);
        return folder.Enter(name) ?? throw CliFailure.Missing($"{path}: was removed while it was being extracted");
    }

    private void Close(int from)
    {
        for (var i = from; i < _open.Count; i++)
        {
            _open[i].Folder.Dispose();
        }

        _open.RemoveRange(from, _open.Count - from);
    }
}
