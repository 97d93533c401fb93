namespace Cartridge.Testing;

/// <summary>
/// Decides what becomes of a test that needs programs from outside the SDK. On a contributor's machine a missing program skips the
/// test, and the skip names the program; where <c>CARTRIDGE_REQUIRE_TOOLS=1</c> is set, as in CI, it fails the test instead, so
/// that a green run cannot hide a test that never ran.
/// </summary>
public static class ToolRequirement
{
    /// <summary>The environment variable that turns skips into failures when its value is <c>1</c>.</summary>
    public const string RequireVariable = "CARTRIDGE_REQUIRE_TOOLS";

    /// <summary>Whether this run must have every tool.</summary>
    public static bool IsStrict => Environment.GetEnvironmentVariable(RequireVariable) == "1";

    /// <summary>The full path of a program, searched as a shell would.</summary>
    /// <param name="tool">The program's bare name, for example <c>node</c>.</param>
    /// <returns>The first match on <c>PATH</c>, or null where there is none.</returns>
    public static string? Locate(string tool) => Locate(tool, Environment.GetEnvironmentVariable("PATH") ?? "");

    /// <summary>As <see cref="Locate(string)"/>, but searches the folders of <paramref name="path"/>.</summary>
    /// <param name="tool">The program's bare name.</param>
    /// <param name="path">Folders, separated as <c>PATH</c> is on this system.</param>
    /// <returns>The first match, or null where there is none.</returns>
    public static string? Locate(string tool, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(tool);
        ArgumentNullException.ThrowIfNull(path);
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd", ".bat"] : [""];
        IEnumerable<string> candidates =
            from folder in path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            from ending in endings
            select Path.Combine(folder, tool + ending);
        return candidates.FirstOrDefault(IsProgram);
    }

    /// <summary>The sentence that says which of the tools are missing.</summary>
    /// <param name="tools">The bare names of the programs that a test needs.</param>
    /// <returns>For example <c>needs node, which is not on PATH</c>; null where all are there.</returns>
    public static string? Missing(IEnumerable<string> tools)
    {
        string[] missing = [.. tools.Where(tool => Locate(tool) is null)];
        return missing.Length == 0 ? null : $"needs {string.Join(" and ", missing)}, which is not on PATH";
    }

    /// <summary>What a strict run reports in place of a test whose tools are missing.</summary>
    /// <param name="tools">The bare names of the programs that the test needs.</param>
    /// <param name="strict">Whether the run is strict: <see cref="IsStrict"/>.</param>
    /// <returns>The failure's message, or null where the test runs, or is skipped, as usual.</returns>
    public static string? Failure(IEnumerable<string> tools, bool strict) =>
        strict && Missing(tools) is { } missing ? $"{RequireVariable}=1, but this test {missing}" : null;

    /// <summary>Why a run that is not strict passes over a test whose tools are missing.</summary>
    /// <param name="tools">The bare names of the programs that the test needs.</param>
    /// <param name="strict">Whether the run is strict: <see cref="IsStrict"/>.</param>
    /// <returns>The skip's reason, or null where the test is not skipped.</returns>
    public static string? Skip(IEnumerable<string> tools, bool strict) => strict ? null : Missing(tools);

    private static bool IsProgram(string file) =>
        File.Exists(file)
        && (OperatingSystem.IsWindows()
            || (File.GetUnixFileMode(file) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
}
