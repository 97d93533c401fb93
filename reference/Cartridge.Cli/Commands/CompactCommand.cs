using System.CommandLine;
using System.Globalization;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary><c>cart compact</c>: moves content to the front and gives the end of the file back.</summary>
internal static class CompactCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        var file = Common.File();
        var blocks = new Option<int>("--blocks")
        {
            HelpName = "N",
            Description = "Blocks of 4096 bytes to free in each step; each step is whole when it is interrupted.",
            DefaultValueFactory = _ => CartridgeFile.DefaultCompactionBlocks,
        };
        blocks.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !(int.TryParse(result.Tokens[0].Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= 1))
            {
                result.AddError($"--blocks: a step frees 1 block or more, {int.MaxValue} at most");
            }
        });
        var wait = Common.Wait();
        return new CartCommand("compact", "Moves what stands at the end into free blocks, and shortens the file.")
        {
            Arguments = { file },
            Options = { blocks, wait },
            Examples =
            [
                new("cart compact site.cart", "until there is nothing left to gain"),
                new("cart compact site.cart --blocks 1000", "in small steps, which may be interrupted"),
                new("cart stats site.cart", "says how much is free, and how much in pieces"),
            ],
            Remarks =
                """
                Entries and snapshots stay as they are. Every step is an ordinary commit: readers go on reading, and what was
                done stays done when it is killed or interrupted (Ctrl-C ends it after the step under way, with exit code
                130). As long as a reader holds an older state, what that needs stays where it is.
                The next change may make room in the container again, as its growth threshold says.
                """,
        }.Does(result => Compact(session, result.GetRequiredValue(file), result.GetValue(blocks), result.GetValue(wait)));
    }

    private static ExitCode Compact(Session session, string file, int blocks, double wait)
    {
        using var interruption = new Interruption("what was compacted so far stays");
        return Containers.WriteInSteps(session, file, wait, container =>
        {
            interruption.Begin();
            var before = container.TotalBlocks;
            for (var isComplete = false; !isComplete;)
            {
                interruption.ThrowIfRequested();
                var step = container.Compact(blocks);
                isComplete = step.IsComplete;
                session.Status.Show(() => $"compacting {file}: {Words.Count((long)step.TotalBlocks, "block", "blocks")}");
            }

            session.Status.Erase();
            session.Output.WriteLine($"{before} blocks before, {container.TotalBlocks} now");
            return ExitCode.Fine;
        });
    }
}
