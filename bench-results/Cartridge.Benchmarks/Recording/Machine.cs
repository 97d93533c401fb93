using System.Globalization;
using System.Runtime.InteropServices;

namespace Cartridge.Benchmarks;

/// <summary>What a reader has to know of the machine to make sense of its figures, and nothing that tells whose it is.</summary>
internal sealed record Machine
{
    /// <summary>The processor's name, as it gives it.</summary>
    public string Processor { get; init; } = "";

    /// <summary>Cores that the process may use.</summary>
    public int Cores { get; init; }

    /// <summary>What of the processor the checksums live on.</summary>
    public string Instructions { get; init; } = "";

    /// <summary>Memory in GiB.</summary>
    public double MemoryGiB { get; init; }

    /// <summary>The operating system and its kernel.</summary>
    public string System { get; init; } = "";

    /// <summary>The runtime.</summary>
    public string Runtime { get; init; } = "";

    /// <summary>The disk that the containers are on.</summary>
    public string Disk { get; init; } = "";

    /// <summary>How busy the machine was with other things when the run began: the load average of the last minute.</summary>
    public double? Load { get; init; }

    /// <summary>The day of the last run.</summary>
    public DateOnly Date { get; init; }

    /// <summary>One line for the beginning of a run.</summary>
    public string Summary => string.Join(" | ", Rows().Select(row => row.Value));

    /// <summary>Describes the machine that this runs on.</summary>
    /// <param name="folder">Where the containers will be.</param>
    public static Machine Describe(string folder) => new()
    {
        Processor = ProcessorName(),
        Cores = Environment.ProcessorCount,
        Instructions = InstructionNames(),
        MemoryGiB = Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30), 1),
        System = $"{RuntimeInformation.OSDescription}, kernel {Environment.OSVersion.Version.ToString(3)}, {RuntimeInformation.OSArchitecture}",
        Runtime = RuntimeInformation.FrameworkDescription,
        Disk = DiskOf(folder),
        Load = LoadNow(),
        Date = DateOnly.FromDateTime(DateTime.UtcNow),
    };

    /// <summary>The description as a table.</summary>
    public IEnumerable<(string Name, string Value)> Rows() =>
    [
        ("Processor", $"{Processor}, {Cores} cores"),
        ("Instructions", Instructions),
        ("Memory", $"{MemoryGiB:0.#} GiB"),
        ("System", System),
        ("Runtime", Runtime),
        ("Disk", Disk),
        ("Load before the run", Load is null ? "unknown" : $"{Load:0.00}"),
        ("Date", Date.ToString("O", CultureInfo.InvariantCulture)),
    ];

    private static string ProcessorName() =>
        FieldOf("/proc/cpuinfo", "model name") ?? FieldOf("/proc/cpuinfo", "Model") ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "unknown";

    private static string InstructionNames()
    {
        var flags = (FieldOf("/proc/cpuinfo", "flags") ?? FieldOf("/proc/cpuinfo", "Features") ?? "").Split(' ');
        string Has(string what, params string[] names) => names.Any(flags.Contains) ? $"{what} yes" : $"{what} no";
        return $"{Has("SHA-256", "sha_ni", "sha2")}, {Has("CRC-32C", "sse4_2", "crc32")}";
    }

    private static double? LoadNow() =>
        File.Exists("/proc/loadavg") ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture) : null;

    /// <summary>The file system and the kind of device below a folder, as far as the system tells.</summary>
    private static string DiskOf(string folder)
    {
        const string Mounts = "/proc/self/mountinfo";
        if (!File.Exists(Mounts))
        {
            return new DriveInfo(Path.GetPathRoot(folder)!).DriveFormat;
        }

        // ID PARENT MAJOR:MINOR ROOT MOUNT-POINT OPTIONS ... - FILE-SYSTEM SOURCE OPTIONS; the longest mount point wins.
        var mount = File.ReadLines(Mounts)
            .Select(line => line.Split(' '))
            .Where(fields => $"{folder}/".StartsWith(fields[4].TrimEnd('/') + "/", StringComparison.Ordinal))
            .MaxBy(fields => fields[4].Length);
        if (mount is null)
        {
            return "unknown";
        }

        var fileSystem = mount[Array.IndexOf(mount, "-") + 1];
        var device = $"/sys/dev/block/{mount[2]}";
        if (!Directory.Exists(device))
        {
            return $"{fileSystem}, no disk";
        }

        // A partition's queue is its disk's.
        var queue = Directory.Exists($"{device}/queue") ? $"{device}/queue" : $"{device}/../queue";
        var rotates = File.Exists($"{queue}/rotational") && File.ReadAllText($"{queue}/rotational").Trim() == "1";
        var name = Path.GetFileName(Directory.ResolveLinkTarget(device, returnFinalTarget: true)?.FullName ?? device);
        var kind = name switch
        {
            ['n', 'v', 'm', 'e', ..] => "NVMe",
            ['v', 'd', ..] => "virtual disk",
            ['m', 'm', 'c', ..] => "memory card",
            _ => rotates ? "rotating disk" : "disk",
        };
        return $"{kind}, {fileSystem}";
    }

    private static string? FieldOf(string file, string name) => File.Exists(file)
        ? File.ReadLines(file)
            .Select(line => line.Split(':', 2))
            .Where(parts => parts.Length == 2 && parts[0].Trim() == name)
            .Select(parts => parts[1].Trim())
            .FirstOrDefault()
        : null;
}
