namespace Cartridge.Reference.Tests.Verify;

/// <summary>Key slots, HMACs, seals. All HMACs but the one at stake are mended, as only somebody with the key could.</summary>
internal static class EncryptionCases
{
    public static Dictionary<string, Case> All { get; } = new()
    {
        ["CART-ENC-001"] = new("encrypted", d => Slot(d, 3).U8(3)),
        ["CART-ENC-002"] = new("encrypted", d => Slot(d, 0).Plus(2).U8(1).Plus(-2)),
        ["CART-ENC-002 empty"] = new("encrypted", d => Slot(d, 7).Plus(KeySlot.Length - 1).U8(1).Plus(1 - KeySlot.Length)),
        ["CART-ENC-003"] = new("encrypted", d => Slot(d, 0).Plus(4).U32(1)) { AloneStands = false, Also = ["CART-ENC-007"] },
        ["CART-ENC-003 hours"] = new("encrypted", d =>
        {
            Slot(d, 0).U8((byte)KeySlotKind.Passphrase);
            return Slot(d, 0).Plus(4).U32(uint.MaxValue);
        })
        { AloneStands = false, Also = ["CART-ENC-006"] },
        ["CART-ENC-004"] = new("encrypted", d =>
        {
            Slot(d, 0).Span(KeySlot.Length).Clear();
            return Slot(d, 0);
        })
        { AloneStands = false, Also = ["CART-ENC-006"] },
        ["CART-ENC-005"] = new("encrypted", d =>
        {
            var hmac = d.Newest.At(CommitFieldLocations.Hmac);
            hmac.Span(CommitFieldLengths.Hmac).Clear();
            hmac.Seal();
            return hmac;
        })
        { Mends = false, Also = ["CART-ENC-008"] },
        ["CART-ENC-006"] = new("encrypted", d =>
        {
            Slot(d, 0).Plus(KeySlotFieldLocations.Commitment).Flip();
            return d.Newest.At(CommitFieldLocations.KeySlots);
        }),
        ["CART-ENC-007"] = new("encrypted", d => Slot(d, 0).Plus(KeySlotFieldLocations.WrappedKey).Flip().Plus(-KeySlotFieldLocations.WrappedKey)),
        ["CART-ENC-007 tag"] = new("encrypted", d => Slot(d, 0).Plus(KeySlotFieldLocations.WrapTag).Flip().Plus(-KeySlotFieldLocations.WrapTag)),
        ["CART-ENC-008"] = new("encrypted", d => d.Newest.At(CommitFieldLocations.Hmac).Flip().Seal().At(CommitFieldLocations.Hmac)) { Mends = false },
        ["CART-ENC-009"] = new("small", d => d.CatalogRoot.Value("plain").Plus(1).U8(4)),
        ["CART-ENC-009 plain"] = new("encrypted", d => d.CatalogRoot.Record("inline", record => record with { InlineSeal = null }).Plus(1)),
        ["CART-ENC-010"] = new("encrypted", d => d.CatalogRoot.Record("plain", record => record with { ContentHash = Hash256.Of([]) }).Plus(1)) { AloneStands = false, Also = ["CART-CAT-023"] },
        ["CART-ENC-011"] = new("encrypted", d => d.Page(d.PageOwnedBy("chunk:plain#0")).At(100).Flip().Whole()),
        ["CART-ENC-011 crc"] = new("encrypted-crc", d => d.Page(d.PageOwnedBy("chunk:plain#0")).At(100).Flip().Whole()),
        ["CART-ENC-012"] = new("encrypted", d => d.CatalogRoot.Value("inline").Plus(60).Flip().Plus(-60)),
        ["CART-ENC-013"] = new("encrypted-empty", d =>
        {
            d.Page(0).At(IdentityFieldLocations.Encrypted).U8(0);
            foreach (var number in new[] { 1, 2 })
            {
                d.Record(number).At(CommitFieldLocations.KeySlots).Span(CommitFieldLengths.KeySlots + CommitFieldLengths.Hmac).Clear();
            }

            return d.Page(0).At(IdentityFieldLocations.Encrypted);
        }),
    };

    private static Spot Slot(Damage d, int number) => d.Newest.At(CommitFieldLocations.KeySlots + (number * KeySlot.Length));
}
