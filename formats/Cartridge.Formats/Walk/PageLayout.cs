using System.Security.Cryptography;

namespace Cartridge.Formats.Walk;

/// <summary>Who owns each page of a container, in the state that was walked.</summary>
public sealed class PageLayout
{
    private readonly List<OwnedPages> _owned;

    internal PageLayout(ulong totalBlocks, IEnumerable<OwnedPages> reached)
    {
        TotalBlocks = totalBlocks;
        _owned = [new OwnedPages(0, 1, new PageOwner(PageUse.Identity)), new OwnedPages(1, 2, new PageOwner(PageUse.Commit)), .. reached];
        _owned.Sort((left, right) => left.Start.CompareTo(right.Start));
    }

    /// <summary>How many pages the state counts.</summary>
    public ulong TotalBlocks { get; }

    /// <summary>All pages in their order, with the hashes of those that the state reaches.</summary>
    /// <param name="container">The container that was walked; it is read again, page by page, while the pages are enumerated.</param>
    /// <returns>One item for each page.</returns>
    public IEnumerable<PageItem> Pages(Stream container)
    {
        ContainerFile file = new(container);
        ulong next = 0;
        foreach (OwnedPages owned in _owned)
        {
            for (; next < owned.Start; next++)
            {
                yield return Free(next);
            }

            string owner = owned.Owner.ToString();
            for (; next < owned.Start + owned.Count; next++)
            {
                yield return new PageItem(next, owner, Convert.ToHexStringLower(SHA256.HashData(file.ReadPage(next))));
            }
        }

        for (; next < TotalBlocks; next++)
        {
            yield return Free(next);
        }
    }

    /// <summary>Writes the pages as JSON: a list of objects with page, owner and, where the page is not free, hash.</summary>
    /// <param name="container">As for <see cref="Pages"/>.</param>
    /// <param name="writer">Takes the text, which ends with a line feed.</param>
    public void WriteJson(Stream container, TextWriter writer)
    {
        JsonText json = new(writer);
        json.BeginArray();
        foreach (PageItem item in Pages(container))
        {
            json.BeginObject();
            json.Name("page").Number(item.Page);
            json.Name("owner").String(item.Owner);
            if (item.Sha256 is not null)
            {
                json.Name("sha256").String(item.Sha256);
            }

            json.EndObject();
        }

        json.EndArray();
        json.EndText();
    }

    private static PageItem Free(ulong page) => new(page, new PageOwner(PageUse.Free).ToString(), null);
}

/// <summary>A page and what it is there for.</summary>
/// <param name="Page">Its number.</param>
/// <param name="Owner">
/// <c>identity</c>, <c>commit</c>, <c>map</c>, <c>free</c>, a tree and a level as in <c>catalog/0</c>, <c>value:</c> and a path,
/// <c>chunk:</c>, a path, <c>#</c> and the number of the chunk, or, where only snapshots reach the page, <c>snapshot:</c> and the id of
/// the first of them.
/// </param>
/// <param name="Sha256">The hash of the raw bytes, in lower-case hexadecimal; null for a free page, whose bytes mean nothing.</param>
public sealed record PageItem(ulong Page, string Owner, string? Sha256);

/// <summary>Neighbouring pages of one owner.</summary>
internal readonly record struct OwnedPages(ulong Start, ulong Count, PageOwner Owner);
