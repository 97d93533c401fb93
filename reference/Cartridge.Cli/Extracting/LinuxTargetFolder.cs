using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Cartridge.Cli;

/// <summary>A folder by its descriptor: each name is looked up in it and nowhere else, and no link is followed.</summary>
[SupportedOSPlatform("linux")]
internal sealed class LinuxTargetFolder : TargetFolder
{
    private const uint NewFolder = 0x1FF; // rwxrwxrwx, less what the user's mask takes away
    private const uint PrivateFolder = 0x1C0; // rwx------
    private const uint PrivateFile = 0x180; // rw-------

    private readonly SafeFileHandle _folder;
    private readonly string _path;

    private LinuxTargetFolder(SafeFileHandle folder, string path)
    {
        _folder = folder;
        _path = path;
    }

    /// <summary>Opens a folder by its path.</summary>
    public static new LinuxTargetFolder OpenRoot(string path)
    {
        var folder = Libc.Open(path, Libc.ReadOnly | Libc.FolderOnly | Libc.CloseOnExec, 0);
        return folder.IsInvalid ? throw SystemRefusal.Last($"{path}: the folder cannot be opened") : new LinuxTargetFolder(folder, path);
    }

    public override TargetFolder? Enter(string name)
    {
        var folder = Libc.OpenAt(_folder, name, Libc.ReadOnly | Libc.FolderOnly | Libc.NotThroughLink | Libc.CloseOnExec, 0);
        if (!folder.IsInvalid)
        {
            return new LinuxTargetFolder(folder, PathOf(name));
        }

        var refusal = SystemRefusal.Last($"{PathOf(name)}: the folder cannot be opened");
        folder.Dispose();
        return refusal.IsNoFolder ? throw Blocked($"{PathOf(name)}: a link or a file is in the way of a folder")
            : refusal.IsMissing ? null
            : throw refusal;
    }

    public override void MakeFolder(string name, bool isFinal) =>
        Demand(Libc.MakeFolderAt(_folder, name, isFinal ? NewFolder : PrivateFolder), name, "the folder cannot be made");

    public override TargetFile? TryMakeFile(string name)
    {
        var flags = Libc.WriteOnly | Libc.Create | Libc.Exclusive | Libc.NotThroughLink | Libc.CloseOnExec;
        var file = Libc.OpenAt(_folder, name, flags, PrivateFile);
        if (!file.IsInvalid)
        {
            return new LinuxTargetFile(file, PathOf(name));
        }

        var refusal = SystemRefusal.Last($"{PathOf(name)}: cannot be made");
        file.Dispose();
        return refusal.IsTaken ? null : throw refusal;
    }

    public override bool TryMakeLink(string name, string target)
    {
        if (Libc.MakeLinkAt(target, _folder, name) == 0)
        {
            return true;
        }

        var refusal = SystemRefusal.Last($"{PathOf(name)}: the link cannot be made");
        return refusal.IsTaken ? false : throw refusal;
    }

    public override void Rename(string name, string newName)
    {
        if (Libc.RenameAt(_folder, name, _folder, newName) != 0)
        {
            var refusal = SystemRefusal.Last($"{PathOf(newName)}: cannot be replaced");
            throw refusal.IsFolder ? Blocked($"{PathOf(newName)}: a folder is in the way") : refusal;
        }
    }

    public override void Remove(string name) => Demand(Libc.RemoveAt(_folder, name, 0), name, "cannot be removed");

    public override void FinishLink(string name, Restored restored)
    {
        if (restored.Owner is var (uid, gid))
        {
            Demand(Libc.ChangeOwnerAt(_folder, name, uid, gid, Libc.NoFollow), name, "the owner cannot be set");
        }

        Demand(Libc.SetTimesAt(_folder, name, Times(restored), Libc.NoFollow), name, "the time cannot be set");
    }

    public override IReadOnlyList<string> Finish(Restored restored) => Finish(_folder, _path, restored);

    /// <summary>Gives an open file or folder all but its content. Attributes first, they need rights that the mode may take;
    /// the mode after the owner, whose change would take bits away; the time last.</summary>
    internal static IReadOnlyList<string> Finish(SafeFileHandle handle, string path, Restored restored)
    {
        var lost = restored.Attributes
            .Where(attribute => Libc.SetAttribute(handle, attribute.Key, attribute.Value, attribute.Value.Length, 0) != 0)
            .Select(attribute => attribute.Key).ToList();
        if (restored.Owner is var (uid, gid) && Libc.ChangeOwner(handle, uid, gid) != 0)
        {
            throw SystemRefusal.Last($"{path}: the owner cannot be set");
        }

        if (Libc.ChangeMode(handle, (uint)restored.Mode) != 0)
        {
            throw SystemRefusal.Last($"{path}: the mode cannot be set");
        }

        if (Libc.SetTimes(handle, Times(restored)) != 0)
        {
            throw SystemRefusal.Last($"{path}: the time cannot be set");
        }

        return lost;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _folder.Dispose();
        }
    }

    private static Libc.TimeSpec[] Times(Restored restored)
    {
        const long NanosecondsPerSecond = 1_000_000_000;
        var (seconds, nanoseconds) = Math.DivRem(restored.Modified, NanosecondsPerSecond);
        if (nanoseconds < 0)
        {
            (seconds, nanoseconds) = (seconds - 1, nanoseconds + NanosecondsPerSecond);
        }

        return
        [
            new Libc.TimeSpec { Nanoseconds = Libc.OmitTime },
            new Libc.TimeSpec { Seconds = seconds, Nanoseconds = nanoseconds },
        ];
    }

    private void Demand(int result, string name, string what)
    {
        if (result != 0)
        {
            throw SystemRefusal.Last($"{PathOf(name)}: {what}");
        }
    }

    private string PathOf(string name) => Path.Combine(_path, name);

    private sealed class LinuxTargetFile(SafeFileHandle file, string path)
        : TargetFile(new FileStream(file, FileAccess.Write, bufferSize: 0))
    {
        public override IReadOnlyList<string> Finish(Restored restored) => LinuxTargetFolder.Finish(file, path, restored);
    }
}
