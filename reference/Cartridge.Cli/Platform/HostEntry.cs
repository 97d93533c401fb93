namespace Cartridge.Cli;

/// <summary>What a thing of the file system is, as far as a container cares.</summary>
internal enum HostKind
{
    File,
    Folder,
    Link,

    /// <summary>A socket, a device, a pipe: nothing that a container can hold.</summary>
    Other,
}

/// <summary>A thing of the file system as it is now; a link is itself, not what it points to.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Mode">The low 12 bits of its mode.</param>
/// <param name="Uid">Its owner.</param>
/// <param name="Gid">Its group.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="Modified">When it was last written, in nanoseconds since the Unix epoch.</param>
/// <param name="Created">When it was made, where the file system knows.</param>
/// <param name="Identity">Tells it from everything else on this machine; null where the system does not say.</param>
internal sealed record HostEntry(
    HostKind Kind, int Mode, uint Uid, uint Gid, long Size, long Modified, long? Created, HostIdentity? Identity);

/// <summary>Device and inode: two names of one file have the same.</summary>
internal readonly record struct HostIdentity(uint DeviceMajor, uint DeviceMinor, ulong Inode);
