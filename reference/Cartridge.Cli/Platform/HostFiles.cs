namespace Cartridge.Cli;

/// <summary>
/// The file system as packing reads it: nothing is followed, names come as they are, times as fine as the system has them.
/// What the system refuses arrives as <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> that names the thing.
/// </summary>
internal abstract class HostFiles
{
    /// <summary>The best that this machine offers.</summary>
    public static HostFiles Here { get; } = Libc.IsSupported ? new LinuxFiles() : new PortableFiles();

    /// <summary>Looks at a thing.</summary>
    /// <returns>What it is, or null if it is not there.</returns>
    public abstract HostEntry? Look(string path);

    /// <summary>The names in a folder, in the order of their bytes.</summary>
    /// <exception cref="CliFailure">A name is not UTF-8.</exception>
    public abstract IReadOnlyList<string> NamesIn(string folder);

    /// <summary>Opens a file for reading, never through a link, and says what was opened.</summary>
    public abstract (FileStream Content, HostEntry Entry) Open(string path);

    /// <summary>The target of a link.</summary>
    /// <exception cref="CliFailure">It is not UTF-8.</exception>
    public abstract string ReadLink(string path);

    /// <summary>The extended attributes of the namespace <c>user.</c>; none where the system has none.</summary>
    public virtual IReadOnlyDictionary<string, byte[]> AttributesOf(string path) => NoAttributes;

    /// <summary>Where the next bytes are that are no hole.</summary>
    /// <returns>Start and end; null when there is nothing but a hole up to the end. The whole rest where the system does not tell.</returns>
    public virtual (long Start, long End)? NextData(FileStream content, long from, long size) => from < size ? (from, size) : null;

    /// <summary>No attributes at all.</summary>
    protected static IReadOnlyDictionary<string, byte[]> NoAttributes { get; } = new Dictionary<string, byte[]>(StringComparer.Ordinal);
}
