using System.Buffers.Binary;

namespace Cartridge.Reference;

internal sealed partial class FreeMap
{
    /// <summary>Lays the free map's fields out in a commit record; mirrors <see cref="Read"/>.</summary>
    public void Write(Span<byte> record)
    {
        record[CommitFieldLocations.FreeMapKind] = (byte)Kind;
        BinaryPrimitives.WriteUInt16LittleEndian(record[CommitFieldLocations.ExtentCount..], (ushort)Extents.Count);
        var area = record[CommitFieldLocations.FreeMap..];
        (Blob?.Write() ?? EncodeExtents(Extents)).CopyTo(area);
    }

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
