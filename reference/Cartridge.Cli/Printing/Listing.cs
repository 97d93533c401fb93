using Spectre.Console;

namespace Cartridge.Cli;

/// <summary>
/// Rows of fields: a table with a head for a person, for everything else one line a row, its fields separated by tabs,
/// as they come. The last field may hold anything, tabs are escaped in names.
/// </summary>
internal sealed class Listing
{
    private readonly Session _session;
    private readonly Table? _table;

    /// <summary>Begins a listing.</summary>
    /// <param name="session">Where it goes.</param>
    /// <param name="columns">The heads; one that begins with <c>&gt;</c> stands over numbers.</param>
    public Listing(Session session, params ReadOnlySpan<string> columns)
    {
        _session = session;
        if (!session.IsWatched)
        {
            return;
        }

        _table = new Table().Border(TableBorder.None);
        foreach (var column in columns)
        {
            var isNumber = column.StartsWith('>');
            var head = new TableColumn(new Text(column.TrimStart('>'), new Style(decoration: Decoration.Bold))).NoWrap();
            _table.AddColumn(isNumber ? head.RightAligned() : head);
        }
    }

    /// <summary>Adds a row.</summary>
    public void Add(params ReadOnlySpan<string> fields)
    {
        var escaped = new string[fields.Length];
        for (var i = 0; i < fields.Length; i++)
        {
            escaped[i] = Escapes.Text(fields[i]);
        }

        if (_table is null)
        {
            _session.Output.WriteLine(string.Join('\t', escaped));
        }
        else
        {
            _table.AddRow(escaped.Select(field => new Text(field)));
        }
    }

    /// <summary>Ends the listing.</summary>
    public void End()
    {
        if (_table is { Rows.Count: > 0 })
        {
            _session.Print(_table);
        }
    }
}
