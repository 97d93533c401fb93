namespace Cartridge.Reference.Tests.Verify;

/// <summary>Page 0 and the commit records.</summary>
internal static class HeaderCases
{
    public static Dictionary<string, Case> All { get; } = new()
    {
        ["CART-HDR-001"] = new("fresh", d => d.Page(0).U8((byte)'X')),
        ["CART-HDR-002"] = new("fresh", d => d.Page(0).At(8).U16(4)),
        ["CART-HDR-002 minor"] = new("fresh", d => { d.Page(0).At(10).U16(1); return d.Page(0).At(8); }),
        ["CART-HDR-002 format 1"] = new("fresh", d => { "CART\0\u0001\0\0"u8.CopyTo(d.Bytes); return d.Page(0); }),
        ["CART-HDR-002 format 2"] = new("fresh", d => { "CART\0\u0002"u8.CopyTo(d.Bytes); return d.Page(0); }),
        ["CART-HDR-003"] = new("fresh", d => d.Page(0).At(12).U32(8192)),
        ["CART-HDR-004"] = new("fresh", d => { var spot = d.Page(0).At(4064).Flip(); MendRecords(d); return spot; }) { Mends = false },
        ["CART-HDR-005"] = new("fresh", d => d.Page(0).At(40).U8(3)),
        ["CART-HDR-006"] = new("fresh", d => d.Page(0).At(41).U8(2)),
        ["CART-HDR-007"] = new("fresh", d => { d.Page(0).At(322).U8((byte)'S'); return d.Page(0).At(321); }),
        ["CART-HDR-007 empty"] = new("fresh", d => { d.Page(0).At(320).Span(256).Clear(); return d.Page(0).At(321); }),
        ["CART-HDR-008"] = new("fresh", d => d.Page(0).At(319).U8(1)),
        ["CART-HDR-008 slug"] = new("fresh", d => d.Page(0).At(575).U8(1)),
        ["CART-HDR-008 end"] = new("fresh", d => d.Page(0).At(4063).U8(1)),
        ["CART-HDR-009"] = new("fresh", d => d.Cut((3 * Format.PageSize) - 1).Whole()) { Mends = false, AloneStands = false },
        ["CART-HDR-009 five bytes"] = new("fresh", d => d.Cut(5).Whole()) { Mends = false, AloneStands = false },

        ["CART-COM-001"] = new("small", d => d.Newest.At(0).U8(2)) { Severity = Severity.Warning },
        ["CART-COM-002"] = new("small", d => { d.Newest.At(3000).Flip(); return d.Newest.At(1); }) { Severity = Severity.Warning, Mends = false, AloneStands = false },
        ["CART-COM-003"] = new("small", d => d.Newest.At(33).U8(2)) { Severity = Severity.Warning },
        ["CART-COM-004"] = new("small", d => d.Newest.At(34).U8(1)) { Severity = Severity.Warning },
        ["CART-COM-005"] = new("small", d => d.Newest.At(40).Flip()) { Severity = Severity.Warning },
        ["CART-COM-006"] = new("small", d => d.Newest.At(48).U64(7)) { Severity = Severity.Warning },
        ["CART-COM-007"] = new("small", d => d.Newest.At(56).Add(1)) { Severity = Severity.Warning },
        ["CART-COM-008"] = new("small", d => d.Newest.At(95).Flip().At(80)) { Severity = Severity.Warning },
        ["CART-COM-009"] = new("fresh", d => { d.Record(1).At(56).Add(1); return d.Record(1).At(64).Add(1); }) { Severity = Severity.Warning, AloneStands = false },
        ["CART-COM-010"] = new("fresh", d => { d.Record(1).At(700).Flip(); return d.Record(2).At(700).Flip().Plus(0) with { Page = 1, IsWholePage = true }; }) { Mends = false, Also = ["CART-COM-002"] },
        ["CART-COM-011"] = new("fresh", d => { d.Record(2).At(56).Add(2); return d.Record(2).At(64).Add(2); }),
        ["CART-COM-012"] = new("small", d => d.Newest.At(96).Flip().Seal()) { Mends = false },
        ["CART-COM-013"] = new("small", d => d.Newest.At(144).U64(1UL << 63)),
        ["CART-COM-014"] = new("small", d => d.Newest.At(136).U64(2)) { Severity = Severity.Note },
        ["CART-COM-015"] = new("fresh", d => d.Newest.At(152).U64(2)),
        ["CART-COM-015 too many"] = new("fresh", d => d.Newest.At(152).U64((1UL << 51) + 1)) { Also = ["CART-COM-016"] },
        ["CART-COM-016"] = new("roomy", d => { d.Cut(15 * Format.PageSize); return d.Newest.At(152); }) { AloneStands = false },
        ["CART-COM-017"] = new("roomy", d => d.Newest.At(168).U64(15)),
        ["CART-COM-018"] = new("roomy", d => d.Newest.At(176).U8(101)),
        ["CART-COM-019"] = new("roomy", d => d.Newest.At(177).U8(2)),
        ["CART-COM-019 ACL"] = new("roomy", d => d.Newest.At(178).U8(3)),
        ["CART-COM-019 SSE"] = new("roomy", d => d.Newest.At(179).U8(3)),
        ["CART-COM-020"] = new("roomy", d => d.Newest.At(183).U8(1)),
        ["CART-COM-020 kind"] = new("roomy", d => d.Newest.At(1785).U8(1)),
        ["CART-COM-020 count"] = new("roomy", d => d.Newest.At(1791).U8(1)),
        ["CART-COM-021"] = new("roomy", d => d.Newest.At(184).U64(0)),
        ["CART-COM-022"] = new("roomy", d => d.Newest.At(192).U64(0)),
        ["CART-COM-023"] = new("roomy", d => d.Newest.At(200).U64(1)) { Also = ["CART-SNP-013"] },
        ["CART-COM-024"] = new("roomy", d => d.Newest.At(400).U64(1)),
        ["CART-COM-024 root"] = new("roomy", d => d.Newest.At(439).U8(1).At(400)),
        ["CART-COM-025"] = new("roomy", d => d.Newest.At(441).U8(0xFF)),
        ["CART-COM-026"] = new("roomy", d => d.Newest.At(695).U8(1).At(441 + "Specimen".Length)),
        ["CART-COM-027"] = new("roomy", d => d.Newest.At(696).U8(1)),
        ["CART-COM-027 HMAC"] = new("roomy", d => d.Newest.At(1783).U8(1).At(696)),
        ["CART-COM-028"] = new("roomy", d => d.Newest.At(4095).U8(1).At(1792 + 20)),
        ["CART-COM-028 absent"] = new("mapless", d => d.Newest.At(1792).U8(1)),
        ["CART-COM-028 count"] = new("mapless", d => d.Newest.At(1786).U16(1).At(1792)),
        ["CART-COM-029"] = new("mapless", d => d.Newest.At(1784).U8(3)),
        ["CART-COM-032"] = new("roomy", d => d.Newest.At(180).U8(3)),
        ["CART-COM-033"] = new("roomy", d => d.Newest.At(181).U8(23)),
        ["CART-COM-031"] = new("roomy", d => d.Newest.At(160).U64(14)) { Also = ["CART-SPC-004"] },
    };

    /// <summary>Puts the records right, but not page 0.</summary>
    private static void MendRecords(Damage damage)
    {
        foreach (var record in new[] { damage.Record(1), damage.Record(2) })
        {
            Hash256.Of(damage.Page(0).Span(Format.PageSize)).CopyTo(record.At(CommitFieldLocations.IdentityHash).Span(Format.HashLength));
            record.Seal();
        }
    }
}
