using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Cartridge.Reference;

/// <summary>
/// Locks in the kernel, on bytes far beyond any content: they die with their handle, however that dies. Byte 2^62 - 1 is
/// the writer's (CART-LIF-104); a reader of generation g holds byte 2^62 + g shared (CART-LIF-105).
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class FileLocks(SafeFileHandle file) : ILocks
{
    private const long FirstPin = 1L << 62;
    private const long Writer = FirstPin - 1;

    public bool TryLockWriter() => Posix.TrySetLock(file, Posix.WriteLock, Writer, 1);

    public void UnlockWriter() => Posix.TrySetLock(file, Posix.Unlocked, Writer, 1);

    public void Pin(ulong generation) => Posix.TrySetLock(file, Posix.ReadLock, PinOf(generation), 1);

    public void Unpin(ulong generation) => Posix.TrySetLock(file, Posix.Unlocked, PinOf(generation), 1);

    public ulong? OldestPin(ulong newest)
    {
        // The kernel names any one lock in the way; below it there may be older ones.
        ulong? oldest = null;
        var end = PinOf(newest) + 1;
        while (end > FirstPin && Posix.FindLock(file, FirstPin, end - FirstPin) is { } start)
        {
            oldest = (ulong)(Math.Max(start, FirstPin) - FirstPin);
            end = FirstPin + (long)oldest;
        }

        return oldest;
    }

    private static long PinOf(ulong generation) => FirstPin + (long)Math.Min(generation, FirstPin - 2);
}

/// <summary>Where the system has no such locks the file itself is opened for one process at a time (CART-LIF-106).</summary>
internal sealed class NoLocks : ILocks
{
    public bool TryLockWriter() => true;

    public void UnlockWriter()
    {
    }

    public void Pin(ulong generation)
    {
    }

    public void Unpin(ulong generation)
    {
    }

    public ulong? OldestPin(ulong newest) => null;
}
