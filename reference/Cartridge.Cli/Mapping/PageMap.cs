namespace Cartridge.Cli;

/// <summary>One cell of a map: a page, or several pages that follow each other.</summary>
/// <param name="Kind">What most of them are; of two kinds that are equally many, the one that the legend names first.</param>
/// <param name="What">What all of them serve, in words, if it is the same.</param>
internal readonly record struct MapCell(PageKind Kind, string What);

/// <summary>
/// A container as a picture: its pages in rows of <see cref="Columns"/> cells. A cell is one page while that gives a
/// picture of at most <see cref="MaxRows"/> rows; else the least power of two that does.
/// </summary>
internal sealed class PageMap
{
    /// <summary>Cells in a row.</summary>
    public const int Columns = 64;

    /// <summary>Rows at most.</summary>
    public const int MaxRows = 64;

    private readonly List<MapCell> _cells = [];

    /// <summary>Draws runs of pages.</summary>
    /// <param name="runs">All pages, in order, beginning with page 0.</param>
    public PageMap(IReadOnlyList<PageRun> runs)
    {
        Pages = runs.Count == 0 ? 0 : runs[^1].Last + 1;
        PagesPerCell = 1;
        while (Pages > PagesPerCell * Columns * MaxRows)
        {
            PagesPerCell *= 2;
        }

        Counts = [.. PageKind.All.Select(kind => (kind, runs.Where(run => run.Kind == kind).Sum(run => run.Count))).Where(count => count.Item2 > 0)];
        Fill(runs);
    }

    /// <summary>All pages.</summary>
    public long Pages { get; }

    /// <summary>Pages that one cell stands for; the last may stand for fewer.</summary>
    public long PagesPerCell { get; }

    /// <summary>How many pages there are of each kind that occurs, in the order of the legend.</summary>
    public IReadOnlyList<(PageKind Kind, long Pages)> Counts { get; }

    /// <summary>The cells, row by row, each with the number of its first page.</summary>
    public IEnumerable<(long Page, IReadOnlyList<MapCell> Cells)> Rows =>
        _cells.Chunk(Columns).Select((cells, row) => (row * Columns * PagesPerCell, (IReadOnlyList<MapCell>)cells));

    /// <summary>What one cell is, for a caption.</summary>
    public string Scale => PagesPerCell == 1
        ? $"{Words.Count(Pages, "page", "pages")}, one in each cell"
        : $"{Words.Count(Pages, "page", "pages")}, {Words.Count(PagesPerCell, "page", "pages")} in each cell";

    private void Fill(IReadOnlyList<PageRun> runs)
    {
        var tally = PageKind.All.ToDictionary(kind => kind, _ => 0L);
        string? what = null;
        var room = PagesPerCell;
        foreach (var run in runs)
        {
            for (var left = run.Count; left > 0;)
            {
                var part = Math.Min(left, room);
                tally[run.Kind] += part;
                what = room == PagesPerCell || what == run.What ? run.What : "";
                left -= part;
                room -= part;
                if (room == 0)
                {
                    Close(tally, what);
                    room = PagesPerCell;
                }
            }
        }

        if (room < PagesPerCell)
        {
            Close(tally, what!);
        }
    }

    private void Close(Dictionary<PageKind, long> tally, string what)
    {
        var kind = PageKind.All.MaxBy(kind => tally[kind])!;
        _cells.Add(new MapCell(kind, what.Length > 0 ? what : $"mostly {kind.Name}"));
        foreach (var other in PageKind.All)
        {
            tally[other] = 0;
        }
    }
}
