using Cartridge.Reference;

namespace Cartridge.Format1;

/// <summary>Which page serves what. The memory it takes is bounded by the length of the file, not by what the catalog says.</summary>
/// <param name="pages">How many pages the file has.</param>
internal sealed class Claims(ulong pages)
{
    private readonly Dictionary<ulong, (string What, int? Number)> _owners = [];

    /// <summary>Claims a page.</summary>
    /// <returns>What claims it already, or null if it was nobody's.</returns>
    public string? Claim(ulong page, string what, int? number = null) =>
        page >= pages || _owners.TryAdd(page, (what, number)) ? null : Name(_owners[page]);

    /// <summary>Whether somebody claims the page.</summary>
    public bool Has(ulong page) => _owners.ContainsKey(page);

    /// <summary>The pages that somebody claims and a condition holds for, by owner.</summary>
    public IEnumerable<(string What, ulong First, int Count)> Where(Func<ulong, bool> condition) => _owners
        .Where(owner => condition(owner.Key))
        .GroupBy(owner => owner.Value.What, StringComparer.Ordinal)
        .Select(group => (group.Key, group.Min(owner => owner.Key), group.Count()))
        .OrderBy(group => group.Item2);

    /// <summary>The owner of each page of the file.</summary>
    /// <param name="isTaken">Whether a page that nobody claims is given out.</param>
    public List<PageOwner> All(Func<ulong, bool> isTaken)
    {
        List<PageOwner> all = new((int)Math.Min(pages, int.MaxValue));
        for (ulong page = 0; page < pages; page++)
        {
            all.Add(new PageOwner((long)page, _owners.TryGetValue(page, out var owner) ? Name(owner) : isTaken(page) ? "unowned" : "free"));
        }

        return all;
    }

    private static string Name((string What, int? Number) owner) => owner.Number is { } number ? $"chunk:{owner.What}#{number}" : owner.What;
}
