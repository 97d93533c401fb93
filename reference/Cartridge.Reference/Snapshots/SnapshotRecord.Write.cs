namespace Cartridge.Reference;

internal sealed partial record SnapshotRecord
{
    /// <summary>Encodes the record; mirrors <see cref="Read"/>.</summary>
    public byte[] Write()
    {
        var bytes = new byte[SnapshotFieldLocations.Name + Name.Length];
        var fields = new FieldWriter(bytes);
        fields.U64(Generation);
        fields.I64(Created);
        fields.U64(Parent);
        fields.U64(NextFileId);
        Catalog.Write(ref fields);
        Content.Write(ref fields);
        fields.U8(IsHidden ? HiddenFlag : (byte)0);
        fields.Skip(SnapshotFieldLengths.Reserved);
        fields.U8((byte)Name.Length);
        fields.Put(Name);
        return bytes;
    }
}
