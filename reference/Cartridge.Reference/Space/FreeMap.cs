namespace Cartridge.Reference;

/// <summary>Consecutive free blocks that were freed in the same generation.</summary>
/// <param name="Start">The first block.</param>
/// <param name="Length">How many, at least 1.</param>
/// <param name="FreedIn">The first generation that did not reach them; 0 when they were reusable at writing.</param>
internal readonly record struct FreeExtent(ulong Start, uint Length, ulong FreedIn)
{
    public const int EncodedLength = 20;

    public ulong End => Start + Length;
}

/// <summary>
/// The blocks that a state does not reach, and since when. The map is never needed to read, only to write without walking
/// all trees first (spec/09-space.md).
/// </summary>
internal sealed partial class FreeMap
{
    /// <summary>Extents that fit into a record.</summary>
    public const int MaxInlineExtents = CommitFieldLengths.FreeMap / FreeExtent.EncodedLength;

    public static readonly FreeMap Absent = new(FreeMapKind.Absent, [], null);

    private FreeMap(FreeMapKind kind, IReadOnlyList<FreeExtent> extents, BlobReference? blob)
    {
        Kind = kind;
        Extents = extents;
        Blob = blob;
    }

    public FreeMapKind Kind { get; }

    /// <summary>The extents of an inline map.</summary>
    public IReadOnlyList<FreeExtent> Extents { get; }

    /// <summary>Where a map in a blob is.</summary>
    public BlobReference? Blob { get; }

    public static FreeMap Inline(IReadOnlyList<FreeExtent> extents) => new(FreeMapKind.Inline, extents, null);

    public static FreeMap InBlob(BlobReference blob) => new(FreeMapKind.Blob, [], blob);
}
