namespace Cartridge.Reference.Tests.Verify;

/// <summary>References, nodes and blobs.</summary>
internal static class PageCases
{
    public static Dictionary<string, Case> All { get; } = new()
    {
        ["CART-PAG-001"] = new("deep", d => d.CatalogRoot.ChildReference(1).U64((ulong)d.Pages)) { AloneStands = false },
        ["CART-PAG-001 record"] = new("small", d => d.Newest.At(208).U64(2)) { AloneStands = false },
        ["CART-PAG-001 far"] = new("deep", d => d.CatalogRoot.ChildReference(0).U64(ulong.MaxValue)),
        ["CART-PAG-002"] = new("deep", d =>
        {
            var root = d.CatalogRoot;
            root.ChildReference(0).Span(PageReference.Length).CopyTo(root.ChildReference(1).Span(PageReference.Length));
            return root.Child(0).Whole();
        }),
        ["CART-PAG-002 blob"] = new("small", d =>
        {
            var chunk = Run(d.ContentRoot, 0);
            Run(d.ContentRoot, 1).U64(chunk.Number64());
            return d.Page(chunk.Number64()).Whole();
        }),
        ["CART-PAG-003"] = new("small", d => d.CatalogRoot.U8(3)),
        ["CART-PAG-004"] = new("deep", d => { d.CatalogRoot.Child(0).At(3000).Flip(); return d.CatalogRoot.Child(0).At(1); }) { Mends = false, AloneStands = false },
        ["CART-PAG-005"] = new("small", d => { d.Newest.At(208 + 16).Flip().Seal(); return d.CatalogRoot.At(1); }) { Mends = false },
        ["CART-PAG-006"] = new("small", d => d.CatalogRoot.At(33).U8(3)),
        ["CART-PAG-007"] = new("small", d => d.CatalogRoot.At(39).U8(1).At(34)),
        ["CART-PAG-008"] = new("small", d => d.CatalogRoot.At(40).Flip()),
        ["CART-PAG-009"] = new("small", d => d.CatalogRoot.At(48).Add(1)),
        ["CART-PAG-010"] = new("small", d => d.CatalogRoot.At(56).Add(-1)),
        ["CART-PAG-011"] = new("small", d => { d.CatalogRoot.At(56).Add(1); return d.Newest.At(208 + 8).Add(1).At(208); }),
        ["CART-PAG-011 child"] = new("deep", d =>
        {
            d.CatalogRoot.Child(1).At(56).Add(5);
            return d.CatalogRoot.ChildReference(1).Plus(8).Add(5).Plus(-8);
        })
        { AloneStands = false },
        ["CART-PAG-012"] = new("small", d => d.Newest.At(208 + 63).U8(1).At(208 + 57)),
        ["CART-PAG-013"] = new("fresh", d => d.Newest.At(208 + 8).U64(1).At(208)),

        ["CART-BLB-001"] = new("small", d => d.ContentRoot.Value(3).Plus(49).U8(2).Plus(-49)) { AloneStands = false },
        ["CART-BLB-001 map"] = new("fragmented", d => d.Newest.At(1792 + 49).U8(65).At(1792)) { AloneStands = false },
        ["CART-BLB-002"] = new("small", d =>
        {
            d.ContentRoot.Rebuild(cells => cells[3] = KeyValuePair.Create(cells[3].Key, new TreeValue(WithoutRuns(cells[3].Value.Bytes))));
            return d.ContentRoot.Value(3);
        })
        { Also = ["CART-BLB-007"] },
        ["CART-BLB-003"] = new("small", d => d.ContentRoot.Value(3).Plus(48).U8(3).Plus(-48)),
        ["CART-BLB-004"] = new("small", d => { d.ContentRoot.Value(3).Plus(4).U32(0); return d.ContentRoot.Value(3).U32(0); }) { Also = ["CART-BLB-007"] },
        ["CART-BLB-004 chunk size"] = new("small", d =>
        {
            d.CatalogRoot.Value("plain").Plus(12).U8(15);
            return d.ContentRoot.Value(3);
        })
        { AloneStands = false },
        ["CART-BLB-005"] = new("small", d => d.ContentRoot.Value(3).U32(65_535)) { AloneStands = false },
        ["CART-BLB-006"] = new("small", d => { Run(d.ContentRoot, 3).U64((ulong)d.Pages); return d.ContentRoot.Value(3); }) { AloneStands = false },
        ["CART-BLB-006 far"] = new("small", d => { Run(d.ContentRoot, 3).U64(ulong.MaxValue); return d.ContentRoot.Value(3); }) { AloneStands = false },
        ["CART-BLB-006 low"] = new("small", d => { Run(d.ContentRoot, 3).U64(2); return d.ContentRoot.Value(3); }) { AloneStands = false },
        ["CART-BLB-006 empty"] = new("small", d => { Run(d.ContentRoot, 3).Plus(8).U16(0); return d.ContentRoot.Value(3); }) { Also = ["CART-BLB-007"] },
        ["CART-BLB-007"] = new("small", d => { Run(d.ContentRoot, 3).Plus(8).U16(17); return d.ContentRoot.Value(3); }) { AloneStands = false },
        ["CART-BLB-008"] = new("small", d => d.ContentRoot.Value(3).Plus(8).Add(100).Plus(-8)),
        ["CART-BLB-008 value"] = new("small", d => d.CatalogRoot.Value("folder/wide").Plus(8).Add(100).Plus(-8)),
        ["CART-BLB-009"] = new("small-crc", d => d.ContentRoot.Value(3).Plus(20).U8(1).Plus(-20)) { MendsBlobs = false },
        ["CART-BLB-010"] = new("small", d => d.Page(Run(d.ContentRoot, 0).Number64()).At(9).Flip().Whole()) { Mends = false, Also = [], AloneStands = false },
        ["CART-BLB-010 CRC"] = new("small-crc", d => d.Page(Run(d.ContentRoot, 3).Number64()).At(9).Flip().Whole()) { Mends = false },
        ["CART-BLB-010 value"] = new("small", d => d.Page(d.PageOwnedBy("value:folder/wide")).At(900).Flip().Whole()) { Mends = false },
        ["CART-BLB-010 map"] = new("fragmented", d => d.Page(d.PageOwnedBy("map")).At(12).Flip().Whole()) { Mends = false, AloneStands = false },
        ["CART-BLB-012"] = new("small", d => d.CatalogRoot.Value("folder/wide").Plus(48).U8(1).Plus(-48)) { Also = ["CART-BLB-013"] },
        ["CART-BLB-013"] = new("small", d => d.ContentRoot.Value(3).Plus(48).U8(1).Plus(-48)) { AloneStands = false },
        ["CART-BLB-013 none"] = new("coded", d => d.ContentRoot.Value(0).Plus(4).U32(0).Plus(-4)) { Also = ["CART-BLB-007"], AloneStands = false },
        ["CART-BLB-011"] = new("small", d => d.Page(d.PageOwnedBy("chunk:folder/wide#0")).At(601).U8(1)),
    };

    /// <summary>The first run of a chunk's blob reference.</summary>
    public static Spot Run(Spot leaf, int index) => leaf.Value(index).Plus(BlobReference.FixedLength);

    private static byte[] WithoutRuns(ReadOnlyMemory<byte> reference)
    {
        var bytes = reference[..BlobReference.FixedLength].ToArray();
        bytes[^1] = 0;
        return bytes;
    }
}
