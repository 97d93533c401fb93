namespace Cartridge.Reference;

/// <summary>
/// A snapshot: the roots of a catalog and its content as they were, under a name. It shares with the other snapshots and
/// with the current state whatever has not changed between them (spec/12-snapshots.md).
/// </summary>
/// <param name="Id">Its number; ids are given once.</param>
internal sealed partial record SnapshotRecord(ulong Id)
{
    private const byte HiddenFlag = 1;

    /// <summary>The generation of the commit that published it.</summary>
    public required ulong Generation { get; init; }

    /// <summary>When it was made, in nanoseconds since the Unix epoch.</summary>
    public required long Created { get; init; }

    /// <summary>The snapshot that it descends from; 0 is none.</summary>
    public required ulong Parent { get; init; }

    /// <summary>Every file id in it is below this one.</summary>
    public required ulong NextFileId { get; init; }

    public required TreeReference Catalog { get; init; }

    public required TreeReference Content { get; init; }

    /// <summary>Whether it was deleted, and is kept for what several others share of it.</summary>
    public bool IsHidden { get; init; }

    /// <summary>The name; empty if it is hidden.</summary>
    public required byte[] Name { get; init; }
}
