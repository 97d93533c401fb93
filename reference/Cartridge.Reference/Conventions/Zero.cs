namespace Cartridge.Reference;

/// <summary>Bytes that must be zero: reserved ones, gaps and padding.</summary>
internal static class Zero
{
    /// <summary>Whether all bytes are zero.</summary>
    public static bool All(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExcept((byte)0) < 0;

    /// <summary>The offset of the first byte that is not zero, of those between one offset and another; -1 if there is none.</summary>
    public static int FirstOther(ReadOnlySpan<byte> bytes, int from, int end)
    {
        var at = from < end ? bytes[from..end].IndexOfAnyExcept((byte)0) : -1;
        return at < 0 ? -1 : from + at;
    }

    /// <summary>As above, of several fields.</summary>
    public static int FirstOther(ReadOnlySpan<byte> bytes, params ReadOnlySpan<(int Offset, int Length)> fields)
    {
        foreach (var (offset, length) in fields)
        {
            if (FirstOther(bytes, offset, offset + length) is >= 0 and var at)
            {
                return at;
            }
        }

        return -1;
    }
}
