namespace Cartridge.Reference;

/// <summary>How a record keeps its free map.</summary>
internal enum FreeMapKind : byte
{
    /// <summary>Not at all: whoever writes next walks the trees for it.</summary>
    Absent = 0,

    /// <summary>In the record itself.</summary>
    Inline = 1,

    /// <summary>In a blob.</summary>
    Blob = 2,
}

/// <summary>The free map's fields as a record holds them; what is in them is chapter 9's matter.</summary>
/// <param name="Kind">How the map is kept.</param>
/// <param name="ExtentCount">Extents of an inline map.</param>
/// <param name="Area">The bytes: extents, a blob reference, or zeros; behind its end they are zero.</param>
internal readonly record struct FreeMapField(FreeMapKind Kind, ushort ExtentCount, ReadOnlyMemory<byte> Area);
