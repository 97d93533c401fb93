using System.Buffers.Binary;

namespace Cartridge.Conformance.Mending;

/// <summary>
/// A cell to be laid out: of a leaf with a value of some kind, of an interior node with the child's reference as its value.
/// </summary>
internal sealed record CellDraft(byte[] Key, byte[] Value, byte Kind = 0);

/// <summary>
/// A node's cells as a list, and how they are laid out in its page. It lays out whatever it is given, so that mutations can
/// make nodes that no writer would.
/// </summary>
internal sealed class NodeDraft
{
    private readonly NodeChart _node;

    public NodeDraft(byte[] bytes, NodeChart node)
    {
        _node = node;
        Cells = [.. node.Cells.Select(cell => new CellDraft(
            cell.Key, cell.Value.In(bytes).ToArray(), node.IsLeaf ? (byte)cell["value kind"].Number(bytes) : (byte)0))];
    }

    public List<CellDraft> Cells { get; }

    /// <summary>How many bytes of the keys stand in the prefix; all that they have in common unless it is set.</summary>
    public int? PrefixLength { get; set; }

    /// <summary>Bytes left free between the page's end and the first cell: none in a valid node.</summary>
    public int Slack { get; set; }

    /// <summary>Replaces a cell.</summary>
    public void Change(int index, Func<CellDraft, CellDraft> change) => Cells[index] = change(Cells[index]);

    /// <summary>Lays the cells out in a page, whose header and first child stay as they are.</summary>
    public void Write(Span<byte> page)
    {
        int prefixLength = PrefixLength ?? CommonPrefixLength();
        page[_node.Prefix.Offset..].Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(page[_node["cell count"].Offset..], (ushort)Cells.Count);
        BinaryPrimitives.WriteUInt16LittleEndian(page[_node["prefix length"].Offset..], (ushort)prefixLength);
        int slot = _node.Prefix.Offset;
        if (Cells.Count > 0)
        {
            Cells[0].Key.AsSpan(0, prefixLength).CopyTo(page[slot..]);
            slot += prefixLength;
        }

        int begin = page.Length - Slack;
        foreach (CellDraft draft in Cells)
        {
            byte[] cell = Encode(draft, prefixLength);
            begin -= cell.Length;
            cell.CopyTo(page[begin..]);
            BinaryPrimitives.WriteUInt16LittleEndian(page[slot..], (ushort)begin);
            slot += sizeof(ushort);
        }

        if (slot > begin)
        {
            throw new InvalidOperationException($"the cells of page {_node.Page} do not fit any more");
        }
    }

    private byte[] Encode(CellDraft cell, int prefixLength)
    {
        byte[] suffix = cell.Key[prefixLength..];
        return _node.IsLeaf
            ? [.. U16(suffix.Length), cell.Kind, .. U16(cell.Value.Length), .. suffix, .. cell.Value]
            : [.. U16(suffix.Length), .. suffix, .. cell.Value];
    }

    private int CommonPrefixLength() => Cells.Count == 0 ? 0 : Cells.Min(cell => cell.Key.AsSpan().CommonPrefixLength(Cells[0].Key));

    private static byte[] U16(int number)
    {
        byte[] bytes = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)number);
        return bytes;
    }
}
