using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Cartridge.Reference.Tests.Handmade;

/// <summary>
/// Containers made by hand: every number in this folder is an offset, a length or a value out of the layouts, typed in once more. The
/// engine and the walker are held against it; it uses neither.
/// </summary>
internal static class PageBytes
{
    internal const int PageSize = 4096;

    internal static readonly byte[] Id = Convert.FromHexString("000102030405060708090a0b0c0d0e0f");

    internal static void U16(this byte[] bytes, int offset, int value) =>
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(offset), (ushort)value);

    internal static void U32(this byte[] bytes, int offset, uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(offset), value);

    internal static void U64(this byte[] bytes, int offset, ulong value) =>
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(offset), value);

    internal static void Put(this byte[] bytes, int offset, ReadOnlySpan<byte> value) => value.CopyTo(bytes.AsSpan(offset));

    internal static int ReadU16(this byte[] bytes, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(offset));

    /// <summary>Where a cell of a node begins. The slots of a leaf stand behind 72 bytes and the prefix, those of others 120.</summary>
    internal static int Cell(this byte[] node, int index) =>
        node.ReadU16((node[64] == 0 ? 72 : 120) + node.ReadU16(68) + 2 * index);

    /// <summary>Where the value of a leaf's cell begins.</summary>
    internal static int Value(this byte[] leaf, int index) => leaf.Cell(index) + 5 + leaf.ReadU16(leaf.Cell(index));

    /// <summary>An empty metadata page.</summary>
    internal static byte[] Metadata(int type, ulong number, ulong birth)
    {
        byte[] page = new byte[PageSize];
        page[0] = (byte)type;
        page[33] = (byte)type;
        page.Put(40, Id.AsSpan(0, 8));
        page.U64(48, number);
        page.U64(56, birth);
        return page;
    }

    /// <summary>Writes the hash of a metadata page, the last thing that is done to it.</summary>
    internal static void Seal(byte[] page) => page.Put(1, SHA256.HashData(page.AsSpan(33)));

    /// <summary>A page reference to a page that is sealed.</summary>
    internal static byte[] ReferenceTo(byte[] page) => [.. page.AsSpan(48, 16), .. page.AsSpan(1, 32)];

    /// <summary>A tree reference to a root that is sealed.</summary>
    internal static byte[] TreeOf(byte[] root, ulong entryCount)
    {
        byte[] reference = new byte[64];
        reference.Put(0, ReferenceTo(root));
        reference.U64(48, entryCount);
        reference[56] = root[64];
        return reference;
    }

    /// <summary>A blob reference.</summary>
    internal static byte[] BlobOf(byte[] stored, ulong birth, bool crc, params ReadOnlySpan<(int Page, int Pages)> runs)
    {
        byte[] reference = new byte[50 + 10 * runs.Length];
        reference.U32(0, (uint)stored.Length);
        reference.U32(4, (uint)stored.Length);
        reference.U64(8, birth);
        if (crc)
        {
            reference.U32(16, Crc32C(stored));
        }
        else
        {
            reference.Put(16, SHA256.HashData(stored));
        }

        reference[49] = (byte)runs.Length;
        for (int i = 0; i < runs.Length; i++)
        {
            reference.U64(50 + 10 * i, (ulong)runs[i].Page);
            reference.U16(58 + 10 * i, runs[i].Pages);
        }

        return reference;
    }

    /// <summary>A node without gaps: cells are whole, keys in their cells are cut to their suffixes.</summary>
    /// <param name="page">A metadata page.</param>
    /// <param name="level">0 for a leaf.</param>
    /// <param name="firstChild">A page reference; empty for a leaf.</param>
    /// <param name="prefix">What all keys begin with.</param>
    /// <param name="cells">The cells, ascending.</param>
    internal static void FillNode(byte[] page, int level, byte[] firstChild, string prefix, params ReadOnlySpan<byte[]> cells)
    {
        page[64] = (byte)level;
        page.U16(66, cells.Length);
        page.U16(68, prefix.Length);
        page.Put(72, firstChild);
        int slot = 72 + firstChild.Length;
        page.Put(slot, System.Text.Encoding.ASCII.GetBytes(prefix));
        slot += prefix.Length;
        int end = PageSize;
        foreach (byte[] cell in cells)
        {
            end -= cell.Length;
            page.Put(end, cell);
            page.U16(slot, end);
            slot += 2;
        }
    }

    /// <summary>A cell of a leaf.</summary>
    internal static byte[] LeafCell(byte[] suffix, byte[] value, bool isLong = false)
    {
        byte[] cell = new byte[5 + suffix.Length + value.Length];
        cell.U16(0, suffix.Length);
        cell[2] = isLong ? (byte)1 : (byte)0;
        cell.U16(3, value.Length);
        cell.Put(5, suffix);
        cell.Put(5 + suffix.Length, value);
        return cell;
    }

    /// <summary>A cell of an interior node.</summary>
    internal static byte[] InteriorCell(byte[] suffix, byte[] child)
    {
        byte[] cell = new byte[2 + suffix.Length + 48];
        cell.U16(0, suffix.Length);
        cell.Put(2, suffix);
        cell.Put(2 + suffix.Length, child);
        return cell;
    }

    /// <summary>CRC-32C, bit by bit.</summary>
    internal static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte one in bytes)
        {
            crc ^= one;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0x82F63B78);
            }
        }

        return ~crc;
    }
}
