using System.CommandLine;

namespace Cartridge.Cli;

/// <summary><c>cart mv</c>: gives entries another path.</summary>
internal static class MvCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build(Session session) => RelocationCommand.Build(
        session,
        new CartCommand("mv", "Renames an entry, a folder with all that is in it, or moves it into another folder.")
        {
            Examples =
            [
                new("cart mv site.cart draft.html index.html", "another name"),
                new("cart mv site.cart index.html docs", "into the folder docs"),
                new("cart mv site.cart img pictures", "a folder, with all that is in it"),
            ],
            Remarks = "The content stays where it is: only names change. A folder that existed only by what was in it goes with its last entry.",
        },
        "What to rename or move.",
        (container, from, to) => container.Move(from, to));
}
