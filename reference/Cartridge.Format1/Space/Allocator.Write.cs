namespace Cartridge.Format1;

internal sealed partial record Allocator
{
    /// <summary>Writes an allocator as a blob; <see cref="Read"/> is the way back.</summary>
    public byte[] Write()
    {
        var blob = new BlobWriter();
        blob.Numbers(Bitmap);
        WriteCounters(blob, BitmapCounters.Total, BitmapCounters.Free);
        blob.U64((ulong)Extents.Count);
        foreach (var (key, start, length) in Extents)
        {
            blob.U64(key);
            blob.U64(start);
            blob.U64(length);
        }

        WriteCounters(blob, ExtentCounters.Total, ExtentCounters.Free);
        WriteCounters(blob, Counters.Total, Counters.Free ?? 0);
        return blob.ToArray();
    }

    private static void WriteCounters(BlobWriter blob, ulong total, ulong free)
    {
        blob.U64(total);
        blob.U64(free);
    }
}
