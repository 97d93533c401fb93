using Cartridge.Conformance.Protocol;
using Cartridge.Conformance.Vectors;

namespace Cartridge.Conformance.Running;

/// <summary><c>run</c>: holds an implementation against the vectors.</summary>
internal static class RunCommand
{
    public const string Help = """
          run      hold an implementation against the vectors
            --adapter COMMAND   the implementation's adapter; without it, the reference's
            --only PREFIX       only vectors whose id begins so (more than once: any of them)
            --vectors FOLDER    instead of conformance/vectors of the source tree
            --results FILE      where the report goes, JSON lines; otherwise beside this program
            --seconds N         instead of the time that each vector allows a step
            --quiet             no line for a vector that passed
        """;

    // What a shell reports for a program ended by an interrupt.
    private const int Interrupted = 130;

    public static int Run(IReadOnlyList<string> args, TextWriter output)
    {
        Options options = new(args, ["--adapter", "--only", "--vectors", "--results", "--seconds"], ["--quiet"]);
        AdapterCommand command = options.One("--adapter") is { } line
            ? AdapterCommand.Parse(line)
            : AdapterCommand.OfThisProgram("adapter");
        VectorFolder vectors = new(options.One("--vectors") ?? VectorFolder.Find());
        IReadOnlyList<string> prefixes = options.All("--only");
        List<VectorCase> chosen =
        [
            .. vectors.Cases().Where(vector => prefixes.Count == 0
                || prefixes.Any(prefix => vector.Id.StartsWith(prefix, StringComparison.Ordinal))),
        ];
        if (chosen.Count == 0)
        {
            // A run that checked nothing has not passed.
            Console.Error.WriteLine("no vector is chosen: nothing was run");
            return ExitCode.NothingRun;
        }

        string results = options.One("--results") ?? Path.Combine(AppContext.BaseDirectory, "results", "results.jsonl");
        string work = Directory.CreateTempSubdirectory("cartridge-conformance-").FullName;
        try
        {
            using AdapterProcess adapter = new(command);
            using ResultsWriter report = new(results, adapter.Hello);
            SuiteRunner runner = new(vectors, adapter, work) { Seconds = options.Number("--seconds") };
            return Run(chosen, runner, report, output, options.Has("--quiet")) is { } code
                ? Summarize(code, report, results, adapter.Hello, output)
                : Interrupted;
        }
        catch (AdapterException e)
        {
            throw new UsageException($"the adapter does not introduce itself: {e.Message}");
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    /// <returns>The exit code, or null if the run was interrupted.</returns>
    private static int? Run(List<VectorCase> chosen, SuiteRunner runner, ResultsWriter report, TextWriter output, bool quiet)
    {
        bool interrupted = false;
        ConsoleCancelEventHandler interrupt = (_, request) =>
        {
            // The first interrupt lets the vector at hand finish and the report say that it is partial; a second one ends it all.
            request.Cancel = !interrupted;
            interrupted = true;
        };
        Console.CancelKeyPress += interrupt;
        try
        {
            bool failed = false;
            foreach (VectorCase vector in chosen)
            {
                if (interrupted)
                {
                    output.WriteLine("interrupted: the report is partial");
                    return null;
                }

                VectorResult result = runner.Run(vector);
                report.Add(result);
                failed |= result.IsFailure;
                if (!quiet || result.IsFailure)
                {
                    output.WriteLine($"{VectorResult.NameOf(result.Outcome),-13} {vector.Id}{Said(vector, result)}");
                }
            }

            report.Complete();
            return failed ? ExitCode.Failed : report.Count(Outcome.Passed) == 0 ? ExitCode.NothingRun : ExitCode.Passed;
        }
        finally
        {
            Console.CancelKeyPress -= interrupt;
        }
    }

    private static string Said(VectorCase vector, VectorResult result) =>
        result.Detail is null ? ""
        : result.IsFailure ? $"\n    step {result.Step}: {result.Detail}\n    {vector.Requirements[0]}: {vector.Why}"
        : $" ({result.Detail})";

    private static int Summarize(int code, ResultsWriter report, string results, Hello hello, TextWriter output)
    {
        int passed = report.Count(Outcome.Passed);
        int lenient = report.Count(Outcome.Lenient);
        int skipped = report.Count(Outcome.Skipped);
        int failed = Enum.GetValues<Outcome>().Sum(report.Count) - passed - lenient - skipped;
        output.WriteLine();
        output.WriteLine($"{hello.Name} {hello.Version} on suite {SuiteVersion.Current}; report: {results}");
        if (lenient > 0)
        {
            output.WriteLine($"{lenient} bad containers were accepted, as a reader without full checks may");
        }

        output.WriteLine($"{passed} passed, {failed} failed, {lenient + skipped} skipped");
        return code;
    }
}
