using System.CommandLine;

namespace Cartridge.Cli;

/// <summary><c>cart cp</c>: copies entries inside a container.</summary>
internal static class CpCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build(Session session) => RelocationCommand.Build(
        session,
        new CartCommand("cp", "Copies an entry, a folder with all that is in it.")
        {
            Examples =
            [
                new("cart cp site.cart index.html index.old", "a second one, under another name"),
                new("cart cp site.cart index.html backup/", "into the folder backup, there or not"),
                new("cart cp site.cart docs archive/2026", "a folder, with all that is in it"),
            ],
            Remarks = "Modes, owners, times and attributes are copied too. Links are copied as links, holes as holes.",
        },
        "What to copy.",
        (container, from, to) => container.Copy(from, to));
}
