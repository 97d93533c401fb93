using System.Diagnostics;

namespace Cartridge.Benchmarks;

/// <summary>The command line as a whole process, from its start to its end, beside <c>tar</c>.</summary>
internal sealed class ProcessesGroup() : PairedGroup(GroupName, pairs: 7)
{
    /// <summary>The group's name.</summary>
    public const string GroupName = "processes";

    /// <summary>The folder of the SDK that runs this: some thousand files of all sizes, on every developer's machine.</summary>
    private static string SdkFolder => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", "sdk"));

    /// <inheritdoc/>
    public override string? ObstacleTo(Plan plan)
    {
        if (CartOf(plan) is not { } cart)
        {
            return "there is no program `cart`; build reference/Cartridge.Cli with -c Release, or name it with --cart";
        }

        return !Directory.Exists(SdkFolder) ? "there is no .NET SDK beside the runtime"
            : !Succeeds(cart, "put", "--help") ? "this `cart` has no command `put`"
            : !Succeeds("tar", "--version") ? "there is no program `tar`"
            : null;
    }

    /// <inheritdoc/>
    protected override Pair Prepare(Comparison comparison, Plan plan)
    {
        var cart = CartOf(plan)!;
        return comparison.Name == "get" ? new GetCase(cart) : new PutCase(cart, synced: comparison.Name == "put-synced");
    }

    /// <summary>The program that the plan names, or the one that the build made for this repository.</summary>
    private static string? CartOf(Plan plan)
    {
        if (plan.Cart is not null)
        {
            return Path.GetFullPath(plan.Cart);
        }

        var name = OperatingSystem.IsWindows() ? "cart.exe" : "cart";
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var cart = Path.Combine(folder.FullName, "reference", "Cartridge.Cli", "bin", "Release", "net10.0", name);
            if (File.Exists(cart))
            {
                return cart;
            }
        }

        return null;
    }

    private static bool Succeeds(string program, params string[] arguments)
    {
        try
        {
            return Exit(program, arguments) == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // There is no such program.
        }
    }

    private static int Exit(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>What the two cases share: a process must succeed, and what the last one left to write is written before the next.</summary>
    private abstract class ProcessPair : Pair
    {
        protected static TimeSpan TimeOf(string program, params string[] arguments)
        {
            Settle();
            return Time(() => Run(program, arguments));
        }

        protected static void Run(string program, params string[] arguments)
        {
            if (Exit(program, arguments) is not 0 and var code)
            {
                throw new InvalidOperationException($"{Path.GetFileName(program)} {arguments[0]} ended with exit code {code}.");
            }
        }

        private static void Settle()
        {
            if (!OperatingSystem.IsWindows())
            {
                Run("sync", "--");
            }
        }
    }

    private sealed class PutCase(string cart, bool synced) : ProcessPair
    {
        /// <inheritdoc/>
        public override void Dispose()
        {
            // Each turn has deleted what it made.
        }

        /// <inheritdoc/>
        public override TimeSpan Subject()
        {
            var container = Workspace.Current.NewPath(".cart");
            Run(cart, "create", container);
            var time = TimeOf(cart, "put", container, SdkFolder);
            File.Delete(container);
            return time;
        }

        /// <inheritdoc/>
        public override TimeSpan Yardstick()
        {
            var archive = Workspace.Current.NewPath(".tar");
            var time = TimeOf("tar", "cf", archive, "-C", Path.GetDirectoryName(SdkFolder)!, Path.GetFileName(SdkFolder));
            time += synced ? Time(() => Run("sync", archive)) : TimeSpan.Zero;
            File.Delete(archive);
            return time;
        }
    }

    private sealed class GetCase : ProcessPair
    {
        private readonly string _cart;
        private readonly string _container = Workspace.Current.NewPath(".cart");
        private readonly string _archive = Workspace.Current.NewPath(".tar");

        public GetCase(string cart)
        {
            _cart = cart;
            Run(cart, "create", _container);
            Run(cart, "put", _container, SdkFolder);
            Run("tar", "cf", _archive, "-C", Path.GetDirectoryName(SdkFolder)!, Path.GetFileName(SdkFolder));
        }

        /// <inheritdoc/>
        public override TimeSpan Subject() => Extract(folder => TimeOf(_cart, "get", _container, "--out", folder));

        /// <inheritdoc/>
        public override TimeSpan Yardstick() => Extract(folder => TimeOf("tar", "xf", _archive, "-C", folder));

        /// <inheritdoc/>
        public override void Dispose()
        {
            File.Delete(_container);
            File.Delete(_archive);
        }

        private static TimeSpan Extract(Func<string, TimeSpan> extract)
        {
            var folder = Workspace.Current.NewPath("");
            Directory.CreateDirectory(folder);
            var time = extract(folder);
            Directory.Delete(folder, recursive: true);
            return time;
        }
    }
}
