using System.Buffers.Binary;

namespace Cartridge.Reference;

internal sealed partial class TreeNode
{
    /// <summary>Lays the node out and seals its page; mirrors <see cref="Read"/>. All children have pages already.</summary>
    /// <param name="page">A page of zeros.</param>
    /// <param name="type">The page type of the tree.</param>
    /// <param name="container">Whose page it is.</param>
    /// <param name="number">The page's number.</param>
    /// <param name="birth">The generation that publishes it.</param>
    /// <returns>The reference to the page.</returns>
    public PageReference Write(Span<byte> page, PageType type, ContainerId container, ulong number, ulong birth)
    {
        // The longest prefix of all keys, though any would do (CART-TRE-101).
        var prefix = Keys[0].AsSpan(0, CommonPrefix(0, Keys.Length));
        page[NodeFieldLocations.Level] = Level;
        BinaryPrimitives.WriteUInt16LittleEndian(page[NodeFieldLocations.CellCount..], (ushort)Keys.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(page[NodeFieldLocations.PrefixLength..], (ushort)prefix.Length);
        var head = new FieldWriter(page);
        head.Skip(NodeFieldLocations.LeafPrefix);
        if (!IsLeaf)
        {
            Children[0].Reference.Write(ref head);
        }

        head.Put(prefix);
        var end = page.Length;
        for (var i = 0; i < Keys.Length; i++)
        {
            var suffix = Keys[i].AsSpan(prefix.Length);
            end -= suffix.Length + (IsLeaf ? NodeFieldLengths.LeafCell + Values[i].Bytes.Length : NodeFieldLengths.InteriorCell);
            head.U16((ushort)end);
            WriteCell(page[end..], i, suffix);
        }

        var hash = PageHeader.Seal(page, type, container, (long)number, birth);
        return new PageReference(number, birth, hash);
    }

    private void WriteCell(Span<byte> cell, int i, ReadOnlySpan<byte> suffix)
    {
        var fields = new FieldWriter(cell);
        fields.U16((ushort)suffix.Length);
        if (IsLeaf)
        {
            fields.U8(Values[i].IsLong ? (byte)1 : (byte)0);
            fields.U16((ushort)Values[i].Bytes.Length);
        }

        fields.Put(suffix);
        if (IsLeaf)
        {
            fields.Put(Values[i].Bytes.Span);
        }
        else
        {
            Children[i + 1].Reference.Write(ref fields);
        }
    }
}
