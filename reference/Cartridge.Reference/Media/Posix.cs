using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Cartridge.Reference;

/// <summary>The few system calls that the base library does not offer.</summary>
[SupportedOSPlatform("linux")]
internal static partial class Posix
{
    // Open-file-description locks: they belong to the handle, not to the process, and end with it (fcntl(2)).
    private const int OfdGetLock = 36;
    private const int OfdSetLock = 37;

    public const short ReadLock = 0;
    public const short WriteLock = 1;
    public const short Unlocked = 2;

    private const int ReadOnly = 0; // O_RDONLY
    private const int CloseOnExec = 0x80000;
    private const int AlreadyExists = 17; // EEXIST
    private const int TryAgain = 11; // EAGAIN
    private const int AccessDenied = 13; // EACCES, the other answer that POSIX allows for a lock that is taken

    /// <summary>Tries to set or clear a lock on a range of bytes.</summary>
    /// <returns>False if somebody else's lock is in the way.</returns>
    public static bool TrySetLock(SafeFileHandle file, short type, long start, long length)
    {
        var range = new Flock { Type = type, Start = start, Length = length };
        if (Fcntl(file, OfdSetLock, ref range) == 0)
        {
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return error is TryAgain or AccessDenied ? false : throw Failure("lock the container", error);
    }

    /// <summary>Asks which lock of another handle would be in the way of an exclusive one.</summary>
    /// <returns>Where one such lock starts, or null if there is none.</returns>
    public static long? FindLock(SafeFileHandle file, long start, long length)
    {
        var range = new Flock { Type = WriteLock, Start = start, Length = length };
        return Fcntl(file, OfdGetLock, ref range) == 0
            ? range.Type == Unlocked ? null : range.Start
            : throw Failure("ask for locks on the container", Marshal.GetLastPInvokeError());
    }

    /// <summary>Gives a file a second name, unless something bears that name already.</summary>
    /// <returns>False if the name is taken.</returns>
    public static bool TryLink(string existing, string name)
    {
        if (Link(existing, name) == 0)
        {
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return error == AlreadyExists ? false : throw Failure($"give the container its name {name}", error);
    }

    /// <summary>Makes a folder's entries durable.</summary>
    public static void SyncDirectory(string path)
    {
        using var directory = OpenFile(path, ReadOnly | CloseOnExec);
        if (directory.IsInvalid || Fsync(directory) != 0)
        {
            throw Failure($"sync the folder {path}", Marshal.GetLastPInvokeError());
        }
    }

    private static IOException Failure(string what, int error) =>
        new($"The system refused to {what}: {Marshal.GetPInvokeErrorMessage(error)}.", error);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Fcntl(SafeFileHandle file, int command, ref Flock range);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string name);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(SafeFileHandle file);

    /// <summary>struct flock of 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Flock
    {
        public short Type;
        public short Whence; // SEEK_SET
        public long Start;
        public long Length;
        public int Process; // 0, as open-file-description locks demand
    }
}
