using System.Text.Json;

namespace Cartridge.Format1;

/// <summary>Which blocks a container of format 1 has given out: a bitmap, extents beside it, and three pairs of counters.</summary>
/// <param name="Bitmap">Block i is bit i % 64 of word i / 64; 1 is given out.</param>
/// <param name="Extents">Start and length of the free extents, by the number under which they are filed.</param>
/// <param name="BitmapCounters">Total and free blocks as the bitmap counts.</param>
/// <param name="ExtentCounters">Total and free blocks as the extents count.</param>
/// <param name="Counters">Total and free blocks as the whole counts; free is missing before version 0.2.4.</param>
internal sealed partial record Allocator(
    ulong[] Bitmap,
    IReadOnlyList<(ulong Key, ulong Start, ulong Length)> Extents,
    (ulong Total, ulong Free) BitmapCounters,
    (ulong Total, ulong Free) ExtentCounters,
    (ulong Total, ulong? Free) Counters)
{
    private const int BitsPerWord = 64;
    private const int SmallestExtent = 24;

    /// <summary>Whether a block is given out; what the bitmap does not reach is not.</summary>
    public bool IsTaken(ulong block) =>
        block / BitsPerWord < (ulong)Bitmap.Length && ((Bitmap[block / BitsPerWord] >> (int)(block % BitsPerWord)) & 1) == 1;

    /// <summary>Reads what stands on page 2.</summary>
    /// <returns>The allocator, or null if it cannot be read.</returns>
    public static Allocator? Read(PackedText text, Judge j)
    {
        var trouble = "the page is empty";
        var allocator = text.Encoding switch
        {
            Format1Encoding.Json => ReadJson(text, out trouble),
            Format1Encoding.Blob => ReadBlob(text, out trouble),
            _ => null,
        };
        _ = j.Skips(OneSpaceRule.Allocator) || allocator is not null || !text.IsWhole
            || j.Fault(OneSpaceRule.Allocator, new(Layout.AllocatorPage), $"the allocator cannot be read: {Judge.Brief(trouble)}");
        return allocator;
    }

    private static Allocator? ReadBlob(PackedText text, out string trouble)
    {
        var reader = new BlobReader(text.Data);
        var bitmap = reader.Numbers("words of the bitmap");
        var bitmapCounters = (reader.U64(), reader.U64());
        var extents = new (ulong, ulong, ulong)[reader.Count(SmallestExtent, "free extents")];
        for (var i = 0; i < extents.Length; i++)
        {
            extents[i] = (reader.U64(), reader.U64(), reader.U64());
        }

        var extentCounters = (reader.U64(), reader.U64());
        (ulong, ulong?) counters = (reader.U64(), reader.U64());
        trouble = reader.Trouble ?? "";
        return reader.Trouble is null ? new Allocator(bitmap, extents, bitmapCounters, extentCounters, counters) : null;
    }

    private static Allocator? ReadJson(PackedText text, out string trouble)
    {
        using var document = JsonMembers.TryParse(text.Data, out trouble);
        JsonElement? root = document?.RootElement;
        var bitmap = root.Member("bitmap", JsonValueKind.Object);
        var extent = root.Member("extent", JsonValueKind.Object);
        var words = bitmap.Numbers("bitmap");
        if (document is null || words is null || CountersOf(bitmap) is not { } bitmapCounters || CountersOf(extent) is not { } extentCounters
            || root.Number("total_blocks") is not { } total || ReadExtents(extent) is not { } extents)
        {
            trouble = trouble.Length > 0 ? trouble : "bitmap, extent or total_blocks is missing, or not what it should be";
            return null;
        }

        // Versions before 0.2.4 have no free_blocks of the whole.
        return new Allocator(words, extents, bitmapCounters, extentCounters, (total, root.Number("free_blocks")));
    }

    private static (ulong Total, ulong Free)? CountersOf(JsonElement? value) =>
        value.Number("total_blocks") is { } total && value.Number("free_blocks") is { } free ? (total, free) : null;

    private static List<(ulong, ulong, ulong)>? ReadExtents(JsonElement? extent)
    {
        if (extent.Member("free_extents", JsonValueKind.Object) is not { } members)
        {
            return null;
        }

        List<(ulong, ulong, ulong)> extents = [];
        foreach (var member in members.EnumerateObject())
        {
            JsonElement? value = member.Value;
            if (!ulong.TryParse(member.NameText(), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var key)
                || value.Number("start") is not { } start || value.Number("length") is not { } length)
            {
                return null;
            }

            extents.Add((key, start, length));
        }

        return extents;
    }
}
