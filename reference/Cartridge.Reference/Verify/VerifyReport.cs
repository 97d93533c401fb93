namespace Cartridge.Reference;

/// <summary>What a verification found.</summary>
public sealed class VerifyReport
{
    private readonly Ownership? _ownership;

    internal VerifyReport(
        IReadOnlyList<Finding> findings, VerifyStatistics statistics, Identity? identity, (ulong Generation, Hash256 Hash)? state, Ownership? ownership)
    {
        Findings = findings;
        Statistics = statistics;
        Generation = state?.Generation;
        StateHash = state?.Hash.ToString();
        ContainerId = identity?.Id;
        ContentChecksum = identity?.ContentChecksum;
        _ownership = ownership;
    }

    /// <summary>All that was found, in the order in which the verifier comes by.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Whether the container is valid: there is no error. Warnings and notes do not count.</summary>
    public bool IsValid => Findings.All(finding => finding.Severity != Severity.Error);

    /// <summary>The generation of the state, or of the snapshot that alone was verified, if there is one.</summary>
    public ulong? Generation { get; }

    /// <summary>The state hash, that of the snapshot if it alone was verified, as 64 lower-case hexadecimal digits, if there is one.</summary>
    public string? StateHash { get; }

    /// <summary>The container's id, if there is a state.</summary>
    public ContainerId? ContainerId { get; }

    /// <summary>The checksum of the container's content, if there is a state.</summary>
    public ContentChecksum? ContentChecksum { get; }

    /// <summary>How much was looked at.</summary>
    public VerifyStatistics Statistics { get; }

    /// <summary>
    /// The owner of each page from 0 to total blocks - 1, in order, if <see cref="VerifyOptions.CollectOwners"/> was set:
    /// <c>identity</c>, <c>commit</c>, <c>catalog/</c>, <c>content/</c> or <c>system/</c> and the node's level, <c>map</c>,
    /// <c>value:</c> and a path, <c>chunk:</c>, a path, <c>#</c> and the chunk's number, <c>snapshot:</c> and its id for what
    /// the current catalog and content do not reach, or <c>free</c>. They are made as the
    /// caller goes.
    /// </summary>
    public IEnumerable<PageOwner> PageOwners()
    {
        if (_ownership is null)
        {
            yield break;
        }

        yield return new PageOwner(0, "identity");
        yield return new PageOwner(1, "commit");
        yield return new PageOwner(2, "commit");
        var next = (ulong)Format.FirstFreeBlock;
        foreach (var run in _ownership.Owners.OrderBy(run => run.Page))
        {
            var end = run.Page + run.Pages;
            for (; next < Math.Min(end, Statistics.TotalBlocks); next++)
            {
                yield return new PageOwner((long)next, next < run.Page ? "free" : run.Owner);
            }
        }

        for (; next < Statistics.TotalBlocks; next++)
        {
            yield return new PageOwner((long)next, "free");
        }
    }
}

/// <summary>A page and what it serves.</summary>
/// <param name="Page">The page's number.</param>
/// <param name="Owner">What it serves, in the words of <see cref="VerifyReport.PageOwners"/>.</param>
public readonly record struct PageOwner(long Page, string Owner);

/// <summary>How much a verification looked at. In a damaged container: what could still be seen.</summary>
public sealed record VerifyStatistics
{
    /// <summary>Entries of the catalog.</summary>
    public long Entries { get; internal set; }

    /// <summary>Files among them.</summary>
    public long Files { get; internal set; }

    /// <summary>Directories among them.</summary>
    public long Directories { get; internal set; }

    /// <summary>Symbolic links among them.</summary>
    public long SymbolicLinks { get; internal set; }

    /// <summary>Snapshots, hidden ones included.</summary>
    public long Snapshots { get; internal set; }

    /// <summary>Bytes of content that are stored, in chunks and in records; holes are none.</summary>
    public long ContentBytes { get; internal set; }

    /// <summary>Bytes that chunks decode to, as far as their references say; what is stored as it is counts as it is.</summary>
    public long LogicalBytes { get; internal set; }

    /// <summary>Pages that the state counts on.</summary>
    public ulong TotalBlocks { get; internal set; }

    /// <summary>Pages from 3 on that the state reaches.</summary>
    public ulong ReachedBlocks { get; internal set; }
}
