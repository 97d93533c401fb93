using System.Text;

namespace Cartridge.Format1;

/// <summary>
/// How a path of format 1 becomes one of format 3: slashes at the beginning and the end go, several in a row become one, and
/// nothing else is changed. A path that then still could not be one of format 3 is not taken over.
/// </summary>
public static class Format1Path
{
    private const int MaxLength = 1152;

    /// <summary>Normalises a path.</summary>
    /// <param name="path">The path, as format 1 has it.</param>
    /// <param name="trouble">Why format 3 cannot have it; null if it can.</param>
    /// <returns>The path, as format 3 has it; empty if it cannot.</returns>
    public static string Normalise(string path, out string? trouble)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var normalised = string.Join('/', segments);
        var length = Encoding.UTF8.GetByteCount(normalised);
        trouble =
            segments.Length == 0 ? "the path is empty"
            : segments.Any(segment => segment is "." or "..") ? "the path has a segment . or .."
            : path.Contains('\0', StringComparison.Ordinal) ? "the path has a NUL"
            : length > MaxLength ? $"the path has {length} bytes; {MaxLength} are allowed"
            : null;
        return trouble is null ? normalised : "";
    }
}
