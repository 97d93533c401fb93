using System.CommandLine;

namespace Cartridge.Cli;

/// <summary><c>cart completion</c>: prints what a shell needs to complete command lines.</summary>
internal static class CompletionCommand
{
    private static readonly Dictionary<string, Func<Completable, string>> Shells = new(StringComparer.Ordinal)
    {
        ["bash"] = BashCompletion.Write,
        ["zsh"] = ZshCompletion.Write,
        ["fish"] = FishCompletion.Write,
    };

    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        var shell = new Argument<string>("SHELL") { Description = string.Join(", ", Shells.Keys) };
        shell.AcceptOnlyFromAmong([.. Shells.Keys]);
        return new CartCommand("completion", "Prints a script by which a shell completes commands, options and files.")
        {
            Arguments = { shell },
            Examples =
            [
                new("source <(cart completion bash)", "in ~/.bashrc"),
                new("source <(cart completion zsh)", "in ~/.zshrc, after compinit"),
                new("cart completion fish > ~/.config/fish/completions/cart.fish", "once"),
            ],
        }.Does(result =>
        {
            var root = Completable.From(result.RootCommandResult.Command);
            session.Output.Write(Shells[result.GetRequiredValue(shell)](root));
            return ExitCode.Fine;
        });
    }
}
