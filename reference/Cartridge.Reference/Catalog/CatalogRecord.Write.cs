namespace Cartridge.Reference;

internal sealed partial record CatalogRecord
{
    /// <summary>Encodes the record; mirrors <see cref="Read"/>.</summary>
    public byte[] Write()
    {
        var bytes = new byte[EncodedLength];
        var fields = new FieldWriter(bytes);
        fields.U8((byte)Type);
        fields.U8((byte)((ContentHash is null ? 0 : HasContentHash) | (Inline is null ? 0 : HasInlineContent) | (InlineSeal is null ? 0 : IsSealed)));
        fields.U16(Mode);
        fields.U32(Uid);
        fields.U32(Gid);
        fields.U8(ChunkShift);
        fields.U8(Codec is { Codec: CodecId.None } ? NoCodec : Codec?.Codec ?? 0);
        fields.U8(Codec?.Level ?? 0);
        fields.Skip(CatalogRecordFieldLengths.Reserved);
        fields.U64((ulong)Size);
        fields.U64(FileId);
        fields.I64(Created);
        fields.I64(Modified);
        fields.U8((byte)Owner.Length);
        fields.Put(Owner);
        if (ContentHash is { } hash)
        {
            fields.Hash(hash);
        }

        if (Inline is not null)
        {
            fields.U16((ushort)Inline.Length);
            fields.Put(InlineSeal);
            fields.Put(Inline);
        }

        WriteAttributes(ref fields);
        return bytes;
    }

    /// <summary>Encodes the attributes, their number before them.</summary>
    public void WriteAttributes(ref FieldWriter fields)
    {
        fields.U16((ushort)Attributes.Count);
        foreach (var attribute in Attributes)
        {
            fields.U8((byte)attribute.Kind);
            fields.U16((ushort)attribute.Name.Length);
            fields.U32((uint)attribute.Value.Length);
            fields.Put(attribute.Name);
            fields.Put(attribute.Value);
        }
    }

    private int EncodedLength =>
        CatalogRecordFieldLocations.Owner + Owner.Length
        + (ContentHash is null ? 0 : CatalogRecordFieldLengths.ContentHash)
        + (Inline is null ? 0 : CatalogRecordFieldLengths.InlineLength + Inline.Length)
        + (InlineSeal?.Length ?? 0)
        + CatalogRecordFieldLengths.AttributeCount
        + Attributes.Sum(a => CatalogRecordFieldLengths.Attribute + a.Name.Length + a.Value.Length);
}
