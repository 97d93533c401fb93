namespace Cartridge.Reference;

internal sealed partial class Identity
{
    /// <summary>Lays page 0 out and computes its hash; mirrors <see cref="Read"/>. Only creation calls it (CART-HDR-103).</summary>
    public byte[] Write()
    {
        var page = new byte[Format.PageSize];
        var fields = new FieldWriter(page);
        fields.Put(Magic);
        fields.U16(MajorVersion);
        fields.U16(MinorVersion);
        fields.U32(Format.PageSize);
        Id.CopyTo(page.AsSpan(fields.Position));
        fields.Skip(IdentityFieldLengths.ContainerId);
        fields.I64(Created);
        fields.U8((byte)ContentChecksum);
        fields.U8((byte)(IsEncrypted ? 1 : 0));
        fields.Skip(IdentityFieldLengths.ReservedAfterEncrypted);
        fields.U8((byte)Slug.Length);
        fields.Put(Slug);
        Hash256.Of(page.AsSpan(0, IdentityFieldLocations.Hash)).CopyTo(page.AsSpan(IdentityFieldLocations.Hash));
        PageHash = Hash256.Of(page);
        return page;
    }
}
