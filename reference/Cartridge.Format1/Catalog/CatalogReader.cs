using System.Text;

namespace Cartridge.Format1;

/// <summary>Reads all entries of a catalog, whichever way it is encoded, and goes on as far as the bytes make sense.</summary>
internal static class CatalogReader
{
    /// <summary>Reads a catalog.</summary>
    /// <param name="text">What stands on page 1.</param>
    /// <param name="j">Told of everything that is wrong.</param>
    /// <returns>The entries in the order of the catalog, each path once.</returns>
    public static IReadOnlyList<Format1Entry> Read(PackedText text, Judge j)
    {
        IReadOnlyList<Format1Entry> entries = text.Encoding switch
        {
            Format1Encoding.Json => JsonCatalog.Read(text, j),
            Format1Encoding.Blob => BlobCatalog.Read(text, j),
            _ => [],
        };
        return Distinct(entries, j);
    }

    private static List<Format1Entry> Distinct(IReadOnlyList<Format1Entry> entries, Judge j)
    {
        HashSet<string> known = new(StringComparer.Ordinal);
        List<Format1Entry> distinct = new(entries.Count);
        byte[] last = [];
        foreach (var entry in entries)
        {
            var path = Encoding.UTF8.GetBytes(entry.Path);
            var place = new Place(Layout.CatalogPage, null, entry.Path);
            _ = j.Skips(OneCatalogRule.Unsorted) || last.AsSpan().SequenceCompareTo(path) <= 0
                || j.Fault(OneCatalogRule.Unsorted, place, "the path stands behind a greater one");

            if (j.Skips(OneCatalogRule.Duplicate) || known.Add(entry.Path) || j.Fault(OneCatalogRule.Duplicate, place, "the path occurs twice; the first entry counts"))
            {
                distinct.Add(entry);
            }

            last = path;
        }

        return distinct;
    }
}
