using System.Runtime.Versioning;
using Cartridge.Cli;

namespace Cartridge.Reference.Tests;

/// <summary>What tests do to the disk that the base library has no call for.</summary>
[SupportedOSPlatform("linux")]
internal static class Disk
{
    /// <summary>Sets a time to the nanosecond, of a link itself.</summary>
    public static void SetTime(string path, long nanoseconds)
    {
        using var folder = Libc.Open(Path.GetDirectoryName(path)!, Libc.ReadOnly | Libc.FolderOnly | Libc.CloseOnExec, 0);
        var seconds = (long)Math.Floor(nanoseconds / 1_000_000_000m);
        Libc.TimeSpec[] times =
        [
            new() { Nanoseconds = Libc.OmitTime },
            new() { Seconds = seconds, Nanoseconds = nanoseconds - (seconds * 1_000_000_000) },
        ];
        Assert.Equal(0, Libc.SetTimesAt(folder, Path.GetFileName(path), times, Libc.NoFollow));
    }

    /// <summary>Sets an extended attribute.</summary>
    /// <returns>False where the file system has none.</returns>
    public static bool SetAttribute(string path, string name, byte[] value)
    {
        using var file = Libc.Open(path, Libc.ReadOnly | Libc.CloseOnExec, 0);
        return Libc.SetAttribute(file, name, value, value.Length, 0) == 0;
    }

    public static void SetMode(string path, int mode) => File.SetUnixFileMode(path, (UnixFileMode)mode);
}
