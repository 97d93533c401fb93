using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace Cartridge.Cli;

/// <summary>What <c>--help</c> does.</summary>
internal sealed class HelpPrinter(Session session) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        session.Output.Write(HelpText.Of(parseResult.CommandResult.Command));
        return (int)ExitCode.Fine;
    }
}

/// <summary>What <c>--version</c> does.</summary>
internal sealed class VersionPrinter(Session session) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var version = typeof(VersionPrinter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        session.Output.WriteLine($"cart {version} (format 3.0)");
        return (int)ExitCode.Fine;
    }
}
