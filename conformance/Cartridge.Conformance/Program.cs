using System.Text;
using Cartridge.Conformance.Adapters;
using Cartridge.Conformance.Generation;
using Cartridge.Conformance.Protocol;
using Cartridge.Conformance.Running;
using Cartridge.Conformance.Spec;
using Cartridge.Conformance.Vectors;

namespace Cartridge.Conformance;

/// <summary>The suite's command line.</summary>
internal static class Program
{
    private static readonly string Help = $"""
        The conformance suite of the .cart container, format 3.

        usage: Cartridge.Conformance COMMAND [OPTIONS]

        {RunCommand.Help}
        {VectorsCommand.Help}
          adapter         serve the reference, on the standard streams
          adapter-walker  serve the walker over the generated parsers, on the standard streams
        {SpecCommand.Help}
          adapter-mutant KIND  serve a faulty adapter, to test the suite: one of
            {string.Join(", ", MutantAdapter.Kinds)}
          help     this text

        exit codes: 0 all passed, 1 some failed, 2 wrong usage or a damaged suite, 3 nothing was run
        """;

    private static int Main(string[] args)
    {
        // Results are read by programs: UTF-8 and line feeds, whatever the console prefers.
        using StreamWriter output = new(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))
        {
            NewLine = "\n",
            AutoFlush = true,
        };
        try
        {
            return args is [string command, .. string[] rest]
                ? Run(command, rest, output)
                : throw new UsageException("a command is missing");
        }
        catch (Exception e) when (e is UsageException or VectorException or DirectoryNotFoundException or FormatException)
        {
            Console.Error.WriteLine(e.Message);
            Console.Error.WriteLine("'help' lists the commands and their options.");
            return ExitCode.Usage;
        }
    }

    private static int Run(string command, string[] args, TextWriter output)
    {
        switch (command)
        {
            case "run":
                return RunCommand.Run(args, output);
            case "adapter":
                return Serve(new ReferenceAdapter(), output);
            case "adapter-mutant" when args is [string kind]:
                return Serve(new MutantAdapter(kind), output);
            case "adapter-walker":
                return Serve(new WalkerAdapter(), output);
            case "vectors":
                return VectorsCommand.Run(args, output);
            case "spec":
                return SpecCommand.Run(args, output);
            case "help" or "--help" or "-h":
                output.WriteLine(Help);
                return ExitCode.Passed;
            default:
                throw new UsageException($"there is no command '{command}'");
        }
    }

    private static int Serve(IAdapter adapter, TextWriter output)
    {
        using StreamReader requests = new(Console.OpenStandardInput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return AdapterHost.Serve(adapter, requests, output);
    }
}
