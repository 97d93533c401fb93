using System.Globalization;
using System.Text.Json;
using Cartridge.Formats.Generated;
using Kaitai;

namespace Cartridge.Formats.WalkOne;

/// <summary>
/// Which blocks are given out. Extents and counters beside the bitmap are often stale; that they are right is a note and not asked here.
/// </summary>
/// <param name="Bitmap">Block i is bit i % 64 of word i / 64; 1 is given out.</param>
internal sealed record OneAllocator(IReadOnlyList<ulong> Bitmap)
{
    private const string Requirement = "CART-ONE-040";
    private const string BadCell = "tree.bad-cell";
    private const ulong BitsPerWord = 64;

    /// <summary>How many blocks the bitmap reaches.</summary>
    internal ulong Reach => (ulong)Bitmap.Count * BitsPerWord;

    internal static OneAllocator Read(OnePacked packed)
    {
        if (packed.Encoding != OneEncoding.Json)
        {
            return new(OneFile.Parse(2, Requirement, BadCell, () => new Cartridge1.AllocatorBlob(new KaitaiStream(packed.Data))).Words);
        }

        using JsonDocument document = OneJson.Parse(packed.Data, Requirement, BadCell, 2);
        return OneJson.Members(document, Requirement, BadCell, 2, FromJson);
    }

    /// <summary>Whether a block is given out; what the bitmap does not reach is not.</summary>
    internal bool IsMarked(ulong block) => block < Reach && ((Bitmap[(int)(block / BitsPerWord)] >> (int)(block % BitsPerWord)) & 1) == 1;

    private static OneAllocator FromJson(JsonElement allocator)
    {
        // Versions before 0.2.4 write no free blocks of the whole.
        _ = allocator.Number("total_blocks");
        _ = allocator.Optional("free_blocks")?.GetUInt64();
        JsonElement bitmap = Counted(allocator.GetProperty("bitmap"));
        JsonElement extents = Counted(allocator.GetProperty("extent"));
        foreach (JsonProperty extent in extents.GetProperty("free_extents").EnumerateObject())
        {
            _ = ulong.Parse(extent.Name, NumberStyles.None, CultureInfo.InvariantCulture);
            _ = extent.Value.Number("start");
            _ = extent.Value.Number("length");
        }

        return new([.. bitmap.GetProperty("bitmap").EnumerateArray().Select(word => word.GetUInt64())]);
    }

    private static JsonElement Counted(JsonElement part)
    {
        _ = part.Number("total_blocks");
        _ = part.Number("free_blocks");
        return part;
    }
}
