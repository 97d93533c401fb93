using System.Globalization;
using Cartridge.Reference;

namespace Cartridge.Cli;

/// <summary>Consecutive pages that serve the same thing.</summary>
/// <param name="First">The first page.</param>
/// <param name="Count">How many.</param>
/// <param name="Kind">Which kind of thing that is.</param>
/// <param name="What">What they serve, in words.</param>
internal sealed record PageRun(long First, long Count, PageKind Kind, string What)
{
    /// <summary>The last page.</summary>
    public long Last => First + Count - 1;
}

/// <summary>Tells what the pages of a container are for, from what the verifier saw.</summary>
internal static class PageRuns
{
    private const string ChunkMark = "chunk:";
    private const string ValueMark = "value:";

    /// <summary>All pages of the file, in order.</summary>
    /// <param name="report">A report that collected owners.</param>
    /// <param name="filePages">Pages that the file has.</param>
    public static IEnumerable<PageRun> Of(VerifyReport report, long filePages)
    {
        PageRun? run = null;
        foreach (var (page, owner) in report.PageOwners())
        {
            var what = owner == "commit" ? CommitRecord(page, report) : InWords(owner);
            if (run is not null && run.What == what)
            {
                run = run with { Count = run.Count + 1 };
                continue;
            }

            if (run is not null)
            {
                yield return run;
            }

            run = new PageRun(page, 1, PageKind.Of(owner), what);
        }

        if (run is not null)
        {
            yield return run;
        }

        // Without a state nothing has an owner.
        var behind = run is null ? 0 : run.Last + 1;
        if (behind < filePages)
        {
            yield return new PageRun(behind, filePages - behind, PageKind.Unknown, run is null ? "unknown: no state leads anywhere" : "behind the container");
        }
    }

    /// <summary>The owner of one page, in words; null if no state leads anywhere.</summary>
    public static string? OwnerOf(VerifyReport report, long page) =>
        report.PageOwners().Where(owned => owned.Page == page).Select(owned => Chunk(owned.Owner) ?? InWords(owned.Owner)).FirstOrDefault();

    private static string CommitRecord(long page, VerifyReport report)
    {
        var generation = report.Generation ?? 0;
        return (long)(generation % 2) + 1 == page
            ? $"commit record of generation {generation.ToString(CultureInfo.InvariantCulture)}, the state"
            : "commit record before it";
    }

    /// <summary>What an owner is called in words.</summary>
    public static string InWords(string owner) => owner switch
    {
        "map" => "free map",
        _ when owner.StartsWith(ChunkMark, StringComparison.Ordinal) => $"content of {owner[ChunkMark.Length..owner.LastIndexOf('#')]}",
        _ when owner.StartsWith(ValueMark, StringComparison.Ordinal) => $"long record of {owner[ValueMark.Length..]}",
        _ => owner.Split('/') switch
        {
            [var tree and ("catalog" or "content"), "0"] => $"{tree} leaf",
            [var tree and ("catalog" or "content"), var level] => $"{tree} node, level {level}",
            _ => owner,
        },
    };

    private static string? Chunk(string owner) => owner.StartsWith(ChunkMark, StringComparison.Ordinal)
        ? $"chunk {owner[(owner.LastIndexOf('#') + 1)..]} of {owner[ChunkMark.Length..owner.LastIndexOf('#')]}"
        : null;
}
