using System.Text;

namespace Cartridge.Reference.Tests.Verify;

/// <summary>Paths, catalog records and contents.</summary>
internal static class CatalogCases
{
    public static Dictionary<string, Case> All { get; } = new()
    {
        ["CART-CAT-001"] = new("small", d => Rename(d, new string('p', 1153))),
        ["CART-CAT-002"] = new("small", d => Rename(d, [0xFF, .. "plain"u8])),
        ["CART-CAT-003"] = new("small", d => Rename(d, "plain/")),
        ["CART-CAT-003 inside"] = new("small", d => Rename(d, "plain//x")),
        ["CART-CAT-004"] = new("small", d => Rename(d, "plain/..")),
        ["CART-CAT-004 one"] = new("small", d => Rename(d, "plain/./x")),
        ["CART-CAT-005"] = new("small", d => Rename(d, "plain\0")),
        ["CART-CAT-006"] = new("small", d => d.CatalogRoot.Value("plain").U8(4)) { AloneStands = false },
        ["CART-CAT-006 zero"] = new("small", d => d.CatalogRoot.Value("plain").U8(0)) { AloneStands = false },
        ["CART-CAT-007"] = new("small", d => d.CatalogRoot.Value("plain").Plus(1).U8(8)),
        ["CART-CAT-008"] = new("small", d => d.CatalogRoot.Value("plain").Plus(2).U16(0x1000)),
        ["CART-CAT-009"] = new("small", d => d.CatalogRoot.Value("plain").Plus(15).U8(1)),
        ["CART-CAT-024"] = new("small", d => d.CatalogRoot.Value("plain").Plus(13).U8(3)),
        ["CART-CAT-025"] = new("small", d => d.CatalogRoot.Value("plain").Plus(14).U8(23)),
        ["CART-CAT-010"] = new("small", d => d.CatalogRoot.Value("plain").Plus(49).U16(1).Plus(-49)) { AloneStands = false },
        ["CART-CAT-010 owner"] = new("small", d => d.CatalogRoot.Value("plain").Plus(48).U8(255).Plus(-48)) { AloneStands = false },
        ["CART-CAT-010 long"] = new("small", d => d.Page(d.PageOwnedBy("value:folder/wide")).At(49).U16(2).At(0)) { AloneStands = false },
        ["CART-CAT-011"] = new("small", d => d.CatalogRoot.Value("inline").Plus(49).U8(0xFF)),
        ["CART-CAT-012"] = new("small", d => d.CatalogRoot.Value("holes").Plus(16).U64(1UL << 63)) { AloneStands = false },
        ["CART-CAT-013"] = new("small", d => d.CatalogRoot.Value("folder").Plus(16).U64(1).Plus(-16)),
        ["CART-CAT-013 id"] = new("small", d => d.CatalogRoot.Value("folder").Plus(24).U64(1).Plus(-24)),
        ["CART-CAT-013 codec"] = new("small", d => d.CatalogRoot.Value("folder").Plus(13).U8(255).Plus(-13)),
        ["CART-CAT-013 level"] = new("small", d => d.CatalogRoot.Value("folder").Plus(14).U8(1).Plus(-14)),
        ["CART-CAT-013 shift"] = new("small", d => d.CatalogRoot.Value("folder").Plus(12).U8(16).Plus(-12)),
        ["CART-CAT-014"] = new("small", d => d.CatalogRoot.Value("empty").Plus(12).U8(11)),
        ["CART-CAT-014 large"] = new("small", d => d.CatalogRoot.Value("plain").Plus(12).U8(64)) { AloneStands = false },
        ["CART-CAT-015"] = new("small", d => d.CatalogRoot.Value("empty").Plus(24).U64(0)),
        ["CART-CAT-015 high"] = new("small", d => d.CatalogRoot.Value("empty").Plus(24).U64(d.Newest.Number(184))),
        ["CART-CAT-016"] = new("small", d =>
        {
            d.CatalogRoot.Value("empty").Plus(24).U64(d.CatalogRoot.Value("inline").Plus(24).Number64());
            return d.CatalogRoot.Cell("inline");
        }),
        ["CART-CAT-017"] = new("small", d => d.CatalogRoot.Record("empty", record => record with { Inline = [] })),
        ["CART-CAT-017 long"] = new("small", d => d.CatalogRoot.Record("empty", record => record with { Inline = new byte[513], Size = 513 })),
        ["CART-CAT-018"] = new("small", d => d.CatalogRoot.Value("inline").Plus(16).Add(1)),
        ["CART-CAT-019"] = new("small", d => d.CatalogRoot.Record("empty", record => record with { Attributes = [new EntryAttribute((AttributeKind)4, [], [])] })),
        ["CART-CAT-020"] = new("small", d => d.CatalogRoot.Record("folder/typed", record => record with { Attributes = [.. record.Attributes.Reverse()] })),
        ["CART-CAT-020 twice"] = new("small", d => d.CatalogRoot.Record("folder/typed", record => record with { Attributes = [record.Attributes[0], record.Attributes[0]] })),
        ["CART-CAT-021"] = new("small", d => Attribute(d, AttributeKind.ContentType, "name"u8, "text/plain"u8)),
        ["CART-CAT-021 type"] = new("small", d => Attribute(d, AttributeKind.ContentType, [], [0xFF])),
        ["CART-CAT-021 user"] = new("small", d => Attribute(d, AttributeKind.UserMetadata, "name"u8, [0xFF])),
        ["CART-CAT-021 user name"] = new("small", d => Attribute(d, AttributeKind.UserMetadata, [0xFF], [])),
        ["CART-CAT-021 extended"] = new("small", d => Attribute(d, AttributeKind.ExtendedAttribute, [], [1])),
        ["CART-CAT-021 extended name"] = new("small", d => Attribute(d, AttributeKind.ExtendedAttribute, [0xFF], [1])),
        ["CART-CAT-022"] = new("small", d => d.CatalogRoot.Record("folder/link", record => record with { Inline = "a\0b"u8.ToArray(), Size = 3 })),
        ["CART-CAT-022 text"] = new("small", d => d.CatalogRoot.Record("folder/link", record => record with { Inline = [0xFF], Size = 1 })),
        ["CART-CAT-022 empty"] = new("small", d => d.CatalogRoot.Record("folder/link", record => record with { Inline = null, Size = 0 })),
        ["CART-CAT-022 long"] = new("small", d => d.CatalogRoot.Record("folder/link", record => record with { Inline = null, Size = 4096 })),
        ["CART-CAT-022 hole"] = new("small", d => { d.CatalogRoot.Record("folder/link", record => record with { Inline = null, Size = 3 }); return d.CatalogRoot.Cell("folder/link"); }),
        ["CART-CAT-022 chunk"] = new("small", d => { d.Page(d.PageOwnedBy("chunk:folder/long-link#0")).At(7).U8(0); return d.CatalogRoot.Cell("folder/long-link"); }),
        ["CART-CAT-023"] = new("small", d => d.CatalogRoot.Record("inline", record => record with { Inline = "b few bytes"u8.ToArray() })),
        ["CART-CAT-023 chunk"] = new("small", d => { d.Page(d.PageOwnedBy("chunk:hashed#2")).At(7).Flip(); return d.CatalogRoot.Cell("hashed"); }),
        ["CART-CAT-023 hole"] = new("small", d => { d.CatalogRoot.Record("empty", record => record with { ContentHash = default(Hash256), Size = 100_000 }); return d.CatalogRoot.Cell("empty"); }),
        ["CART-CAT-023 end"] = new("small", d => { d.CatalogRoot.Value("hashed").Plus(16).Add(1); return d.CatalogRoot.Cell("hashed"); }),

        ["CART-CON-001"] = new("small", d => d.ContentRoot.Key(d.ContentRoot.Node.Keys.Length - 1, key => [.. new ChunkKey(99, 4).Write()])),
        ["CART-CON-002"] = new("small", d =>
        {
            // The last chunk goes to "inline", whose id is the lowest; no chunk of the specimen is so short that it would fit.
            d.ContentRoot.Rebuild(cells =>
            {
                cells.Insert(0, KeyValuePair.Create(new ChunkKey(1, 0).Write(), cells[^1].Value));
                cells.RemoveAt(cells.Count - 1);
            });
            return d.ContentRoot.Cell(0);
        })
        { Also = ["CART-CON-003"] },
        ["CART-CON-003"] = new("small", d => { d.CatalogRoot.Value("holes").Plus(16).U64(300_099); return d.ContentRoot.Cell(d.ContentRoot.Node.Keys.Length - 1); }),
        ["CART-CON-003 far"] = new("small", d => d.ContentRoot.Key(d.ContentRoot.Node.Keys.Length - 1, key => [.. key[..8], .. Enumerable.Repeat((byte)0xFF, 8)])),
        ["CART-CON-004"] = new("small", d => d.ContentRoot.Key(d.ContentRoot.Node.Keys.Length - 1, key => [.. key, 0])),
        ["CART-CON-004 short"] = new("small", d => d.ContentRoot.Key(d.ContentRoot.Node.Keys.Length - 1, key => key[..15])),
    };

    private static Spot Rename(Damage d, string path) => Rename(d, Encoding.UTF8.GetBytes(path));

    /// <summary>Renames the last path, so that the order stays.</summary>
    private static Spot Rename(Damage d, byte[] path) => d.CatalogRoot.Key(d.CatalogRoot.IndexOf("plain"), _ => path);

    private static Spot Attribute(Damage d, AttributeKind kind, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        EntryAttribute attribute = new(kind, name.ToArray(), value.ToArray());
        return d.CatalogRoot.Record("empty", record => record with { Attributes = [attribute] });
    }
}
