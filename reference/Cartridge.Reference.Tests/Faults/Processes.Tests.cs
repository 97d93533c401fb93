using System.Diagnostics;
using System.Globalization;
using Cartridge.Testing;
using Xunit.Abstractions;

namespace Cartridge.Reference.Tests;

/// <summary>
/// Writers that take turns and readers that never wait, in processes of their own that are killed at random moments: every
/// reader sees exactly published states, whole, in order and up to date, for as long as it holds them (CART-LIF-101 to 105).
/// </summary>
public sealed class ProcessesTests(ITestOutputHelper output) : IDisposable
{
    private const int Seed = 40961;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly Folder _folder = new();
    private readonly List<Process> _processes = [];

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            Kill(process);
            process.Dispose();
        }

        _folder.Dispose();
    }

    [ToolTheory("dotnet")]
    [InlineData(150, 6)]
    [DeepInlineData(5000, 200)]
    public void Every_reader_sees_exactly_published_states_while_writers_and_readers_are_killed(int versions, int kills)
    {
        var path = _folder["x.cart"];
        new CartridgeBuilder().Slug("x").Create(path).Dispose();
        output.WriteLine($"seed {Seed}");
        using var progress = new Progress(path);
        Process[] writers = [Start("write", path, versions), Start("write", path, versions)];
        Process[] readers = [.. Enumerable.Range(0, 4).Select(_ => Start("read", path, versions))];
        var random = new Random(Seed);
        for (var kill = 0; kill < kills; kill++)
        {
            // At whatever moment that is for the one that is killed.
            var next = (ulong)((kill + 1) * versions / (kills + 2));
            Assert.True(SpinWait.SpinUntil(() => progress.DoneVersion >= next, Patience), $"version {progress.DoneVersion} was the last");
            var victims = kill % 3 == 2 ? readers : writers;
            var victim = random.Next(victims.Length);
            Kill(victims[victim]);
            victims[victim] = Start(victims == writers ? "write" : "read", path, versions);
        }

        foreach (var process in writers.Concat(readers))
        {
            Assert.True(process.WaitForExit(Patience), "a process did not end");
            var seen = process.StandardOutput.ReadToEnd().Trim();
            Assert.True(process.ExitCode == 0, $"{seen}{process.StandardError.ReadToEnd()}");
            Assert.True(writers.Contains(process) || int.Parse(seen, CultureInfo.InvariantCulture) >= 1, seen);
            output.WriteLine(writers.Contains(process) ? "a writer got to the end" : $"a reader saw {seen} states");
        }

        Assert.Empty(Verifier.Verify(path).Findings);
        using var container = CartridgeFile.OpenReadOnly(path);
        Assert.Null(new Cells(Seed).Check(container));
        Assert.InRange(Cells.VersionOf(container), (ulong)versions, ulong.MaxValue);
    }

    [ToolFact("dotnet")]
    public void A_backup_of_a_container_that_is_written_to_is_one_of_its_states()
    {
        const int Versions = 120;
        var path = _folder["x.cart"];
        new CartridgeBuilder().Slug("x").Create(path).Dispose();
        using var progress = new Progress(path);
        var writer = Start("write", path, Versions);
        var newest = 0UL;
        for (var i = 0; newest < Versions / 2; i++)
        {
            var done = progress.DoneVersion;
            CartridgeFile.BackUp(path, _folder[$"{i}.cart"]);
            using var copy = CartridgeFile.Open(_folder[$"{i}.cart"]);
            Assert.Null(new Cells(Seed).Check(copy));
            newest = Cells.VersionOf(copy);
            Assert.InRange(newest, done, progress.BegunVersion);
            copy.Write("copy", "written on"u8);
        }

        Assert.True(writer.WaitForExit(Patience) && writer.ExitCode == 0, "the writer was disturbed");
    }

    [ToolFact("dotnet")]
    public void A_killed_reader_holds_nothing()
    {
        var path = _folder["x.cart"];
        var cells = new Cells(Seed);
        using var container = new CartridgeBuilder().Slug("x").Create(path);
        using var progress = new Progress(path);
        cells.Write(container, 1);
        progress.BegunVersion = progress.DoneVersion = 1;

        // It holds the first version and waits for three more.
        var reader = Start("read", path, last: 100);
        using var medium = FileMedium.Open(path, readOnly: true);
        Assert.True(SpinWait.SpinUntil(() => medium.Locks.OldestPin(container.Generation) is not null, Patience), "the reader did not come");
        Kill(reader);
        Assert.Null(medium.Locks.OldestPin(container.Generation));

        // So what it held is used again: the container does not grow for ever.
        for (ulong version = 2; version < 30; version++)
        {
            cells.Write(container, version);
        }

        var blocks = container.TotalBlocks;
        for (ulong version = 30; version < 60; version++)
        {
            cells.Write(container, version);
        }

        Assert.InRange(container.TotalBlocks, 3UL, 2 * blocks);
        Assert.Null(cells.Check(container));
    }

    private static void Kill(Process process)
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }

    private Process Start(string verb, string path, int last)
    {
        var start = new ProcessStartInfo("dotnet", [_folder["Cartridge.Testing.dll"], "history", verb, path, $"{Seed}", $"{last}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        _processes.Add(process);
        return process;
    }
}
