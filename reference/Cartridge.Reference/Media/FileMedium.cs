using Microsoft.Win32.SafeHandles;

namespace Cartridge.Reference;

/// <summary>A container in a file of the local file system.</summary>
public sealed class FileMedium : IMedium
{
    private const int ShownOfName = 60; // characters; with what is put around them, no file system's limit is reached

    private readonly SafeFileHandle _file;
    private readonly string _path;

    private FileMedium(string path, SafeFileHandle file, bool isReadOnly)
    {
        _path = path;
        _file = file;
        IsReadOnly = isReadOnly;
        Locks = OperatingSystem.IsLinux() ? new FileLocks(file) : new NoLocks();
    }

    /// <inheritdoc/>
    public long Length => RandomAccess.GetLength(_file);

    /// <inheritdoc/>
    public bool IsReadOnly { get; }

    /// <inheritdoc/>
    public ILocks Locks { get; }

    /// <summary>Opens a file that exists.</summary>
    /// <param name="path">The file.</param>
    /// <param name="readOnly">Whether writing is refused.</param>
    /// <exception cref="CartridgeException"><c>api.not-found</c>: there is no such file. <c>api.access-denied</c>: the system
    /// does not let us. <c>api.busy</c>: another process has it, where the system has no locks for several.</exception>
    public static FileMedium Open(string path, bool readOnly)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var share = OperatingSystem.IsLinux() ? FileShare.ReadWrite | FileShare.Delete : readOnly ? FileShare.Read : FileShare.None;
        try
        {
            var file = File.OpenHandle(path, FileMode.Open, readOnly ? FileAccess.Read : FileAccess.ReadWrite, share);
            return new FileMedium(path, file, readOnly);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CartridgeException(ErrorCode.NotFound, $"There is no file {path}.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            var what = Directory.Exists(path) ? "it is a folder" : readOnly ? "reading is not permitted" : "writing is not permitted";
            throw new CartridgeException(ErrorCode.AccessDenied, $"Cannot open {path}: {what}.", e);
        }
    }

    /// <summary>A name in the same folder that nobody looks for and nothing has.</summary>
    /// <param name="path">The name that the file is to have. However long that is, there is room for this one.</param>
    public static string TemporaryFor(string path)
    {
        var name = Path.GetFileName(path);
        return Path.Combine(FolderOf(path), $".{name[..Math.Min(name.Length, ShownOfName)]}.{Convert.ToHexStringLower(Guid.NewGuid().ToByteArray())}.tmp");
    }

    /// <summary>Makes a new file that has no name yet; <see cref="Publish"/> gives it one.</summary>
    /// <param name="path">The name that it is to have. The file is made in the same folder.</param>
    /// <param name="temporary">Its name until then; to be deleted by whoever does not publish it.</param>
    /// <exception cref="CartridgeException"><c>api.not-found</c>: there is no such folder. <c>api.access-denied</c>: the system does
    /// not let us.</exception>
    public static FileMedium CreateUnnamed(string path, out string temporary)
    {
        var folder = FolderOf(path);
        temporary = TemporaryFor(path);
        try
        {
            var file = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            return new FileMedium(path, file, isReadOnly: false);
        }
        catch (DirectoryNotFoundException e)
        {
            throw new CartridgeException(ErrorCode.NotFound, $"There is no folder {folder}.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new CartridgeException(ErrorCode.AccessDenied, $"Cannot create {path}: writing to the folder {folder} is not permitted.", e);
        }
    }

    /// <summary>Gives a new container its name, durably, and only if nothing has that name yet (CART-HDR-104, CART-HDR-105).</summary>
    /// <param name="temporary">The file, as <see cref="CreateUnnamed"/> or its owner called it; synced.</param>
    /// <param name="path">The name, in the same folder.</param>
    /// <exception cref="CartridgeException"><c>api.exists</c>: something has that name.</exception>
    /// <exception cref="IOException">The system refused.</exception>
    public static void Publish(string temporary, string path)
    {
        if (OperatingSystem.IsLinux())
        {
            if (!Posix.TryLink(temporary, path))
            {
                throw AlreadyThere(path);
            }

            File.Delete(temporary);
            Posix.SyncDirectory(FolderOf(path));
            return;
        }

        try
        {
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw AlreadyThere(path, e);
        }
    }

    /// <inheritdoc/>
    public int Read(long offset, Span<byte> destination)
    {
        var filled = 0;
        while (filled < destination.Length)
        {
            var read = RandomAccess.Read(_file, destination[filled..], offset + filled);
            if (read == 0)
            {
                break;
            }

            filled += read;
        }

        return filled;
    }

    /// <inheritdoc/>
    public void Write(long offset, ReadOnlySpan<byte> source) => RandomAccess.Write(_file, source, offset);

    /// <inheritdoc/>
    public void SetLength(long length)
    {
        try
        {
            RandomAccess.SetLength(_file, length);
        }
        catch (ArgumentException e)
        {
            // So the base library says that the file system, or a limit of the user, allows no such file.
            throw new IOException($"The system allows {_path} no length of {length} bytes.", e);
        }
    }

    /// <inheritdoc/>
    public void Sync() => RandomAccess.FlushToDisk(_file);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <inheritdoc/>
    public override string ToString() => _path;

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? Path.GetFullPath(path);

    internal static CartridgeException AlreadyThere(string path, Exception? inner = null) =>
        new(ErrorCode.Exists, $"{path} exists already; it was not touched.", inner);
}
