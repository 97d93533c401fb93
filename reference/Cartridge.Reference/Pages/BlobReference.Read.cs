namespace Cartridge.Reference;

internal sealed partial class BlobReference
{
    /// <summary>Reads and checks a blob reference that fills <paramref name="bytes"/> exactly; mirrors <see cref="Write"/>.</summary>
    /// <returns>The reference, or null if it cannot be followed.</returns>
    public static BlobReference? Read(ReadOnlySpan<byte> bytes, in BlobPlace place, Place at, Checker c)
    {
        var fields = new FieldReader(bytes);
        var logical = fields.U32();
        var stored = fields.U32();
        var birth = fields.U64();
        var checksum = fields.Hash();
        var codec = fields.U8();
        var runCount = fields.U8();
        var runs = new Run[runCount];
        for (var i = 0; i < runs.Length; i++)
        {
            runs[i] = new Run(fields.U64(), fields.U16());
        }

        var seal = place.IsSealed ? fields.Take(XaesGcm.SealLength).ToArray() : null;
        if (!(c.Skips(BlobRule.EncodedLength) || fields.IsComplete
            || c.Fault(BlobRule.EncodedLength, at, $"a blob reference of {bytes.Length} bytes; with {runCount} runs it has {FixedLength + (runCount * Run.Length) + (place.IsSealed ? XaesGcm.SealLength : 0)}")))
        {
            return null;
        }

        var reference = new BlobReference
        {
            LogicalLength = logical,
            StoredLength = stored,
            Birth = birth,
            Checksum = checksum,
            Codec = codec,
            Runs = runs,
            Seal = seal is null or { Length: XaesGcm.SealLength } ? seal : new byte[XaesGcm.SealLength],
        };
        return reference.Check(place, at, c) ? reference : null;
    }

    private bool Check(in BlobPlace place, Place at, Checker c)
    {
        var sound = c.Skips(BlobRule.RunCount) || Runs.Length is >= 1 and <= Format.MaxRuns
            || c.Fault(BlobRule.RunCount, at, $"{Runs.Length} runs; 1 to {Format.MaxRuns} are allowed");

        sound &= c.Skips(BlobRule.Codec) || Codec <= MaxCodec
            || c.Fault(BlobRule.Codec, at, $"codec {Codec} is not known to this edition");

        sound &= c.Skips(BlobRule.PlainMetadata) || Codec == 0 || place.IsContent
            || c.Fault(BlobRule.PlainMetadata, at, $"codec {Codec} for bytes that are no content");

        sound &= c.Skips(BlobRule.LogicalLength) || (LogicalLength >= 1 && LogicalLength <= place.MaxLength)
            || c.Fault(BlobRule.LogicalLength, at, $"a logical length of {LogicalLength}; 1 to {place.MaxLength} are allowed here");

        sound &= c.Skips(BlobRule.StoredLength) || Codec != 0 || StoredLength == LogicalLength
            || c.Fault(BlobRule.StoredLength, at, $"{StoredLength} bytes are stored for {LogicalLength}, without a codec");

        sound &= c.Skips(BlobRule.EncodedContent) || Codec is 0 or > MaxCodec || (StoredLength >= 1 && StoredLength < LogicalLength)
            || c.Fault(BlobRule.EncodedContent, at, $"{StoredLength} bytes are stored for {LogicalLength}, with codec {Codec}");

        sound &= c.Skips(BlobRule.RunRange) || HasRunsWithin(place.Bounds.TotalBlocks)
            || c.Fault(BlobRule.RunRange, at, $"a run leaves the pages 3 to {place.Bounds.LastPage}");

        sound &= c.Skips(BlobRule.PageCount) || TotalPages == PagesFor(StoredLength)
            || c.Fault(BlobRule.PageCount, at, $"{TotalPages} pages for {StoredLength} bytes");

        _ = c.Skips(BlobRule.Ancestry) || Birth <= place.HolderBirth
            || c.Fault(BlobRule.Ancestry, at, $"refers to a blob born in {Birth} from a page born in {place.HolderBirth}");

        _ = c.Skips(BlobRule.ChecksumReserved) || place.Checksum != ContentChecksum.Crc32C || Checksum.AsSpan()[Checksums.CrcLength..].IndexOfAnyExcept((byte)0) < 0
            || c.Fault(BlobRule.ChecksumReserved, at, "bytes after a CRC-32C are not zero");
        return sound;
    }

    private bool HasRunsWithin(ulong totalBlocks)
    {
        foreach (var run in Runs)
        {
            if (run.Pages < 1 || run.Page < Format.FirstFreeBlock || run.Page >= totalBlocks || run.Pages > totalBlocks - run.Page)
            {
                return false;
            }
        }

        return true;
    }
}
