namespace Cartridge.Testing;

/// <summary>
/// Finds the root of the work tree, so that tests can read <c>spec/</c> and <c>conformance/vectors/</c> as they stand there
/// instead of copies in their output folders.
/// </summary>
public static class RepositoryRoot
{
    private const string Marker = "Cartridge.Spec.sln";

    /// <summary>The folder that holds <c>Cartridge.Spec.sln</c>: the test assembly's folder or the nearest one above it.</summary>
    /// <returns>The full path, without a closing separator.</returns>
    /// <exception cref="DirectoryNotFoundException">No folder from the assembly's up to the root of the disk holds the solution.</exception>
    public static string Find() => FindFrom(AppContext.BaseDirectory);

    /// <summary>As <see cref="Find"/>, but starts the way up at <paramref name="start"/>.</summary>
    /// <param name="start">The folder to begin with; it need not exist.</param>
    /// <returns>The full path, without a closing separator.</returns>
    /// <exception cref="DirectoryNotFoundException">No folder from <paramref name="start"/> up holds the solution.</exception>
    public static string FindFrom(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Marker)))
            {
                return Path.TrimEndingDirectorySeparator(folder.FullName);
            }
        }

        throw new DirectoryNotFoundException($"No folder from '{start}' up holds {Marker}: tests run inside the work tree.");
    }

    /// <summary>The full path of something in the work tree.</summary>
    /// <param name="parts">The names on the way from the root, for example <c>"spec"</c>, <c>"01-scope.md"</c>.</param>
    /// <returns>The joined path, which need not exist.</returns>
    /// <exception cref="DirectoryNotFoundException">As for <see cref="Find"/>.</exception>
    public static string Combine(params ReadOnlySpan<string> parts) => Path.Combine([Find(), .. parts]);
}
