using Cartridge.Reference;

namespace Cartridge.Testing;

/// <summary>Lists the entries whose paths begin with a text.</summary>
/// <param name="Prefix">The text.</param>
public sealed record ListPrefix(string Prefix) : Operation
{
    /// <inheritdoc/>
    public override string ToString() => $"list \"{Prefix}\"";

    /// <inheritdoc/>
    protected internal override string Run(CartridgeFile container) =>
        string.Join('\n', container.List(Prefix).Select(entry => entry.Path));

    /// <inheritdoc/>
    protected internal override (ModelContainer After, string Answer) Apply(ModelContainer before, long now) =>
        (before, string.Join('\n', before.Entries.Keys.Where(path => path.StartsWith(Prefix, StringComparison.Ordinal))));
}

/// <summary>Lists what stands directly in a directory.</summary>
/// <param name="Path">The directory; empty for the root.</param>
public sealed record ListFolder(string Path) : Operation
{
    /// <inheritdoc/>
    public override string ToString() => $"list folder \"{Path}\"";

    /// <inheritdoc/>
    protected internal override string Run(CartridgeFile container) => Sorted(
        container.ListDirectory(Path).Select(item => $"{item.Path}: {item.Entry?.Type.ToString() ?? "implied"}"));

    /// <inheritdoc/>
    protected internal override (ModelContainer After, string Answer) Apply(ModelContainer before, long now)
    {
        var inside = Path.Length == 0 ? "" : $"{Path}/";
        var below = before.Entries.Where(pair => pair.Key.StartsWith(inside, StringComparison.Ordinal)).ToList();
        if (Path.Length > 0 && below.Count == 0 && before.Entries.GetValueOrDefault(Path) is not { Type: EntryType.Directory })
        {
            throw new Refusal(ErrorCode.NotFound);
        }

        var direct = below.Where(pair => !pair.Key[inside.Length..].Contains('/', StringComparison.Ordinal)).ToList();
        var implied = below.Select(pair => pair.Key[inside.Length..]).Where(rest => rest.Contains('/', StringComparison.Ordinal))
            .Select(rest => inside + rest[..rest.IndexOf('/', StringComparison.Ordinal)]).Distinct(StringComparer.Ordinal)
            .Where(path => before.Entries.GetValueOrDefault(path) is not { Type: EntryType.Directory });
        return (before, Sorted(direct.Select(pair => $"{pair.Key}: {pair.Value.Type}").Concat(implied.Select(path => $"{path}: implied"))));
    }

    private static string Sorted(IEnumerable<string> lines) => string.Join('\n', lines.Order(StringComparer.Ordinal));
}
