namespace Cartridge.Reference;

internal sealed partial class FreeMap
{
    /// <summary>Reads the free map's fields of a commit record; mirrors <see cref="Write"/>.</summary>
    public static FreeMap Read(CommitRecord record, ContentChecksum checksum, Checker c)
    {
        var (kind, count, memory) = record.FreeMapField;
        var area = memory.Span;
        var at = PlaceIn(record);
        var map = kind switch
        {
            FreeMapKind.Inline => ReadInline(area, count, at, c),
            FreeMapKind.Blob => ReadBlob(area, record.BoundsWith(checksum), record.Generation, at, c),
            _ => Absent,
        };
        if (map.Kind == FreeMapKind.Absent && kind is FreeMapKind.Inline or FreeMapKind.Blob)
        {
            return map; // It was reported why; where such a map would end nobody knows.
        }

        var used = map.Kind switch
        {
            FreeMapKind.Inline => map.Extents.Count * FreeExtent.EncodedLength,
            FreeMapKind.Blob => map.Blob!.EncodedLength,
            _ => 0,
        };
        _ = c.Skips(CommitRule.FreeMapReserved) || (area[used..].IndexOfAnyExcept((byte)0) < 0 && (count == 0 || kind == FreeMapKind.Inline))
            || c.Fault(CommitRule.FreeMapReserved, at.Field(used), "bytes after the free map are not zero");
        return map;
    }

    /// <summary>Takes a row of extents apart and checks them; mirrors <see cref="EncodeExtents"/>.</summary>
    public static List<FreeExtent> ReadExtents(ReadOnlySpan<byte> bytes, ulong total, ulong generation, Func<int, Place> at, Checker c)
    {
        var extents = new List<FreeExtent>(bytes.Length / FreeExtent.EncodedLength);
        var fields = new FieldReader(bytes);
        var end = 0UL;
        while (fields.Position + FreeExtent.EncodedLength <= bytes.Length)
        {
            var here = at(fields.Position);
            var extent = new FreeExtent(fields.U64(), fields.U32(), fields.U64());
            var sound = c.Skips(SpaceRule.Range) || (extent.Length >= 1 && extent.Start >= Format.FirstFreeBlock && extent.Start < total && extent.Length <= total - extent.Start)
                || c.Fault(SpaceRule.Range, here, $"the free map lists {extent.Length} blocks from {extent.Start} on, of {total}");
            sound &= c.Skips(SpaceRule.Ascending) || extent.Start >= end
                || c.Fault(SpaceRule.Ascending, here, $"the free map's extent at {extent.Start} begins before the previous one's end, {end}");
            sound &= c.Skips(SpaceRule.Stamp) || extent.FreedIn <= generation
                || c.Fault(SpaceRule.Stamp, here, $"the free map frees block {extent.Start} in {extent.FreedIn}, after generation {generation}");
            if (sound && extent.Start <= (ulong)Format.MaxBlocks)
            {
                extents.Add(extent);
                end = extent.End;
            }
        }

        return extents;
    }

    /// <summary>Reads all extents of a map, from wherever they are.</summary>
    /// <returns>The extents; null if there is no map or its blob could not be proved.</returns>
    public IReadOnlyList<FreeExtent>? Load(IMedium medium, CommitRecord record, Checker c)
    {
        var at = PlaceIn(record);
        switch (Kind)
        {
            case FreeMapKind.Inline:
                return ReadExtents(EncodeExtents(Extents), record.TotalBlocks, record.Generation, at.Field, c);
            case FreeMapKind.Blob when BlobReader.Read(medium, Blob!, ContentChecksum.Sha256, c) is { } bytes:
                _ = c.Skips(SpaceRule.ExtentCount) || bytes.Length % FreeExtent.EncodedLength == 0
                    || c.Fault(SpaceRule.ExtentCount, at, $"a free map of {bytes.Length} bytes, which no number of extents fills");
                return ReadExtents(bytes, record.TotalBlocks, record.Generation, position => Blob!.PlaceOf(position), c);
            default:
                return null;
        }
    }

    private static Place PlaceIn(CommitRecord record) => new(CommitRecord.PageOf(record.Generation), CommitFieldLocations.FreeMap);

    private static FreeMap ReadInline(ReadOnlySpan<byte> area, int count, Place at, Checker c)
    {
        if (!(c.Skips(SpaceRule.ExtentCount) || count <= MaxInlineExtents
            || c.Fault(SpaceRule.ExtentCount, at with { Offset = CommitFieldLocations.ExtentCount }, $"{count} extents; {MaxInlineExtents} fit")))
        {
            return Absent;
        }

        var extents = new List<FreeExtent>();
        var fields = new FieldReader(area);
        for (var i = 0; i < Math.Min(count, MaxInlineExtents); i++)
        {
            extents.Add(new FreeExtent(fields.U64(), fields.U32(), fields.U64()));
        }

        return Inline(extents);
    }

    private static FreeMap ReadBlob(ReadOnlySpan<byte> area, in Bounds bounds, ulong generation, Place at, Checker c)
    {
        // The record does not say how long the reference is; its run count does.
        var runs = Math.Min(area[BlobReference.FixedLength - 1], (byte)Format.MaxRuns);
        var place = new BlobPlace(bounds, Format.MaxLongValue, generation, ContentChecksum.Sha256);
        var blob = BlobReference.Read(area[..(BlobReference.FixedLength + (runs * Run.Length))], place, at, c);
        return blob is null ? Absent : InBlob(blob);
    }
}
