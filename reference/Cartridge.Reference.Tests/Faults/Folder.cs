using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>A folder that everybody may look into, with the host for other processes in it.</summary>
internal sealed class Folder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cartridge-faults-");

    public Folder()
    {
        // The work tree may be closed to another user; what the host needs is copied to where it is not.
        Open(_folder.FullName, (UnixFileMode)0x1ED);
        foreach (var name in new[] { "Cartridge.Testing.dll", "Cartridge.Testing.runtimeconfig.json", "Cartridge.Reference.dll" })
        {
            File.Copy(System.IO.Path.Combine(AppContext.BaseDirectory, name), this[name]);
            Open(this[name], (UnixFileMode)0x1A4);
        }
    }

    public string Path => _folder.FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>A container with one file.</summary>
    public string Container(string name = "x.cart")
    {
        using var container = new CartridgeBuilder().Slug("x").Create(this[name]);
        container.Write("file", "content"u8);
        return this[name];
    }

    /// <summary>Does something in another process.</summary>
    public string Elsewhere(string verb, string path, bool unprivileged = false)
    {
        var result = ChildProcess.Run("dotnet", [this["Cartridge.Testing.dll"], "engine", verb, path], new() { Unprivileged = unprivileged });
        Assert.True(!result.TimedOut && (verb == "die" || result.ExitCode is 0 or 1), result.ToString());
        return result.Output.Trim();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static void Open(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
