using System.CommandLine;
using System.Text;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary><c>cart map</c>: a picture of the pages.</summary>
internal static class MapCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Build(Session session)
    {
        var file = Common.File();
        var svg = new Option<string?>("--svg")
        {
            HelpName = "OUT",
            Description = "Writes the picture to a file instead, as SVG; - is standard output.",
        };
        return new CartCommand("map", "Draws what the pages of a container are for.")
        {
            Arguments = { file },
            Options = { svg },
            Examples =
            [
                new("cart map site.cart", "a character for each page, and a legend"),
                new("cart map site.cart --svg site.svg", "a picture that says of each run of pages what it holds"),
            ],
            Remarks =
                """
                Of a large container a cell stands for several pages and shows what most of them are. Damaged containers are
                drawn as far as they can be read. A file that is there is replaced only if it is an SVG picture.
                """,
        }.Does(result => Draw(session, result.GetRequiredValue(file), result.GetValue(svg)));
    }

    private static ExitCode Draw(Session session, string file, string? svg)
    {
        using var medium = FileMedium.Open(file, readOnly: true);
        var (runs, isValid) = Older.Runs(medium);
        var map = new PageMap(runs);
        var name = Path.GetFileName(file);
        switch (svg)
        {
            case null:
                MapText.Print(session, name, map);
                break;
            case "-":
                session.OutputBytes.Write(MapSvg.Draw(name, map));
                break;
            default:
                Save(svg, MapSvg.Draw(name, map));
                break;
        }

        if (isValid)
        {
            return ExitCode.Fine;
        }

        session.Error($"{file}: is not valid; cart verify says why");
        return ExitCode.Invalid;
    }

    /// <summary>Saves the picture; a slip of the pen must not put it in the place of a container.</summary>
    private static void Save(string path, byte[] picture)
    {
        if (path.Length == 0)
        {
            throw CliFailure.Usage("--svg is empty: a file is needed");
        }

        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        var old = new byte[MapSvg.Beginning.Length];
        var length = file.ReadAtLeast(old, old.Length, throwOnEndOfStream: false);
        if (length > 0 && Encoding.ASCII.GetString(old) != MapSvg.Beginning)
        {
            throw CliFailure.Missing($"{path}: is there already, and no SVG picture; it was left as it is");
        }

        file.Position = 0;
        file.SetLength(0);
        file.Write(picture);
    }
}
