namespace Cartridge.Reference;

/// <summary>The checks of one record of the content tree (spec/08-content.md).</summary>
internal static class ContentCheck
{
    // "The key of a content record MUST be 16 bytes long."
    public static bool Key(ReadOnlySpan<byte> key, Place at, Checker c) =>
        c.Skips(ContentRule.KeyLength) || key.Length == ChunkKey.Length
        || c.Fault(ContentRule.KeyLength, at, $"a key of {key.Length} bytes; a content record's has {ChunkKey.Length}");

    // "In the content tree, whose values are blob references themselves, the value kind MUST be 0."
    public static bool Value(in TreeValue value, Place at, Checker c) =>
        c.Skips(TreeRule.ContentInline) || !value.IsLong
        || c.Fault(TreeRule.ContentInline, at, "a long value in the content tree");

    // "The beginning of a chunk plus its logical length MUST be at most the size of the file."
    public static bool WithinSize(in ChunkKey key, byte shift, BlobReference chunk, long size, Place at, Checker c)
    {
        var end = ((UInt128)key.Number << shift) + chunk.LogicalLength;
        return c.Skips(ContentRule.WithinSize) || end <= (UInt128)size
            || c.Fault(ContentRule.WithinSize, at, $"chunk {key.Number} ends at byte {end} of a file of {size}");
    }
}
