namespace Cartridge.Conformance.Spec;

/// <summary>The command <c>spec</c>: keeps what is derived from the chapters in step with them.</summary>
internal static class SpecCommand
{
    public const string Help = """
          spec     bring what is derived from the chapters of the specification in step with them
            lock                the hashes of all normative sentences, spec/requirements.lock.json
            examples            the annotated pages in the chapters
            coverage            where each requirement is implemented and tested, spec/coverage.md
        """;

    /// <summary>Runs one of <c>lock</c>, <c>coverage</c> and <c>examples</c> on the work tree around the current folder.</summary>
    /// <param name="args">What stands behind <c>spec</c>.</param>
    /// <param name="output">Where to say what was done.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">It is none of them.</exception>
    public static int Run(string[] args, TextWriter output)
    {
        string root = WorkTree();
        switch (args)
        {
            case ["lock"]:
                return Lock(root, output);
            case ["coverage"]:
                Write(Coverage.PathIn(root), Coverage.Of(root, Specification.Load(root)).ToMarkdown(), output);
                return ExitCode.Passed;
            case ["examples"]:
                Examples examples = Examples.Run(Specification.Load(root));
                foreach (string path in Specification.ChapterFiles(root))
                {
                    Write(path, examples.Regenerate(File.ReadAllText(path)), output);
                }

                return ExitCode.Passed;
            default:
                throw new UsageException("'spec' needs one of lock, examples and coverage");
        }
    }

    private static int Lock(string root, TextWriter output)
    {
        Specification specification = Specification.Load(root);
        RequirementLock old = RequirementLock.Load(root);
        string[] problems = [.. specification.Problems(), .. old.Forbids(specification)];
        foreach (string problem in problems)
        {
            output.WriteLine(problem);
        }

        if (problems.Length > 0)
        {
            return ExitCode.Failed;
        }

        IReadOnlyDictionary<string, string> reasons = RequirementLock.LoadReasons(root);
        RequirementLock updated = old.Updated(specification, reasons);
        foreach (string difference in old.Differences(specification, reasons))
        {
            output.WriteLine(difference);
        }

        Write(RequirementLock.PathIn(root), updated.ToText(), output);
        return ExitCode.Passed;
    }

    private static void Write(string path, string text, TextWriter output)
    {
        if (!File.Exists(path) || File.ReadAllText(path) != text)
        {
            File.WriteAllText(path, text);
            output.WriteLine($"wrote {Path.GetFileName(path)}");
        }
    }

    private static string WorkTree()
    {
        DirectoryInfo? folder = new(Environment.CurrentDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Cartridge.Spec.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("This command works on the work tree that holds Cartridge.Spec.sln; run it there.");
    }
}
