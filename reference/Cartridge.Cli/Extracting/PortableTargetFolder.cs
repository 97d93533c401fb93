using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary>
/// A folder by its path, for systems where folders cannot be held: each name is looked at before it is used. That is as
/// safe as the folder is quiet: a stranger who may write to it could slip a link in between. Owners and attributes are not
/// restored, times to 100 nanoseconds.
/// </summary>
internal sealed class PortableTargetFolder(string path) : TargetFolder
{
    private const UnixFileMode PrivateFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public override TargetFolder? Enter(string name)
    {
        var info = new DirectoryInfo(PathOf(name));
        return IsLink(info) || File.Exists(info.FullName) ? throw Blocked($"{info.FullName}: a link or a file is in the way of a folder")
            : info.Exists ? new PortableTargetFolder(info.FullName)
            : null;
    }

    public override void MakeFolder(string name, bool isFinal)
    {
        if (isFinal || OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(PathOf(name));
        }
        else
        {
            Directory.CreateDirectory(PathOf(name), PrivateFolder);
        }
    }

    public override TargetFile? TryMakeFile(string name)
    {
        var file = PathOf(name);
        try
        {
            return IsThere(file) ? null : new PortableTargetFile(new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0));
        }
        catch (IOException) when (IsThere(file))
        {
            return null;
        }
    }

    public override bool TryMakeLink(string name, string target)
    {
        var link = PathOf(name);
        if (IsThere(link))
        {
            return false;
        }

        File.CreateSymbolicLink(link, target);
        return true;
    }

    public override void Rename(string name, string newName)
    {
        var there = new DirectoryInfo(PathOf(newName));
        if (there.Exists && !IsLink(there))
        {
            throw Blocked($"{there.FullName}: a folder is in the way");
        }

        File.Delete(there.FullName);
        File.Move(PathOf(name), there.FullName);
    }

    public override void Remove(string name) => File.Delete(PathOf(name));

    public override void FinishLink(string name, Restored restored)
    {
        // The base library would follow the link.
    }

    public override IReadOnlyList<string> Finish(Restored restored)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, (UnixFileMode)restored.Mode);
        }

        Directory.SetLastWriteTimeUtc(path, Clock.ToDateTime(restored.Modified).UtcDateTime);
        return [.. restored.Attributes.Select(attribute => attribute.Key)];
    }

    protected override void Dispose(bool disposing)
    {
        // Nothing is held.
    }

    private static bool IsLink(FileSystemInfo info) => info.LinkTarget is not null || (info.Exists && (info.Attributes & FileAttributes.ReparsePoint) != 0);

    private static bool IsThere(string file) => Path.Exists(file) || IsLink(new FileInfo(file));

    /// <summary>A name that this system would read as more than a name is none.</summary>
    private string PathOf(string name) =>
        name.AsSpan().IndexOfAny(Path.GetInvalidFileNameChars()) < 0 && !(OperatingSystem.IsWindows() && (name.EndsWith('.') || name.EndsWith(' ')))
            ? Path.Combine(path, name)
            : throw Blocked($"{path}: this system has no file named \"{name}\"");

    private sealed class PortableTargetFile(FileStream content) : TargetFile(content)
    {
        public override IReadOnlyList<string> Finish(Restored restored)
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(Content.SafeFileHandle, (UnixFileMode)restored.Mode);
            }

            File.SetLastWriteTimeUtc(Content.SafeFileHandle, Clock.ToDateTime(restored.Modified).UtcDateTime);
            return [.. restored.Attributes.Select(attribute => attribute.Key)];
        }
    }
}
