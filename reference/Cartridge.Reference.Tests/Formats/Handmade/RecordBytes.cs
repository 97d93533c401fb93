using System.Text;

namespace Cartridge.Reference.Tests.Handmade;

/// <summary>Catalog records made by hand.</summary>
internal static class RecordBytes
{
    internal const int FileType = 1;
    internal const int DirectoryType = 2;
    internal const int SymlinkType = 3;

    /// <summary>A catalog record.</summary>
    /// <param name="type">1, 2 or 3.</param>
    /// <param name="fileId">0 for a directory.</param>
    /// <param name="shift">The chunk shift; 0 for a directory.</param>
    /// <param name="size">The length of the content.</param>
    /// <param name="owner">The owner's name.</param>
    /// <param name="hash">The content hash, if there is one.</param>
    /// <param name="content">The content, if it is inline.</param>
    /// <param name="attributes">Attributes, ascending.</param>
    internal static byte[] Record(
        int type,
        ulong fileId,
        int shift,
        ulong size,
        string owner = "",
        byte[]? hash = null,
        byte[]? content = null,
        params ReadOnlySpan<byte[]> attributes)
    {
        byte[] fixedPart = new byte[49];
        fixedPart[0] = (byte)type;
        fixedPart[1] = (byte)((hash is null ? 0 : 1) | (content is null ? 0 : 2));
        fixedPart.U16(2, type == DirectoryType ? 0x1ED : 0x1A4);
        fixedPart.U32(4, 1000);
        fixedPart.U32(8, 100);
        fixedPart[12] = (byte)shift;
        fixedPart.U64(16, size);
        fixedPart.U64(24, fileId);
        fixedPart.U64(32, 1_000_000_000);
        fixedPart.U64(40, ulong.MaxValue);
        byte[] ownerBytes = Encoding.UTF8.GetBytes(owner);
        fixedPart[48] = (byte)ownerBytes.Length;

        List<byte> record = [.. fixedPart, .. ownerBytes, .. hash ?? []];
        if (content is not null)
        {
            record.AddRange([(byte)(content.Length & 0xFF), (byte)(content.Length >> 8), .. content]);
        }

        record.AddRange([(byte)attributes.Length, 0]);
        foreach (byte[] attribute in attributes)
        {
            record.AddRange(attribute);
        }

        return [.. record];
    }

    /// <summary>An attribute: 1 content type, 2 user metadata, 3 extended attribute.</summary>
    internal static byte[] Attribute(int kind, string name, byte[] value)
    {
        byte[] attribute = new byte[7 + name.Length + value.Length];
        attribute[0] = (byte)kind;
        attribute.U16(1, name.Length);
        attribute.U32(3, (uint)value.Length);
        attribute.Put(7, Encoding.ASCII.GetBytes(name));
        attribute.Put(7 + name.Length, value);
        return attribute;
    }
}
