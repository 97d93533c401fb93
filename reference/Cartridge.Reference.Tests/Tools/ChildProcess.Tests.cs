using System.Diagnostics;
using System.Text;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests;

public class ChildProcessTests
{
    // Far above what any of these programs takes: reached only when something is wrong.
    private static readonly TimeSpan Generous = TimeSpan.FromMinutes(1);

    [ToolFact("cat")]
    public void Input_larger_than_a_pipe_comes_back_whole()
    {
        byte[] input = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("cartridge ", 100_000)));
        ChildProcessResult result = ChildProcess.Run("cat", [], new() { StandardInput = input, Timeout = Generous });
        Assert.Equal((0, false), (result.ExitCode, result.TimedOut));
        Assert.Equal(input, result.OutputBytes.ToArray());
    }

    [ToolFact("sh")]
    public void Exit_code_outputs_arguments_folder_and_environment_are_handed_over()
    {
        ChildProcessOptions options = new()
        {
            WorkingDirectory = RepositoryRoot.Find(),
            Environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["CARTRIDGE_SAMPLE"] = "set" },
        };
        ChildProcessResult result = ChildProcess.Run(
            "sh", ["-c", "ls Cartridge.Spec.sln; echo $CARTRIDGE_SAMPLE; echo \"$0\" >&2; exit 7", "an argument with spaces"], options);
        Assert.Equal(7, result.ExitCode);
        Assert.Equal("Cartridge.Spec.sln\nset\n", result.Output);
        Assert.Equal("an argument with spaces\n", result.Error);
    }

    [ToolFact("true")]
    public void A_program_may_end_without_reading_its_input()
    {
        ChildProcessResult result = ChildProcess.Run("true", [], new() { StandardInput = new byte[1 << 20] });
        Assert.Equal((0, false), (result.ExitCode, result.TimedOut));
    }

    [ToolFact("sh", "sleep")]
    public void A_time_out_kills_the_whole_tree_and_keeps_what_was_written()
    {
        long start = Stopwatch.GetTimestamp();
        ChildProcessResult result = ChildProcess.Run(
            "sh", ["-c", "echo before; sleep 600 & wait"], new() { Timeout = TimeSpan.FromMilliseconds(500) });
        Assert.True(result.TimedOut);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Equal("before\n", result.Output);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, Generous);
    }

    [Fact]
    public void A_program_that_is_not_there_is_named()
    {
        FileNotFoundException failure = Assert.Throws<FileNotFoundException>(() => ChildProcess.Run("no-such-tool-of-cartridge", []));
        Assert.Contains("no-such-tool-of-cartridge", failure.Message, StringComparison.Ordinal);
    }

    [ToolFact("id")]
    public void Unprivileged_is_not_root()
    {
        ChildProcessResult result = ChildProcess.Run("id", ["-u"], new() { Unprivileged = true });
        Assert.Equal(0, result.ExitCode);
        Assert.NotEqual("0\n", result.Output);
    }
}
