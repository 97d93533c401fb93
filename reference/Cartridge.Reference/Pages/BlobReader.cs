namespace Cartridge.Reference;

/// <summary>Fetches the bytes behind a blob reference and proves them.</summary>
internal static class BlobReader
{
    /// <summary>
    /// Whatever a reference claims, this much is read at most: the bound that keeps a hostile file from taking memory even
    /// where the check of lengths is switched off. No valid blob is larger.
    /// </summary>
    private const int MaxPages = Format.MaxLongValue / Format.PageSize;

    /// <summary>Reads a blob whole; nothing of it is returned unless all of it is proved (CART-CNV-108).</summary>
    /// <returns>The stored bytes; null if they could not be read or proved.</returns>
    public static byte[]? Read(IMedium medium, BlobReference blob, ContentChecksum kind, Checker c)
    {
        var pages = Math.Min(blob.Runs.Sum(run => (long)run.Pages), MaxPages);
        var bytes = new byte[pages * Format.PageSize];
        var filled = 0;
        foreach (var run in blob.Runs)
        {
            var length = Math.Min(run.Pages * Format.PageSize, bytes.Length - filled);
            Pages.ReadRaw(medium, run.Page, bytes.AsSpan(filled, length));
            filled += length;
        }

        var stored = bytes.AsSpan(0, (int)Math.Min(blob.StoredLength, (uint)bytes.Length));
        var at = blob.PlaceOf(0) with { Offset = null };
        var sound = c.Skips(BlobRule.Checksum) || Checksums.Match(kind, stored, blob.Checksum)
            || c.Fault(BlobRule.Checksum, at, $"the {stored.Length} bytes stored here do not have the recorded checksum");
        var stray = Zero.FirstOther(bytes, stored.Length, bytes.Length);
        _ = c.Skips(BlobRule.Padding) || stray < 0
            || c.Fault(BlobRule.Padding, blob.PlaceOf(stray), "a byte after the stored ones is not zero");
        if (!sound)
        {
            return null;
        }

        Array.Resize(ref bytes, stored.Length);
        return bytes;
    }
}
