namespace Cartridge.Benchmarks;

/// <summary>The folder that a run works in, gone when it ends.</summary>
internal sealed class Workspace : IDisposable
{
    private static Workspace? _current;
    private int _files;

    private Workspace(string folder) => Folder = folder;

    /// <summary>The workspace of this run. BenchmarkDotNet makes the objects that it measures, so nobody can hand it to them.</summary>
    public static Workspace Current => _current ?? throw new InvalidOperationException("No run has begun.");

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Begins a run.</summary>
    /// <param name="parent">The folder to make it in; null for the system's folder of temporary files.</param>
    public static Workspace Open(string? parent)
    {
        var folder = Path.Combine(Path.GetFullPath(parent ?? Path.GetTempPath()), $"cartridge-benchmarks-{Guid.NewGuid():n}");
        Directory.CreateDirectory(folder);
        return _current = new Workspace(folder);
    }

    /// <summary>The path of a file or folder in it.</summary>
    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>A path that nothing has yet.</summary>
    public string NewPath(string extension) => PathOf($"{Interlocked.Increment(ref _files)}{extension}");

    /// <inheritdoc/>
    public void Dispose()
    {
        _current = null;
        Directory.Delete(Folder, recursive: true);
    }
}
