using System.Buffers.Binary;
using System.Text;
using Cartridge.Codecs;
using Cartridge.Testing;

namespace Cartridge.Reference.Tests.Verify;

/// <summary>A specimen that is damaged in one place; where that is, is where the verifier has to point.</summary>
internal sealed class Damage(string specimen)
{
    private static readonly Dictionary<string, byte[]> Originals = Specimens.All.ToDictionary(s => s.Key, s => s.Value());

    public byte[] Bytes { get; private set; } = (byte[])Originals[specimen].Clone();

    public int Pages => Bytes.Length / Format.PageSize;

    public ulong Generation => Math.Max(Record(1).Number(CommitFieldLocations.Generation), Record(2).Number(CommitFieldLocations.Generation));

    /// <summary>The page of the state's record.</summary>
    public Spot Newest => Record(CommitRecord.PageOf(Generation));

    public Spot CatalogRoot => Root(CommitFieldLocations.CatalogTree, PageType.CatalogNode);

    public Spot ContentRoot => Root(CommitFieldLocations.ContentTree, PageType.ContentNode);

    public Spot SystemRoot => Root(CommitFieldLocations.SystemTree, PageType.SystemNode);

    public Spot Page(ulong number) => new(this, number, PageType.CommitRecord);

    public Spot Record(int number) => Page((ulong)number);

    /// <summary>Cuts the end off.</summary>
    public Spot Cut(int length)
    {
        Bytes = Bytes[..length];
        return Page(0);
    }

    public Damage Mend(bool blobsToo = true)
    {
        Mender.Mend(Bytes, blobsToo, hmacToo: specimen.StartsWith("encrypted", StringComparison.Ordinal));
        return this;
    }

    /// <summary>Writes a list of extents into the state's record, and the count of free blocks that goes with it.</summary>
    public Spot SetMap(params (ulong Start, uint Length, ulong FreedIn)[] extents)
    {
        var area = Newest.At(CommitFieldLocations.FreeMap);
        area.Span(CommitFieldLengths.FreeMap).Clear();
        FreeMap.EncodeExtents([.. extents.Select(e => new FreeExtent(e.Start, e.Length, e.FreedIn))]).CopyTo(area.Span(CommitFieldLengths.FreeMap));
        Newest.At(CommitFieldLocations.ExtentCount).U16((ushort)extents.Length);
        Newest.At(CommitFieldLocations.FreeBlocks).U64(extents.Aggregate(0UL, (sum, e) => sum + e.Length));
        return area;
    }

    /// <summary>The state's map, if its record holds it.</summary>
    public List<(ulong Start, uint Length, ulong FreedIn)> Map()
    {
        var map = new List<(ulong, uint, ulong)>();
        var fields = new FieldReader(Newest.At(CommitFieldLocations.FreeMap).Span(CommitFieldLengths.FreeMap));
        for (var left = Newest.At(CommitFieldLocations.ExtentCount).Number16(); left > 0; left--)
        {
            map.Add((fields.U64(), fields.U32(), fields.U64()));
        }

        return map;
    }

    /// <summary>Where nodes and blobs of the state are, by the verifier's own account.</summary>
    public ulong PageOwnedBy(string owner) => (ulong)Verifier.Verify(new MemoryMedium(Bytes), new VerifyOptions { CollectOwners = true, Codecs = SystemCodecs.All })
        .PageOwners().First(page => page.Owner == owner).Page;

    private Spot Root(int reference, PageType type) => new(this, Newest.At(reference).Number64(), type);
}

/// <summary>A page of a damaged container, and an offset in it.</summary>
internal sealed record Spot(Damage Container, ulong Page, PageType Type, int Offset = 0)
{
    /// <summary>Whether findings name the page only.</summary>
    public bool IsWholePage { get; init; }

    public TreeNode Node => TreeNode.Read(
        Container.Bytes.AsSpan((int)Page * Format.PageSize, Format.PageSize).ToArray(),
        new NodePlace(new PageReference(Page, 0, default), Type, At(NodeFieldLocations.Level).Span(1)[0], new Bounds((ulong)Format.MaxBlocks, default), default),
        SilentChecker.Lenient)!;

