namespace Cartridge.Reference;

internal sealed partial class FreeMap
{
    /// <summary>The fields by which a commit record holds the map; mirrors <see cref="Read"/>.</summary>
    public FreeMapField Write() => new(Kind, (ushort)Extents.Count, Blob?.Write() ?? EncodeExtents(Extents));

    /// <summary>Lays extents out one after the other; mirrors <see cref="ReadExtents"/>.</summary>
    public static byte[] EncodeExtents(IReadOnlyList<FreeExtent> extents)
    {
        var bytes = new byte[extents.Count * FreeExtent.EncodedLength];
        var fields = new FieldWriter(bytes);
        foreach (var extent in extents)
        {
            fields.U64(extent.Start);
            fields.U32(extent.Length);
            fields.U64(extent.FreedIn);
        }

        return bytes;
    }
}
