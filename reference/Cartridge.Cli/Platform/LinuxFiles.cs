using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Cartridge.Cli;

/// <summary>The file system of Linux: names as bytes, times in nanoseconds, extended attributes, holes.</summary>
[SupportedOSPlatform("linux")]
internal sealed class LinuxFiles : HostFiles
{
    private const int NameOffset = 19; // of d_name in struct dirent, on 64-bit Linux
    private const int MaxLinkTarget = 4096; // PATH_MAX
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const string UserNamespace = "user.";

    private const int TypeMask = 0xF000; // S_IFMT
    private const int TypeFolder = 0x4000;
    private const int TypeFile = 0x8000;
    private const int TypeLink = 0xA000;
    private const int ModeMask = 0xFFF;

    public override HostEntry? Look(string path)
    {
        if (Libc.Stat(Libc.CurrentFolder, path, Libc.NoFollow, Libc.StatBuffer.BasicAndBirth, out var buffer) == 0)
        {
            return EntryOf(buffer);
        }

        var refusal = SystemRefusal.Last($"{path}: cannot be looked at");
        return refusal.IsMissing ? null : throw refusal;
    }

    public override IReadOnlyList<string> NamesIn(string folder)
    {
        var handle = Libc.OpenFolder(folder);
        if (handle == 0)
        {
            throw SystemRefusal.Last($"{folder}: the folder cannot be read");
        }

        try
        {
            var names = new List<byte[]>();
            while (NextName(folder, handle) is { } name)
            {
                names.Add(name);
            }

            names.Sort((a, b) => a.AsSpan().SequenceCompareTo(b));
            return [.. names.Select(name => Decode(name, folder))];
        }
        finally
        {
            _ = Libc.CloseFolder(handle);
        }
    }

    public override (FileStream Content, HostEntry Entry) Open(string path)
    {
        // A pipe that took the file's place since it was looked at must not make us wait for a writer.
        var flags = Libc.ReadOnly | Libc.NotThroughLink | Libc.NonBlocking | Libc.CloseOnExec;
        var handle = Libc.Open(path, flags, 0);
        if (handle.IsInvalid)
        {
            throw SystemRefusal.Last($"{path}: cannot be opened");
        }

        try
        {
            var entry = Look(handle, path);
            return entry.Kind == HostKind.File
                ? (new FileStream(handle, FileAccess.Read, bufferSize: 0), entry)
                : throw new IOException($"{path}: has been replaced by something that is no file");
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    public override string ReadLink(string path)
    {
        var target = new byte[MaxLinkTarget];
        var length = Libc.ReadLink(path, target, target.Length);
        if (length < 0)
        {
            throw SystemRefusal.Last($"{path}: the link cannot be read");
        }

        var bytes = target.AsSpan(0, (int)length);
        return System.Text.Unicode.Utf8.IsValid(bytes)
            ? Encoding.UTF8.GetString(bytes)
            : throw CliFailure.Usage($"{path}: the link's target is not UTF-8; a container holds only UTF-8");
    }

    public override IReadOnlyDictionary<string, byte[]> AttributesOf(string path)
    {
        var length = Libc.ListAttributes(path, [], 0);
        if (length <= 0)
        {
            // None, or a file system without any, or none that we may see.
            return NoAttributes;
        }

        var list = new byte[length];
        length = Libc.ListAttributes(path, list, list.Length);
        var attributes = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var range in list.AsSpan(0, (int)Math.Max(length, 0)).Split((byte)0))
        {
            ReadOnlySpan<byte> name = list.AsSpan()[range];
            if (name.StartsWith("user."u8) && System.Text.Unicode.Utf8.IsValid(name) && GetAttribute(path, Encoding.UTF8.GetString(name)) is { } value)
            {
                attributes.Add(Encoding.UTF8.GetString(name), value);
            }
        }

        return attributes;
    }

    public override (long Start, long End)? NextData(FileStream content, long from, long size)
    {
        if (from >= size)
        {
            return null;
        }

        const int NothingThere = 6; // ENXIO: only a hole up to the end
        var start = Libc.Seek(content.SafeFileHandle, from, Libc.SeekData);
        if (start < 0)
        {
            return Marshal.GetLastPInvokeError() == NothingThere ? null : (from, size);
        }

        var end = Libc.Seek(content.SafeFileHandle, start, Libc.SeekHole);
        return (start, end < 0 ? size : end);
    }

    /// <summary>Whether a name is one of the namespace that ordinary users own.</summary>
    internal static bool IsUserAttribute(string name) => name.StartsWith(UserNamespace, StringComparison.Ordinal);

    private static byte[]? NextName(string folder, nint handle)
    {
        while (true)
        {
            var entry = Libc.ReadFolder(handle);
            if (entry == 0)
            {
                return Marshal.GetLastPInvokeError() is 0 ? null : throw SystemRefusal.Last($"{folder}: the folder cannot be read");
            }

            var name = new List<byte>();
            for (var at = entry + NameOffset; Marshal.ReadByte(at) is not 0 and var value; at++)
            {
                name.Add(value);
            }

            if (name is not [(byte)'.'] and not [(byte)'.', (byte)'.'])
            {
                return [.. name];
            }
        }
    }

    private static string Decode(byte[] name, string folder) => System.Text.Unicode.Utf8.IsValid(name)
        ? Encoding.UTF8.GetString(name)
        : throw CliFailure.Usage($"{folder}/{Escapes.Bytes(name)}: the name is not UTF-8; a container holds only names in UTF-8");

    private static byte[]? GetAttribute(string path, string name)
    {
        var length = Libc.GetAttribute(path, name, [], 0);
        if (length < 0)
        {
            return null;
        }

        var value = new byte[length];
        return Libc.GetAttribute(path, name, value, length) == length ? value : null;
    }

    private static HostEntry Look(SafeFileHandle handle, string path) =>
        Libc.StatAt(handle, "", Libc.EmptyPath | Libc.NoFollow, Libc.StatBuffer.BasicAndBirth, out var buffer) == 0
            ? EntryOf(buffer)
            : throw SystemRefusal.Last($"{path}: cannot be looked at");

    private static HostEntry EntryOf(in Libc.StatBuffer buffer) => new(
        KindOf(buffer.Mode),
        buffer.Mode & ModeMask,
        buffer.Uid,
        buffer.Gid,
        (long)buffer.Size,
        Nanoseconds(buffer.Modified),
        (buffer.Mask & Libc.StatBuffer.Birth) == 0 ? null : Nanoseconds(buffer.Born),
        new HostIdentity(buffer.DeviceMajor, buffer.DeviceMinor, buffer.Inode));

    private static HostKind KindOf(int mode) => (mode & TypeMask) switch
    {
        TypeFile => HostKind.File,
        TypeFolder => HostKind.Folder,
        TypeLink => HostKind.Link,
        _ => HostKind.Other,
    };

    /// <summary>Times before 1677 and after 2262 become the earliest and the latest that the format knows.</summary>
    private static long Nanoseconds(in Libc.StatTime time) =>
        (long)Int128.Clamp(((Int128)time.Seconds * NanosecondsPerSecond) + time.Nanoseconds, long.MinValue, long.MaxValue);
}
