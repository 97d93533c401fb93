using System.Runtime.Versioning;
using Cartridge.Cli;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

/// <summary>A folder of its own for each test, open to everyone, and <c>cart</c> at work in it.</summary>
[SupportedOSPlatform("linux")]
internal sealed class Bench : IDisposable
{
    // Set up once for all tests: where the tests stand, other users may not be able to read.
    private static readonly Lazy<string> Installed = new(Install);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cartridge-cli-");

    public Bench() => _folder.UnixFileMode = (UnixFileMode)0x1FF;

    /// <summary>The full path of a name in the folder.</summary>
    public string this[string name] => Path.Combine(_folder.FullName, name);

    public string Folder => _folder.FullName;

    /// <summary>How a child process is told to be <c>cart</c>.</summary>
    public static (string Program, string[] Arguments) Program => ("dotnet", [Installed.Value]);

    /// <summary>Runs <c>cart</c> in this process; names of files must be full paths.</summary>
    public static Outcome Cart(params string[] arguments) => Cart([], arguments);

    public static Outcome Cart(byte[] input, string[] arguments, bool isWatched = false)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter { NewLine = "\n" };
        using var session = new Session(new MemoryStream(input), output, error, isWatched);
        var code = CommandLine.Run(arguments, session);
        session.Output.Flush();
        return new Outcome(code, output.ToArray(), error.ToString());
    }

    /// <summary>Runs <c>cart</c> as a process of its own, in the folder.</summary>
    public Outcome Process(params string[] arguments) => ProcessWith(ChildProcessOptions.Default, arguments);

    public Outcome ProcessWith(ChildProcessOptions options, params string[] arguments) =>
        Outcome.Of(ChildProcess.Run(Program.Program, Program.Arguments.Concat(arguments), options with { WorkingDirectory = Folder }));

    /// <summary>Runs a line of shell, in the folder, with <c>cart</c> as "$0" "$1".</summary>
    public Outcome Shell(string line, ChildProcessOptions? options = null) =>
        Outcome.Of(ChildProcess.Run("sh", ["-c", line, Program.Program, .. Program.Arguments], (options ?? new()) with { WorkingDirectory = Folder }));

    /// <summary>A container made through the engine.</summary>
    public string Container(Action<CartridgeFile>? fill = null, string name = "x.cart")
    {
        using var container = new CartridgeBuilder().Slug("x").Create(this[name]);
        fill?.Invoke(container);
        return this[name];
    }

    /// <summary>A file, with the folders above it.</summary>
    public string File(string name, string content = "content")
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        System.IO.File.WriteAllText(this[name], content);
        return this[name];
    }

    public string Read(string name) => System.IO.File.ReadAllText(this[name]);

    /// <summary>Turns one bit of the first place where some bytes stand.</summary>
    public void Damage(string name, ReadOnlySpan<byte> there)
    {
        var bytes = System.IO.File.ReadAllBytes(this[name]);
        bytes[bytes.AsSpan().IndexOf(there)] ^= 1;
        System.IO.File.WriteAllBytes(this[name], bytes);
    }

    public void Dispose()
    {
        // Tests take rights away; everything below is ours to give them back.
        foreach (var folder in _folder.EnumerateDirectories("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
        {
            folder.UnixFileMode |= UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        }

        _folder.Delete(recursive: true);
    }

    private static string Install()
    {
        var target = Directory.CreateTempSubdirectory("cartridge-cart-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => target.Delete(recursive: true);
        target.UnixFileMode = (UnixFileMode)0x1ED;
        string[] parts = ["cart.dll", "cart.runtimeconfig.json", "cart.deps.json", "Cartridge.Reference.dll", "Cartridge.Codecs.dll", "Cartridge.Format1.dll", "System.CommandLine.dll", "Spectre.Console.dll"];
        foreach (var part in parts)
        {
            var copy = Path.Combine(target.FullName, part);
            System.IO.File.Copy(Path.Combine(AppContext.BaseDirectory, part), copy);
            System.IO.File.SetUnixFileMode(copy, (UnixFileMode)0x1A4);
        }

        return Path.Combine(target.FullName, "cart.dll");
    }
}
