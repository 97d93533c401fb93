using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

public class DescriptionCompileTests
{
    private static readonly string[] Sources = ["package.json", "package-lock.json", ".npmrc", "compile.mjs", "docs.mjs", "faults.mjs", "fields.mjs"];

    private static readonly string[] Descriptions = ["cartridge.ksy", "cartridge_1.ksy", "cartridge_1_snapshot.ksy", "cartridge_stream.ksy"];

    [ToolFact("node", "npm")]
    public void The_generated_files_are_what_the_compiler_makes_of_the_description()
    {
        string folder = Directory.CreateTempSubdirectory("cartridge-formats-").FullName;
        try
        {
            // Beside the work tree and not in it: no node_modules of an earlier run can take part.
            string kaitai = Directory.CreateDirectory(Path.Combine(folder, "kaitai")).FullName;
            foreach (string description in Descriptions)
            {
                File.Copy(RepositoryRoot.Combine("formats", description), Path.Combine(folder, description));
            }

            foreach (string source in Sources)
            {
                File.Copy(RepositoryRoot.Combine("formats", "kaitai", source), Path.Combine(kaitai, source));
            }

            string made = Path.Combine(folder, "made");
            Run(kaitai, "npm", "ci", "--prefer-offline");
            Run(kaitai, "node", "compile.mjs", made);

            string checkedIn = RepositoryRoot.Combine("formats", "Cartridge.Formats", "Generated");
            Assert.Equal(Names(checkedIn), Names(made));
            foreach (string name in Names(made))
            {
                Assert.True(
                    File.ReadAllBytes(Path.Combine(made, name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(checkedIn, name))),
                    $"{name} is not what the description gives: run 'node compile.mjs' in formats/kaitai and commit what changes");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void The_lock_file_names_no_registry()
    {
        string text = File.ReadAllText(RepositoryRoot.Combine("formats", "kaitai", "package-lock.json"));
        Assert.DoesNotContain("\"resolved\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_chapters_and_requirements_that_the_description_names_are_there()
    {
        string[] lines = [.. Descriptions.SelectMany(description => File.ReadAllLines(RepositoryRoot.Combine("formats", description)))];
        Assert.All(Values(lines, "doc-ref").Distinct(), chapter => Assert.True(File.Exists(RepositoryRoot.Combine(chapter)), chapter));

        IEnumerable<(string, string)> faults = Values(lines, "-requirement").Zip(Values(lines, "-fault"));
        Assert.All(faults.Distinct(), fault => Assert.Equal(SpecificationChecks.All[fault.Item1].Code, fault.Item2));
    }

    private static IEnumerable<string> Values(string[] lines, string key) =>
        lines.Select(line => line.Trim()).Where(line => line.StartsWith($"{key}: ", StringComparison.Ordinal)).Select(line => line[(key.Length + 2)..]);

    private static IEnumerable<string> Names(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles().Select(file => file.Name).Order(StringComparer.Ordinal);

    private static void Run(string folder, string program, params string[] arguments)
    {
        ChildProcessResult result = ChildProcess.Run(
            program, arguments, new ChildProcessOptions { WorkingDirectory = folder, Timeout = TimeSpan.FromMinutes(5) });
        Assert.True(result.ExitCode == 0 && !result.TimedOut, $"{program} failed: {result}");
    }
}
