namespace Cartridge.Reference;

internal sealed partial class BlobReference
{
    /// <summary>Encodes the reference; mirrors <see cref="Read"/>.</summary>
    public byte[] Write()
    {
        var bytes = new byte[EncodedLength];
        var fields = new FieldWriter(bytes);
        fields.U32(LogicalLength);
        fields.U32(StoredLength);
        fields.U64(Birth);
        fields.Hash(Checksum);
        fields.U8(Codec);
        fields.U8((byte)Runs.Length);
        foreach (var run in Runs)
        {
            fields.U64(run.Page);
            fields.U16(run.Pages);
        }

        fields.Put(Seal);

        return bytes;
    }
}
