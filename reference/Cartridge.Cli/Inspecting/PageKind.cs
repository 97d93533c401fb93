namespace Cartridge.Cli;

/// <summary>What a page can be for: one entry of a legend.</summary>
/// <param name="Mark">The character that stands for such a page.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Color">Its colour as <c>#rrggbb</c>; the colours can be told apart by eyes that see fewer.</param>
internal sealed record PageKind(char Mark, string Name, string Color)
{
    private const string ChunkMark = "chunk:";
    private const string ValueMark = "value:";

    /// <summary>Pages that no state accounts for.</summary>
    public static PageKind Unknown { get; } = new('?', "unknown", "#7f7f7f");

    private static readonly PageKind Identity = new('I', "identity", "#332288");
    private static readonly PageKind Commit = new('R', "commit record", "#d55e00");
    private static readonly PageKind Catalog = new('c', "catalog node", "#0072b2");
    private static readonly PageKind ContentNode = new('n', "content node", "#56b4e9");
    private static readonly PageKind LongRecord = new('v', "long record", "#cc79a7");
    private static readonly PageKind Content = new('#', "content", "#009e73");
    private static readonly PageKind Map = new('m', "free map", "#f0e442");
    private static readonly PageKind Free = new('.', "free", "#dddddd");

    /// <summary>All of them, in the order of a legend.</summary>
    public static IReadOnlyList<PageKind> All { get; } = [Identity, Commit, Catalog, ContentNode, LongRecord, Content, Map, Free, Unknown];

    /// <summary>The kind of a page, by the name that the verifier gives its owner.</summary>
    public static PageKind Of(string owner) => owner switch
    {
        "identity" or "header" => Identity,
        "catalog" => Catalog,
        "allocator" => Map,
        "commit" => Commit,
        "map" => Map,
        "free" => Free,
        _ when owner.StartsWith(ChunkMark, StringComparison.Ordinal) => Content,
        _ when owner.StartsWith(ValueMark, StringComparison.Ordinal) => LongRecord,
        _ when owner.StartsWith("catalog/", StringComparison.Ordinal) => Catalog,
        _ when owner.StartsWith("content/", StringComparison.Ordinal) => ContentNode,
        _ => Unknown,
    };
}
