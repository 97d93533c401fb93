using System.Globalization;
using Spectre.Console;

namespace Cartridge.Cli;

/// <summary>A map of pages as text: a character for each cell, coloured for a person, and a legend.</summary>
internal static class MapText
{
    /// <summary>Prints the map.</summary>
    public static void Print(Session session, string name, PageMap map)
    {
        session.Output.WriteLine($"{Escapes.Text(name)}: {map.Scale}");
        session.Output.WriteLine();
        var width = Number(map.Pages).Length;
        foreach (var (page, cells) in map.Rows)
        {
            session.Output.Write($"{Number(page).PadLeft(width)}  ");
            PrintMarks(session, [.. cells.Select(cell => cell.Kind)]);
            session.Output.WriteLine();
        }

        session.Output.WriteLine();
        foreach (var (kind, pages) in map.Counts)
        {
            PrintMarks(session, [kind]);
            session.Output.WriteLine($"  {kind.Name,-14} {Number(pages).PadLeft(width)}");
        }
    }

    private static void PrintMarks(Session session, PageKind[] kinds)
    {
        if (!session.IsWatched)
        {
            session.Output.Write(string.Concat(kinds.Select(kind => kind.Mark)));
            return;
        }

        var marks = new Paragraph();
        foreach (var kind in kinds)
        {
            marks.Append(kind.Mark.ToString(), Style.Parse($"black on {kind.Color}"));
        }

        session.Drawing().Write(marks);
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
