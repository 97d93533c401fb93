using Cartridge.Cli;

using var session = Session.OfProcess();
return RawArguments.AreText(session) ? CommandLine.Run(args, session) : (int)ExitCode.Usage;
