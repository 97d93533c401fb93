namespace Cartridge.Reference;

/// <summary>What could be had of an entry.</summary>
public enum SalvageOutcome
{
    /// <summary>All of it: every byte has its checksum.</summary>
    Whole,

    /// <summary>Some of its content; the rest reads as zero.</summary>
    Partial,

    /// <summary>Nothing but its path, so it was not stored anew.</summary>
    Lost,
}

/// <summary>A part of a file that could not be had.</summary>
/// <param name="Offset">Where it begins, in bytes.</param>
/// <param name="Length">How long it is, in bytes, at least 1.</param>
public readonly record struct MissingRange(long Offset, long Length);

/// <summary>What became of one entry.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Type">What it is.</param>
/// <param name="Outcome">What could be had of it.</param>
/// <param name="Size">The length of its content in bytes, as its record says.</param>
/// <param name="MissingBytes">How many bytes of the content could not be had.</param>
/// <param name="Missing">Where those are; of more than <see cref="MaxRanges"/> ranges, the first.</param>
/// <param name="IsProven">
/// Whether hashes from a commit record down, or a content hash, prove that this is the entry as it was last. If not, it was found
/// on pages that nothing intact refers to: it may be older, and it may have been deleted since.
/// </param>
/// <param name="Reason">Why something is missing; null if nothing is.</param>
public sealed record SalvagedEntry(
    string Path,
    EntryType Type,
    SalvageOutcome Outcome,
    long Size,
    long MissingBytes,
    IReadOnlyList<MissingRange> Missing,
    bool IsProven,
    string? Reason)
{
    /// <summary>Ranges that are listed at most.</summary>
    public const int MaxRanges = 1000;
}

/// <summary>What a salvage found and did.</summary>
public sealed record SalvageReport
{
    /// <summary>Whether page 0 was whole.</summary>
    public bool HasIdentity { get; internal set; }

    /// <summary>The generation of the commit record that was followed, or of the snapshot; null if there was none.</summary>
    public ulong? Generation { get; internal set; }

    /// <summary>The names of the snapshots that were found, oldest first: each can be salvaged on its own (CART-SLV-111).</summary>
    public IReadOnlyList<string> Snapshots { get; internal set; } = [];

    /// <summary>Entries of which everything was had.</summary>
    public long Whole { get; internal set; }

    /// <summary>Entries of which a part was had.</summary>
    public long Partial { get; internal set; }

    /// <summary>Entries of which only the path was had.</summary>
    public long Lost { get; internal set; }

    /// <summary>Entries, of all those, that may be older than the container's last state.</summary>
    public long Unproven { get; internal set; }

    /// <summary>Contents that were had without a name, and were stored under <c>lost+found/</c>; they count among the entries too.</summary>
    public long Nameless { get; internal set; }

    /// <summary>Stretches of the catalog of which nothing was left: entries may be missing without a trace.</summary>
    public int CatalogGaps { get; internal set; }

    /// <summary>Whether the content is encrypted and nothing could be copied, for want of the key or of its slots.</summary>
    public bool IsLocked { get; internal set; }

    /// <summary>Whether the search among old pages was ended because the file makes it too long (CART-SLV-110).</summary>
    public bool WasCutShort { get; internal set; }

    /// <summary>Whether everything the container held is there again, as it was.</summary>
    public bool IsComplete => Partial == 0 && Lost == 0 && Unproven == 0 && CatalogGaps == 0 && !IsLocked && !WasCutShort;
}
