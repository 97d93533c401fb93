namespace Cartridge.Reference.Tests.Verify;

/// <summary>Nodes and trees.</summary>
internal static class TreeCases
{
    public static Dictionary<string, Case> All { get; } = new()
    {
        ["CART-TRE-001"] = new("small", d => d.Newest.At(208 + 56).U8(16).At(208)) { AloneStands = false },
        ["CART-TRE-002"] = new("small", d => d.CatalogRoot.At(64).U8(1)),
        ["CART-TRE-002 reference"] = new("small", d => { d.Newest.At(208 + 56).U8(1); return d.CatalogRoot.At(64); }) { AloneStands = false },
        ["CART-TRE-003"] = new("small", d => d.CatalogRoot.At(65).U8(1)),
        ["CART-TRE-003 more"] = new("small", d => d.CatalogRoot.At(71).U8(1).At(65)),
        ["CART-TRE-004"] = new("chunky", d =>
        {
            // The last leaf of the content tree, with its entries taken off the count; what they led to is lost.
            var leaf = d.ContentRoot.Child(d.ContentRoot.Node.Children.Length - 1);
            d.Newest.At(272 + 48).Add(-leaf.Node.Keys.Length);
            leaf.At(66).Span(Format.PageSize - 66).Clear();
            return leaf.At(66);
        })
        { Also = ["CART-CAT-023", "CART-SPC-006"] },
        ["CART-TRE-005"] = new("small", d => d.CatalogRoot.At(68).U16(1153)) { AloneStands = false },
        ["CART-TRE-005 slots"] = new("small", d => d.CatalogRoot.At(66).U16(65_535).At(68)) { AloneStands = false },
        ["CART-TRE-006"] = new("small", d =>
        {
            var slot = d.CatalogRoot.At(72 + (2 * 3));
            slot.U16((ushort)(slot.Number16() + 1));
            return d.CatalogRoot.At(slot.Number16());
        })
        { AloneStands = false },
        ["CART-TRE-007"] = new("small", d => d.CatalogRoot.At(72 + (2 * d.CatalogRoot.Node.Keys.Length)).U8(1)),
        ["CART-TRE-008"] = new("small", d =>
        {
            d.CatalogRoot.Record("empty", record => record with { Attributes = [new EntryAttribute(AttributeKind.ExtendedAttribute, "x"u8.ToArray(), new byte[1950])] });
            return d.CatalogRoot.Cell("empty");
        }),
        ["CART-TRE-009"] = new("small", d => d.CatalogRoot.Cell("empty").Plus(2).U8(2)),
        ["CART-TRE-010"] = new("small", d => d.ContentRoot.Key(1, _ => d.ContentRoot.Node.Keys[0])),
        ["CART-TRE-011"] = new("small", d =>
        {
            d.ContentRoot.Rebuild(cells => (cells[1], cells[2]) = (cells[2], cells[1]));
            return d.ContentRoot.Cell(2);
        }),
        ["CART-TRE-012"] = new("deep", d =>
        {
            // The root's first separator becomes larger than the first key right of it.
            var node = d.CatalogRoot.Node;
            byte[][] separators = [[.. node.Keys[0], 0xFF], .. node.Keys[1..]];
            d.CatalogRoot.Write(TreeNode.Interior(node.Level, separators, node.Children));
            return FirstKeyBelow(d.CatalogRoot.Child(1));
        }),
        ["CART-TRE-013"] = new("small", d => d.Newest.At(208 + 48).Add(1)),
        ["CART-TRE-014"] = new("small", d => d.ContentRoot.Cell(3).Plus(2).U8(1).Plus(-2)),
    };

    /// <summary>Where the verifier first meets a key that is too small: in the child itself, or in the leaf below it.</summary>
    private static Spot FirstKeyBelow(Spot node)
    {
        var separator = node.Container.CatalogRoot.Node.Keys[0];
        while (node.Node.Keys[0].AsSpan().SequenceCompareTo(separator) >= 0 && !node.Node.IsLeaf)
        {
            node = node.Child(0);
        }

        return node.Cell(0);
    }
}
