using Cartridge.Reference;

namespace Cartridge.Format1;

/// <summary>The pages of a file of format 1. What lies beyond the end of the file is not there, and nobody pretends it is.</summary>
/// <param name="medium">The file, or what stands for it.</param>
/// <param name="has">Which pages there are, if not all up to the end.</param>
internal sealed class Source(IMedium medium, Func<ulong, bool>? has = null)
{
    /// <summary>The file's length, in bytes.</summary>
    public long Length => medium.Length;

    /// <summary>How many whole pages the file has.</summary>
    public ulong Pages => (ulong)(Length / Layout.PageSize);

    /// <summary>Whether the file holds the whole page.</summary>
    public bool Holds(ulong page) => page < Pages && (has is null || has(page));

    /// <summary>Reads a page, or as much of it as the file holds; the rest is zero.</summary>
    public byte[] Page(ulong page)
    {
        var bytes = new byte[Layout.PageSize];
        ReadAt(page, bytes);
        return bytes;
    }

    /// <summary>Reads from the start of a page on.</summary>
    /// <returns>Whether the file held all that was asked for.</returns>
    public bool ReadAt(ulong page, Span<byte> target) =>
        page < (ulong)(long.MaxValue / Layout.PageSize) && medium.Read((long)page * Layout.PageSize, target) == target.Length;
}
