using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary>The file system as the base library shows it: times in steps of 100 nanoseconds, no owners, no attributes.</summary>
internal sealed class PortableFiles : HostFiles
{
    private const int PlainFolder = 0x1ED; // rwxr-xr-x
    private const int PlainFile = 0x1A4; // rw-r--r--
    private const int LinkMode = 0x1FF; // rwxrwxrwx
    private const char Replacement = '\uFFFD';

    public override HostEntry? Look(string path)
    {
        FileSystemInfo info = new FileInfo(path);
        if (!info.Exists && info.LinkTarget is null)
        {
            info = new DirectoryInfo(path);
        }

        return info.Exists || info.LinkTarget is not null ? EntryOf(info) : null;
    }

    public override IReadOnlyList<string> NamesIn(string folder)
    {
        var names = new DirectoryInfo(folder).EnumerateFileSystemInfos().Select(info => info.Name).ToList();
        names.Sort(string.CompareOrdinal);
        return names.Find(name => name.Contains(Replacement, StringComparison.Ordinal)) is { } mangled && Look(Path.Combine(folder, mangled)) is null
            ? throw CliFailure.Usage($"{Path.Combine(folder, mangled)}: the name is not UTF-8; a container holds only names in UTF-8")
            : names;
    }

    public override (FileStream Content, HostEntry Entry) Open(string path)
    {
        var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (Look(path) is { Kind: HostKind.File } entry)
        {
            return (content, entry);
        }

        content.Dispose();
        throw new IOException($"{path}: has been replaced by something that is no file");
    }

    public override string ReadLink(string path) =>
        new FileInfo(path).LinkTarget ?? throw new IOException($"{path}: the link cannot be read");

    private static HostEntry EntryOf(FileSystemInfo info)
    {
        var kind = info.LinkTarget is not null ? HostKind.Link
            : (info.Attributes & FileAttributes.Directory) != 0 ? HostKind.Folder
            : (info.Attributes & FileAttributes.Device) != 0 ? HostKind.Other
            : HostKind.File;
        var mode = kind == HostKind.Link ? LinkMode
            : !OperatingSystem.IsWindows() ? (int)info.UnixFileMode
            : kind == HostKind.Folder ? PlainFolder : PlainFile;
        var size = kind == HostKind.File ? ((FileInfo)info).Length : 0;
        return new HostEntry(
            kind, mode, 0, 0, size, Nanoseconds(info.LastWriteTimeUtc), Nanoseconds(info.CreationTimeUtc), null);
    }

    private static long Nanoseconds(DateTime utc) => Clock.FromDateTime(new DateTimeOffset(utc));
}
