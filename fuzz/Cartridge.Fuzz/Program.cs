namespace Cartridge.Fuzz;

/// <summary>Runs a target on inputs from files, folders or standard input.</summary>
public static class Program
{
    /// <summary>Inputs are cut off here: what is longer finds nothing that is not found with less.</summary>
    public const int MaxInput = 64 << 20;

    private const int Fine = 0;
    private const int Fault = 1;
    private const int WrongUse = 2;

    /// <summary>The command line: see fuzz/README.md.</summary>
    /// <param name="args"><c>list</c>, or a target and paths.</param>
    /// <returns>0: each input was answered; 1: there was a fault; 2: wrong use.</returns>
    public static int Main(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        if (args is ["list"])
        {
            foreach (var target in FuzzTargets.All)
            {
                Console.Out.WriteLine($"{target.Name,-18} {target.About}");
            }

            return Fine;
        }

        if (args.Length == 0 || FuzzTargets.Find(args[0]) is not { } chosen)
        {
            Console.Error.WriteLine("list | TARGET [FILE | FOLDER]...   without a path: one input from standard input");
            return WrongUse;
        }

        return Run(chosen, args[1..], Console.OpenStandardInput, Console.Error);
    }

    /// <summary>Runs a target on every input, whatever comes of those before it.</summary>
    /// <param name="target">The target.</param>
    /// <param name="paths">Files, and folders whose files at any depth are taken; none for standard input.</param>
    /// <param name="input">Opens standard input.</param>
    /// <param name="log">Where faults are told.</param>
    /// <returns>As for <see cref="Main"/>.</returns>
    public static int Run(FuzzTarget target, IReadOnlyList<string> paths, Func<Stream> input, TextWriter log)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(log);
        if (paths.FirstOrDefault(path => !Path.Exists(path)) is { } missing)
        {
            log.WriteLine($"{missing}: there is no such file or folder");
            return WrongUse;
        }

        if (paths.Count == 0)
        {
            using var stream = input();
            return Try(target, "standard input", stream, log) ? Fine : Fault;
        }

        var (inputs, faults) = (0, 0);
        foreach (var file in paths.SelectMany(FilesOf))
        {
            inputs++;
            using var stream = File.OpenRead(file);
            faults += Try(target, file, stream, log) ? 0 : 1;
        }

        log.WriteLine($"{target.Name}: {inputs} inputs, {faults} faults");
        return faults == 0 ? Fine : Fault;
    }

    private static IEnumerable<string> FilesOf(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        : [path];

    private static bool Try(FuzzTarget target, string name, Stream stream, TextWriter log)
    {
        var buffer = new MemoryStream();
        var piece = new byte[1 << 16];
        for (int read; buffer.Length < MaxInput && (read = stream.Read(piece)) > 0;)
        {
            buffer.Write(piece, 0, read);
        }

        try
        {
            target.Run(buffer.ToArray());
            return true;
        }
#pragma warning disable CA1031 // Whatever comes is what was looked for.
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.WriteLine($"{name}: {target.Name}: {e}");
            return false;
        }
    }
}
