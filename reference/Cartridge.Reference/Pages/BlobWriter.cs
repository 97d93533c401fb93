namespace Cartridge.Reference;

/// <summary>Puts bytes into runs of pages; mirrors <see cref="BlobReader"/>.</summary>
internal static class BlobWriter
{
    /// <summary>Writes the bytes, and zeros up to the end of the last page.</summary>
    public static void Write(IMedium medium, IReadOnlyList<Run> runs, ReadOnlySpan<byte> bytes)
    {
        foreach (var run in runs)
        {
            var room = run.Pages * Format.PageSize;
            var whole = Math.Min(room, bytes.Length / Format.PageSize * Format.PageSize);
            if (whole == room)
            {
                medium.Write(Pages.OffsetOf(run.Page), bytes[..whole]);
                bytes = bytes[whole..];
            }
            else
            {
                // The last run: one write, padded.
                var padded = new byte[room];
                bytes.CopyTo(padded);
                medium.Write(Pages.OffsetOf(run.Page), padded);
                bytes = [];
            }
        }
    }
}
