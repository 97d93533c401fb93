namespace Cartridge.Cli;

/// <summary>Names and values, one a line: a colon after the name, the values below each other.</summary>
internal sealed class Facts
{
    private readonly List<(string Name, string Value)> _facts = [];

    /// <summary>Adds a fact.</summary>
    public void Add(string name, string value) => _facts.Add((name, value));

    /// <summary>Prints them.</summary>
    public void Print(TextWriter output)
    {
        var width = _facts.Max(fact => fact.Name.Length);
        foreach (var (name, value) in _facts)
        {
            output.WriteLine($"{$"{name}:".PadRight(width + 1)} {Escapes.Text(value)}".TrimEnd());
        }
    }
}
