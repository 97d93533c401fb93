using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Cartridge.Conformance.Mending;

/// <summary>Structures that a mutation adds to a container: made field by field, from the specification's tables.</summary>
internal static class HandMade
{
    /// <summary>A leaf in a page of its own, with a sound hash.</summary>
    /// <param name="container">Whose page it is.</param>
    /// <param name="type">The page type of the tree.</param>
    /// <param name="page">The number that the page will have.</param>
    /// <param name="birth">The generation of its birth.</param>
    /// <param name="cells">What it holds.</param>
    public static byte[] Leaf(byte[] container, byte type, long page, ulong birth, IEnumerable<CellDraft> cells)
    {
        // Made as page 0 of a file of its own, where the fields' spots are easy to name.
        byte[] bytes = new byte[Spot.PageSize];
        Header("type").In(bytes)[0] = type;
        Header("type again").In(bytes)[0] = type;
        Chart.Identity("container id").In(container)[..8].CopyTo(Header("container prefix").In(bytes));
        BinaryPrimitives.WriteInt64LittleEndian(Header("page number").In(bytes), page);
        BinaryPrimitives.WriteUInt64LittleEndian(Header("birth").In(bytes), birth);
        NodeDraft draft = new(bytes, new NodeChart(bytes, 0));
        draft.Cells.AddRange(cells);
        draft.Write(bytes);
        Chart.PageHash(bytes, 0).CopyTo(Header("hash").In(bytes));
        return bytes;
    }

    /// <summary>A reference to a node that stands in the container already.</summary>
    public static byte[] PageReference(byte[] container, long page, ulong birth)
    {
        byte[] bytes = new byte[Layouts.PageReference.Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, page);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(Layouts.PageReference["birth"].Offset), birth);
        Spot.Of(Layouts.PageHeader, "hash", page).In(container).CopyTo(bytes.AsSpan(Layouts.PageReference["hash"].Offset));
        return bytes;
    }

    /// <summary>A reference to a tree whose root stands in the container already.</summary>
    public static byte[] TreeReference(byte[] container, long page, ulong birth, ulong entries, byte level)
    {
        byte[] bytes = new byte[Layouts.TreeReference.Length];
        PageReference(container, page, birth).CopyTo(bytes, 0);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(Layouts.TreeReference["entry count"].Offset), entries);
        bytes[Layouts.TreeReference["level"].Offset] = level;
        return bytes;
    }

    /// <summary>A reference, with SHA-256, to bytes that stand in one run of pages.</summary>
    public static byte[] BlobReference(ReadOnlySpan<byte> stored, long page, ulong birth)
    {
        byte[] bytes = new byte[Layouts.BlobReference.Length + Layouts.Run.Length];
        Spot whole = new(0, 0, bytes.Length, "blob reference");
        Write("logical length", (ulong)stored.Length);
        Write("stored length", (ulong)stored.Length);
        Write("birth", birth);
        Write("run count", 1);
        SHA256.HashData(stored).CopyTo(whole.Inner(Layouts.BlobReference, "checksum").In(bytes));
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(Layouts.BlobReference.Length), page);
        int pages = (stored.Length + Spot.PageSize - 1) / Spot.PageSize;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(Layouts.BlobReference.Length + 8), (ushort)pages);
        return bytes;

        void Write(string field, ulong number)
        {
            Spot spot = whole.Inner(Layouts.BlobReference, field);
            spot.Bytes(number).CopyTo(spot.In(bytes));
        }
    }

    private static Spot Header(string field) => Spot.Of(Layouts.PageHeader, field, 0);
}
