using System.CommandLine;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary>What <c>cart mv</c> and <c>cart cp</c> share: FROM and TO, where that leads, and what may be there.</summary>
internal static class RelocationCommand
{
    /// <summary>Builds a command from what tells the two apart: its words, and what it does between two paths.</summary>
    public static Command Build(Session session, CartCommand command, string fromHelp, Func<CartridgeFile, string, string, int> relocate)
    {
        var file = Common.File();
        var from = Common.PathIn("FROM", fromHelp);
        var to = Common.PathIn("TO", Destination.Help);
        var overwrite = new Option<bool>("--overwrite") { Description = "Replaces a file or link that is there." };
        var wait = Common.Wait();
        foreach (var argument in new Argument[] { file, from, to })
        {
            command.Arguments.Add(argument);
        }

        command.Options.Add(overwrite);
        command.Options.Add(wait);
        return command.Does(result => Containers.Write(session, result.GetRequiredValue(file), result.GetValue(wait), container =>
        {
            var destination = Destination.Of(
                container,
                result.GetRequiredValue(file),
                result.GetRequiredValue(from),
                result.GetRequiredValue(to),
                result.GetValue(overwrite));
            relocate(container, destination.From, destination.To);
            return ExitCode.Fine;
        }));
    }
}
