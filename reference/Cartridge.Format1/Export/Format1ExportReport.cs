namespace Cartridge.Format1;

/// <summary>Why something of a container of format 3 cannot be held by format 1 (spec/14-format-1.md, section 14.13).</summary>
public enum Format1Obstacle
{
    /// <summary>A time before 1970.</summary>
    EarlyTime,

    /// <summary>Extended attributes.</summary>
    ExtendedAttributes,

    /// <summary>User metadata with a name by which an entry of format 1 says that it is encrypted.</summary>
    ReservedMetadata,

    /// <summary>An entry where a vacuum keeps its log, which programs would act upon.</summary>
    VacuumLog,

    /// <summary>An entry where the manifest is to be, which is none.</summary>
    Manifest,

    /// <summary>A snapshot.</summary>
    Snapshot,

    /// <summary>A catalog that is too long for 511 overflow pages. Nothing can be left out to mend that.</summary>
    CatalogLength,

    /// <summary>Encrypted contents, and no key under which format 1 could encrypt them.</summary>
    NoKey,
}

/// <summary>One thing that format 1 cannot hold.</summary>
/// <param name="Obstacle">Why.</param>
/// <param name="Message">The same in words.</param>
/// <param name="TakesEntry">Whether the entry as a whole cannot be held; otherwise only an attribute of it.</param>
public sealed record Format1Trouble(Format1Obstacle Obstacle, string Message, bool TakesEntry)
{
    /// <summary>The obstacle's name for programs: <c>early-time</c>, <c>extended-attributes</c>, and so on.</summary>
    public string Reason => Obstacle switch
    {
        Format1Obstacle.EarlyTime => "early-time",
        Format1Obstacle.ExtendedAttributes => "extended-attributes",
        Format1Obstacle.ReservedMetadata => "reserved-metadata",
        Format1Obstacle.VacuumLog => "vacuum-log",
        Format1Obstacle.Manifest => "manifest",
        Format1Obstacle.Snapshot => "snapshot",
        Format1Obstacle.CatalogLength => "catalog-length",
        _ => "no-key",
    };
}

/// <summary>What becomes of one entry.</summary>
/// <param name="Path">Its path, in both containers.</param>
/// <param name="Troubles">What of it format 1 cannot hold.</param>
/// <param name="Remarks">What is different about it by the rules of section 14.13, and no reason to refuse it.</param>
public sealed record Format1ExportedEntry(string Path, IReadOnlyList<Format1Trouble> Troubles, IReadOnlyList<string> Remarks)
{
    /// <summary>Whether format 1 can hold the entry at all.</summary>
    public bool IsTaken => !Troubles.Any(trouble => trouble.TakesEntry);
}

/// <summary>What an export did, or would do.</summary>
/// <param name="Entries">Each entry once, sorted by path.</param>
/// <param name="Troubles">What format 1 cannot hold and is no entry.</param>
/// <param name="Remarks">What else there is to know.</param>
/// <param name="MayWrite">Whether there is nothing that format 1 cannot hold, or it may be left out.</param>
public sealed record Format1ExportReport(
    IReadOnlyList<Format1ExportedEntry> Entries, IReadOnlyList<Format1Trouble> Troubles, IReadOnlyList<string> Remarks, bool MayWrite)
{
    /// <summary>Whether format 1 can hold all of the container.</summary>
    public bool IsWhole => Troubles.Count == 0 && Entries.All(entry => entry.Troubles.Count == 0);
}
