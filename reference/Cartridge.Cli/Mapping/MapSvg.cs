using System.Globalization;
using System.Text;
using System.Xml;

namespace Cartridge.Cli;

/// <summary>
/// A map of pages as an SVG picture: a square for each cell; cells of one row that serve the same thing are one shape,
/// whose title says what. The same map gives the same bytes.
/// </summary>
internal static class MapSvg
{
    private const string Namespace = "http://www.w3.org/2000/svg";
    private const int Cell = 12;
    private const int Margin = 16;
    private const int Line = 18;
    private const int CharacterWidth = 8;

    /// <summary>How every picture begins.</summary>
    public const string Beginning = "<svg ";

    /// <summary>Draws the map.</summary>
    /// <param name="name">The container's name.</param>
    /// <param name="map">The map.</param>
    /// <returns>The picture, UTF-8 without a byte order mark.</returns>
    public static byte[] Draw(string name, PageMap map)
    {
        var bytes = new MemoryStream();
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true };
        using (var svg = XmlWriter.Create(bytes, settings))
        {
            Draw(svg, $"{Escapes.Text(name)}: {map.Scale}", map);
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    private static void Draw(XmlWriter svg, string caption, PageMap map)
    {
        var left = Margin + ((Number(map.Pages).Length + 1) * CharacterWidth);
        var rows = map.Rows.ToList();
        var legendTop = Margin + Line + (rows.Count * Cell) + Line;
        var (width, height) = (left + (PageMap.Columns * Cell) + Margin, legendTop + (map.Counts.Count * Line) + Margin);
        svg.WriteStartElement("svg", Namespace);
        svg.WriteAttributeString("viewBox", $"0 0 {Number(width)} {Number(height)}");
        Attribute(svg, "width", width);
        Attribute(svg, "height", height);
        svg.WriteAttributeString("font-family", "monospace");
        svg.WriteAttributeString("font-size", "12");
        svg.WriteElementString("title", Namespace, Plain(caption));
        Shape(svg, 0, 0, width, height, "#ffffff", title: null);
        Label(svg, Margin, Margin + 10, caption, "start");
        for (var row = 0; row < rows.Count; row++)
        {
            var top = Margin + Line + (row * Cell);
            Label(svg, left - CharacterWidth, top + Cell - 2, Number(rows[row].Page), "end");
            DrawRow(svg, map, rows[row].Page, rows[row].Cells, left, top);
        }

        for (var i = 0; i < map.Counts.Count; i++)
        {
            var (kind, pages) = map.Counts[i];
            var top = legendTop + (i * Line);
            Shape(svg, left, top, Cell, Cell, kind.Color, title: null);
            Label(svg, left + Line, top + 10, $"{kind.Name}: {Words.Count(pages, "page", "pages")}", "start");
        }

        svg.WriteEndElement();
    }

    private static void DrawRow(XmlWriter svg, PageMap map, long page, IReadOnlyList<MapCell> cells, int left, int top)
    {
        for (int first = 0, end; first < cells.Count; first = end)
        {
            for (end = first + 1; end < cells.Count && cells[end] == cells[first]; end++)
            {
            }

            var from = page + (first * map.PagesPerCell);
            var last = Math.Min(page + (end * map.PagesPerCell), map.Pages) - 1;
            var pages = from == last ? $"page {Number(from)}" : $"pages {Number(from)} to {Number(last)}";
            var (kind, what) = cells[first];

            // A gap of one unit keeps neighbours apart that are of one colour and not the same.
            Shape(svg, left + (first * Cell), top, ((end - first) * Cell) - 1, Cell - 1, kind.Color, $"{pages}: {Escapes.Text(what)}");
        }
    }

    private static void Shape(XmlWriter svg, int x, int y, int width, int height, string color, string? title)
    {
        svg.WriteStartElement("rect", Namespace);
        Attribute(svg, "x", x);
        Attribute(svg, "y", y);
        Attribute(svg, "width", width);
        Attribute(svg, "height", height);
        svg.WriteAttributeString("fill", color);
        if (title is not null)
        {
            svg.WriteElementString("title", Namespace, Plain(title));
        }

        svg.WriteEndElement();
    }

    private static void Label(XmlWriter svg, int x, int y, string text, string anchor)
    {
        svg.WriteStartElement("text", Namespace);
        Attribute(svg, "x", x);
        Attribute(svg, "y", y);
        svg.WriteAttributeString("text-anchor", anchor);
        svg.WriteString(Plain(text));
        svg.WriteEndElement();
    }

    private static void Attribute(XmlWriter svg, string name, int value) => svg.WriteAttributeString(name, Number(value));

    /// <summary>A name may hold characters that no XML can.</summary>
    private static string Plain(string text) =>
        string.Concat(text.Select(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c) ? c : '\uFFFD'));

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
