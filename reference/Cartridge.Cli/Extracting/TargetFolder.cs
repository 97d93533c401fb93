namespace Cartridge.Cli;

/// <summary>
/// A folder of the disk, open for making things in it. It is held, not named: whoever renames folders or puts links in
/// their place meanwhile leads nobody astray. Nothing is ever reached through a link, and nothing that is there is written to.
/// </summary>
/// <remarks>What the system refuses arrives as <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</remarks>
internal abstract class TargetFolder : IDisposable
{
    /// <summary>Opens the folder to extract to, making it if need be. It was named by the user: links on the way to it are followed.</summary>
    public static TargetFolder OpenRoot(string path)
    {
        Directory.CreateDirectory(path);
        return Libc.IsSupported ? LinuxTargetFolder.OpenRoot(path) : new PortableTargetFolder(Path.GetFullPath(path));
    }

    /// <summary>Opens a folder in this one.</summary>
    /// <returns>The folder, or null if nothing has that name.</returns>
    /// <exception cref="CliFailure">Something else has it: a link, even one to a folder, or a file.</exception>
    public abstract TargetFolder? Enter(string name);

    /// <summary>Makes a folder that only its owner may use until it is finished.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="isFinal">Whether nobody will finish it: then it gets the permissions that any new folder gets.</param>
    public abstract void MakeFolder(string name, bool isFinal);

    /// <summary>Makes a file.</summary>
    /// <returns>The file; null if something has that name.</returns>
    public abstract TargetFile? TryMakeFile(string name);

    /// <summary>Makes a link.</summary>
    /// <returns>False if something has that name.</returns>
    public abstract bool TryMakeLink(string name, string target);

    /// <summary>Gives a new name to a thing, in place of what has it, unless that is a folder.</summary>
    public abstract void Rename(string name, string newName);

    /// <summary>Removes a thing that is no folder.</summary>
    public abstract void Remove(string name);

    /// <summary>Gives a link its time and owner, as far as the system can.</summary>
    public abstract void FinishLink(string name, Restored restored);

    /// <summary>Gives this folder its attributes, mode, time and owner.</summary>
    /// <returns>Attributes that could not be set.</returns>
    public abstract IReadOnlyList<string> Finish(Restored restored);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the folder.</summary>
    protected abstract void Dispose(bool disposing);

    /// <summary>Something is in the way.</summary>
    protected static CliFailure Blocked(string what) => CliFailure.Missing(what);
}

/// <summary>A file that is being made.</summary>
internal abstract class TargetFile(FileStream content) : IDisposable
{
    /// <summary>For writing its content.</summary>
    public FileStream Content => content;

    /// <summary>Gives the file its attributes, mode, time and owner.</summary>
    /// <returns>Attributes that could not be set.</returns>
    public abstract IReadOnlyList<string> Finish(Restored restored);

    /// <inheritdoc/>
    public void Dispose() => content.Dispose();
}
