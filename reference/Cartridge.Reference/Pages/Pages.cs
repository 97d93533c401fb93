namespace Cartridge.Reference;

/// <summary>Pages by their number.</summary>
internal static class Pages
{
    /// <summary>Where a page begins in the file, in bytes.</summary>
    public static long OffsetOf(ulong page) => checked((long)(page * Format.PageSize));

    /// <summary>Fills a buffer with whole pages; what lies beyond the end of the file reads as zero and so fails its hash.</summary>
    public static void ReadRaw(IMedium medium, ulong page, Span<byte> destination)
    {
        var length = medium.Length;
        if (page >= (ulong)(length / Format.PageSize) + 1)
        {
            destination.Clear();
            return;
        }

        var offset = OffsetOf(page);
        var read = medium.Read(offset, destination[..(int)Math.Min(destination.Length, Math.Max(0, length - offset))]);
        destination[read..].Clear();
    }
}
