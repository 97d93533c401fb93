using System.Text;

namespace Cartridge.Benchmarks;

/// <summary>The command line of the benchmarks.</summary>
internal static class Program
{
    private const string Help = """
        Benchmarks of the reference implementation of the .cart container, each beside its yardstick.

        usage: Cartridge.Benchmarks COMMAND [OPTIONS]

          list             what can be measured, and the bars
          run [FILTER]     measure everything, or what has FILTER in its name
            --record DIR     put the figures into DIR/results.json and write DIR/results.md from it
            --quick          a smoke run: everything works, and the figures mean nothing
            --work DIR       where to put containers; name a folder on the disk to be measured
            --cart FILE      the program `cart` to measure; by default the one that is built in Release
            --verbose        show what BenchmarkDotNet says
          processes        the same as run processes
          tables DIR       write DIR/results.md again; without DIR/results.json, tables to be filled
          help             this text

        exit codes: 0 measured, 1 a bar was missed, 2 wrong usage
        """;

    private static int Main(string[] args)
    {
        // Tables are read by programs too: UTF-8 and line feeds, whatever the console prefers.
        using StreamWriter output = new(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))
        {
            NewLine = "\n",
            AutoFlush = true,
        };
        try
        {
            return Run(args, output);
        }
        catch (UsageException e)
        {
            Console.Error.WriteLine(e.Message);
            Console.Error.WriteLine("'help' lists the commands and their options.");
            return 2;
        }
    }

    private static int Run(string[] args, TextWriter output)
    {
        switch (args)
        {
            case ["list"]:
                Listing.Print(output);
                return 0;
            case ["run", .. var rest]:
                return Runner.Run(Plan.Parse(rest), output) ? 0 : 1;
            case ["processes", .. var rest]:
                return Runner.Run(Plan.Parse([ProcessesGroup.GroupName, .. rest]), output) ? 0 : 1;
            case ["tables", var folder]:
                Journal.Load(folder).Write(folder);
                return 0;
            case ["help" or "--help" or "-h"]:
                output.WriteLine(Help);
                return 0;
            default:
                throw new UsageException(args.Length == 0 ? "a command is missing" : $"there is no command '{string.Join(' ', args)}'");
        }
    }
}

/// <summary>The command line was not understood.</summary>
internal sealed class UsageException(string message) : Exception(message);
