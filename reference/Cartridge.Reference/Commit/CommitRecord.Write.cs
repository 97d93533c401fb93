namespace Cartridge.Reference;

internal sealed partial record CommitRecord
{
    /// <summary>Lays the record out, its hash last; mirrors <see cref="Read"/>.</summary>
    /// <param name="identity">The container's identity.</param>
    /// <param name="page">A page of zeros.</param>
    /// <param name="keys">The container's keys, if it is encrypted.</param>
    /// <returns>The record with its hash.</returns>
    public CommitRecord Write(Identity identity, Span<byte> page, ContainerKeys? keys = null)
    {
        var fields = new FieldWriter(page);
        fields.Skip(CommitFieldLengths.PageHeader);
        fields.U64(Generation);
        fields.I64(Time);
        identity.Id.CopyTo(page[fields.Position..]);
        fields.Skip(CommitFieldLengths.ContainerId);
        fields.Hash(identity.PageHash);
        fields.U64(CompatibleFeatures);
        fields.U64(ReadOnlyCompatibleFeatures);
        fields.U64(0);
        fields.U64(TotalBlocks);
        fields.U64(FreeBlocks);
        fields.U64(GrowthCap);
        fields.U8(GrowthThreshold);
        fields.U8(Fuses.Versioning);
        fields.U8(Fuses.Acl);
        fields.U8(Fuses.Sse);
        fields.U8(DefaultCodec.Codec);
        fields.U8(DefaultCodec.Level);
        fields.Skip(CommitFieldLengths.ReservedAfterDefaultLevel);
        fields.U64(NextFileId);
        fields.U64(NextSnapshotId);
        fields.U64(BaseSnapshot);
        Catalog.Write(ref fields);
        Content.Write(ref fields);
        System.Write(ref fields);
        fields.Skip(CommitFieldLengths.AuditSize + CommitFieldLengths.AuditRoot);
        fields.U8((byte)Title.Length);
        fields.Put(Title);
        fields.Skip(CommitFieldLocations.KeySlots - fields.Position);
        fields.Put(KeySlots);
        fields.Skip(CommitFieldLocations.FreeMapKind - fields.Position);
        fields.U8((byte)FreeMapField.Kind);
        fields.Skip(CommitFieldLengths.ReservedAfterFreeMapKind);
        fields.U16(FreeMapField.ExtentCount);
        fields.Skip(CommitFieldLengths.ReservedAfterExtentCount);
        fields.Put(FreeMapField.Area.Span);
        var hash = PageHeader.Seal(page, PageType.CommitRecord, identity.Id, PageOf(Generation), Generation);
        if (keys is not null)
        {
            // Over everything but the two fields themselves, so the header has to stand already, and the page hash comes last.
            Authenticate(page, keys, page.Slice(CommitFieldLocations.Hmac, CommitFieldLengths.Hmac));
            hash = PageHeader.Seal(page, PageType.CommitRecord, identity.Id, PageOf(Generation), Generation);
        }

        return this with { Hash = hash };
    }
}