    public Spot At(int offset) => this with { Offset = offset, IsWholePage = false };

    public Spot Plus(int offset) => At(Offset + offset);

    public Spot Whole() => this with { IsWholePage = true };

    public Span<byte> Span(int length) => Container.Bytes.AsSpan(((int)Page * Format.PageSize) + Offset, length);

    public ulong Number(int offset) => At(offset).Number64();

    public ulong Number64() => BinaryPrimitives.ReadUInt64LittleEndian(Span(sizeof(ulong)));

    public ushort Number16() => BinaryPrimitives.ReadUInt16LittleEndian(Span(sizeof(ushort)));

    public Spot U8(byte value)
    {
        Span(1)[0] = value;
        return this;
    }

    public Spot U16(ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(Span(sizeof(ushort)), value);
        return this;
    }

    public Spot U32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Span(sizeof(uint)), value);
        return this;
    }

    public Spot U64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(Span(sizeof(ulong)), value);
        return this;
    }

    public Spot Add(long difference) => U64(unchecked(Number64() + (ulong)difference));

    public Spot Flip()
    {
        Span(1)[0] ^= 1;
        return this;
    }

    /// <summary>Puts only this page's own hash right.</summary>
    public Spot Seal()
    {
        var page = At(0).Span(Format.PageSize);
        PageHeader.ComputeHash(page).CopyTo(page[PageHeaderFieldLocations.Hash..]);
        return this;
    }

    /// <summary>Where the cell of a key begins.</summary>
    public Spot Cell(int index) => At(Node.Offsets[index]);

    public Spot Cell(string path) => Cell(IndexOf(path));

    /// <summary>Where a leaf's value begins.</summary>
    public Spot Value(int index)
    {
        var cell = Cell(index);
        return cell.Plus(NodeFieldLengths.LeafCell + cell.Number16());
    }

    public Spot Value(string path) => Value(IndexOf(path));

    /// <summary>An interior node's child.</summary>
    public Spot Child(int index) => this with { Page = ChildReference(index).Number64(), Offset = 0 };

    public Spot ChildReference(int index)
    {
        if (index == 0)
        {
            return At(NodeFieldLocations.FirstChild);
        }

        var cell = Cell(index - 1);
        return cell.Plus(sizeof(ushort) + cell.Number16());
    }

    /// <summary>Lays a leaf's cells out anew after changing them.</summary>
    public Spot Rebuild(Action<List<KeyValuePair<byte[], TreeValue>>> change)
    {
        var node = Node;
        var cells = node.Keys.Zip(node.Values, (key, value) => KeyValuePair.Create(key, value with { Bytes = value.Bytes.ToArray() })).ToList();
        change(cells);
        return Write(TreeNode.Leaf([.. cells.Select(c => c.Key)], [.. cells.Select(c => c.Value)]));
    }

    /// <summary>Writes a node in this one's place, under this one's header.</summary>
    public Spot Write(TreeNode node)
    {
        var page = At(0).Span(Format.PageSize);
        var id = new ContainerId(Container.Page(0).At(IdentityFieldLocations.ContainerId).Span(ContainerId.Length));
        var birth = Number(PageHeaderFieldLocations.Birth);
        page.Clear();
        node.Write(page, Type, id, Page, birth);
        return this;
    }

    /// <summary>Changes a catalog record, whatever its length becomes.</summary>
    public Spot Record(string path, Func<CatalogRecord, CatalogRecord> change)
    {
        Rebuild(cells =>
        {
            var at = IndexOf(path);
            var record = CatalogRecord.Read(cells[at].Value.Bytes.Span, ulong.MaxValue, default, SilentChecker.Lenient)!;
            cells[at] = KeyValuePair.Create(cells[at].Key, new TreeValue(change(record).Write()));
        });
        return Value(path);
    }

    /// <summary>Changes a key of a leaf, whatever its length becomes.</summary>
    public Spot Key(int index, Func<byte[], byte[]> change)
    {
        Rebuild(cells => cells[index] = KeyValuePair.Create(change(cells[index].Key), cells[index].Value));
        return Cell(index);
    }

    public int IndexOf(string path) => Array.FindIndex(Node.Keys, key => key.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(path)));
}
