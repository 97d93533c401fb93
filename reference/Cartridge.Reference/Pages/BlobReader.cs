namespace Cartridge.Reference;

/// <summary>Fetches the bytes behind a blob reference and proves them.</summary>
internal static class BlobReader
{
    /// <summary>
    /// Whatever a reference claims, this much is read at most: the bound that keeps a hostile file from taking memory even
    /// where the check of lengths is switched off. No valid blob is larger.
    /// </summary>
    public const int MaxLength = Format.MaxLongValue;

    /// <summary>Reads a blob whole; nothing of it is returned unless all of it is proved (CART-CNV-108).</summary>
    /// <returns>The stored bytes; null if they could not be read or proved.</returns>
    public static byte[]? Read(IMedium medium, BlobReference blob, ContentChecksum kind, Checker c)
    {
        var room = GC.AllocateUninitializedArray<byte>(RoomFor(blob));
        if (!TryRead(medium, blob, kind, room, c, out var stored))
        {
            return null;
        }

        Array.Resize(ref room, stored.Length);
        return room;
    }

    /// <summary>Reads a blob whole into room that is used again: whoever proves many blobs need not make an array for each.</summary>
    /// <param name="medium">The container.</param>
    /// <param name="blob">The blob.</param>
    /// <param name="kind">The checksum that guards it.</param>
    /// <param name="room">At least as long as the blob's pages, or <see cref="MaxLength"/>.</param>
    /// <param name="c">Where faults go.</param>
    /// <param name="stored">The stored bytes, at the beginning of the room.</param>
    /// <returns>Whether they were read and proved.</returns>
    public static bool TryRead(
        IMedium medium, BlobReference blob, ContentChecksum kind, Span<byte> room, Checker c, out ReadOnlySpan<byte> stored)
    {
        var bytes = room[..RoomFor(blob)];
        var filled = 0;
        foreach (var run in blob.Runs)
        {
            var length = Math.Min(run.Pages * Format.PageSize, bytes.Length - filled);
            Pages.ReadRaw(medium, run.Page, bytes.Slice(filled, length));
            filled += length;
        }

        stored = bytes[..(int)Math.Min(blob.StoredLength, (uint)bytes.Length)];
        var at = blob.PlaceOf(0) with { Offset = null };
        var sound = c.Skips(BlobRule.Checksum) || Checksums.Match(kind, stored, blob.Checksum)
            || c.Fault(BlobRule.Checksum, at, $"the {stored.Length} bytes stored here do not have the recorded checksum");
        var stray = Zero.FirstOther(bytes, stored.Length, bytes.Length);
        _ = c.Skips(BlobRule.Padding) || stray < 0
            || c.Fault(BlobRule.Padding, blob.PlaceOf(stray), "a byte after the stored ones is not zero");
        return sound;
    }

    /// <summary>Bytes that the pages of a blob have, and <see cref="MaxLength"/> at most.</summary>
    public static int RoomFor(BlobReference blob) => (int)Math.Min(blob.TotalPages * Format.PageSize, MaxLength);
}
