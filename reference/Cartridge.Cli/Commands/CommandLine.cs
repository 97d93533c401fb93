using System.CommandLine;
using System.CommandLine.Parsing;

namespace Cartridge.Cli;

/// <summary>The command line as a whole: takes arguments apart, runs a command, and turns whatever ends it into an exit code.</summary>
internal static class CommandLine
{
    /// <summary>Runs <c>cart</c>.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments, Session session)
    {
        // If nobody reads to the end, what is known of the outcome until then counts.
        var code = (int)ExitCode.Fine;
        try
        {
            code = (int)Invoke(arguments, session);
            session.Output.Flush();
            return code;
        }
        catch (OutputClosed)
        {
            return code;
        }
        catch (Exception e)
        {
            return (int)Failures.Report(session, e);
        }
    }

    private static ExitCode Invoke(string[] arguments, Session session)
    {
        // Names may begin with @: no argument is a file of further arguments.
        var result = Root(session).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (result.Action is not (HelpPrinter or VersionPrinter) && Mistake(result) is { } mistake)
        {
            session.Error(Words.OnOneLine(mistake));
            session.Hint($"Try '{HelpText.NameOf(result.CommandResult.Command)} --help'.");
            return ExitCode.Usage;
        }

        session.Keys = KeySource.Of(result);
        return (ExitCode)result.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    private static CartCommand Root(Session session) => new("cart", "Makes, fills, reads, checks and explains .cart containers.")
    {
        Subcommands =
        {
            CreateCommand.Build(session),
            PutCommand.Build(session),
            GetCommand.Build(session),
            CatCommand.Build(session),
            LsCommand.Build(session),
            StatCommand.Build(session),
            MkdirCommand.Build(session),
            MvCommand.Build(session),
            CpCommand.Build(session),
            RmCommand.Build(session),
            StatsCommand.Build(session),
            CompactCommand.Build(session),
            BackupCommand.Build(session),
            SnapshotCommand.Build(session),
            DiffCommand.Build(session),
            ManifestCommand.Build(session),
            KeyCommand.Build(session),
            VerifyCommand.Build(session),
            SalvageCommand.Build(session),
            MigrateCommand.Build(session),
            ExportCommand.Build(session),
            HashCommand.Build(session),
            SendCommand.Build(session),
            ReceiveCommand.Build(session),
            SignCommand.Build(session),
            KeygenCommand.Build(session),
            InspectCommand.Build(session),
            MapCommand.Build(session),
            CompletionCommand.Build(session),
        },
        Options =
        {
            new Option<bool>("--help", "-h", "-?") { Description = "Shows help and examples.", Recursive = true, Action = new HelpPrinter(session) },
            KeySource.Options[0],
            KeySource.Options[1],
            new Option<bool>("--version") { Description = "Shows the version.", Action = new VersionPrinter(session) },
        },
        Examples =
        [
            new("cart create site.cart --title \"My site\"", "makes a container"),
            new("cart put site.cart index.html css", "stores a file and a folder"),
            new("cart ls site.cart -lR", "shows everything in it"),
            new("cart get site.cart --out copy", "puts everything on the disk again"),
            new("cart verify site.cart", "checks every byte of it"),
        ],
        Remarks =
            """
            Exit codes: 0 all was done; 1 the container is not valid, or the thing is not there (or is there and in the way);
            2 wrong usage; 3 the system refused; 4 a valid container, but not the state or the signer that was expected;
            130 Ctrl-C, 143 a request to terminate.
            Tables and colours are for terminals only (NO_COLOR is respected); --json prints one object a line.
            CARTRIDGE_DEBUG=1 adds a trace to errors.
            The key of an encrypted container may also come from the environment: CARTRIDGE_KEY_FILE and CARTRIDGE_PASSPHRASE_FILE
            name a file, CARTRIDGE_PASSPHRASE is the passphrase. Key files that others may use are refused, and so is a container that
            is not encrypted where a key is given.
            """,
    };

    /// <summary>What is wrong with the command line, if anything.</summary>
    private static string? Mistake(ParseResult result) =>
        result.UnmatchedTokens.Count > 0 ? $"'{result.UnmatchedTokens[0]}' is no command and no argument here"
        : result.CommandResult.Command.Subcommands.Count > 0 ? "a command is needed"
        : result.Errors.Count > 0 ? result.Errors[0].Message
        : EmptyFile(result) is { } empty ? $"{empty} is empty: the name of a file is needed"
        : UnknownOption(result) is { } option ? $"there is no option {option} (a name that begins with - goes after --)"
        : null;

    /// <summary>The parser takes what it does not know for an argument; a mistyped option must not become a file name.</summary>
    private static string? UnknownOption(ParseResult result)
    {
        var tokens = result.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).ToHashSet<object>(ReferenceEqualityComparer.Instance);
        return result.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens)
            .Where(token => tokens.Contains(token) && token.Value.Length > 1 && token.Value.StartsWith('-'))
            .Select(token => token.Value).FirstOrDefault();
    }

    /// <summary>The option whose file has no name, as when a script's variable is not set.</summary>
    private static string? EmptyFile(ParseResult result)
    {
        for (SymbolResult? level = result.CommandResult; level is CommandResult command; level = level.Parent)
        {
            foreach (var option in command.Children.OfType<OptionResult>())
            {
                if (option.Option.HelpName is "F" or "FILE" or "OUT" or "DIR" && option.Tokens.Any(token => token.Value.Length == 0))
                {
                    return option.Option.Name;
                }
            }
        }

        return null;
    }
}
