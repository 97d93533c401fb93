using System.CommandLine;

namespace Cartridge.Cli;

/// <summary><c>cart manifest</c>: what a container says of itself; what it can do stands in files of their own.</summary>
internal static class ManifestCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build(Session session) => new CartCommand(
        "manifest", "Shows or changes what a container says of itself to people and programs.")
    {
        Subcommands =
        {
            ManifestShowCommand.Build(session),
            ManifestSetCommand.Build(session),
        },
        Examples =
        [
            new("cart manifest set site.cart --version 1.2.0 --license MIT", "states version and licence"),
            new("cart manifest show site.cart", "shows everything that is stated"),
        ],
        Remarks = "The manifest is a file of the container, .cartridge/manifest.json. A container need not have one.",
    };
}
