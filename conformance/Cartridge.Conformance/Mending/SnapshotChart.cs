using System.Buffers.Binary;

namespace Cartridge.Conformance.Mending;

/// <summary>A record of the system tree, and the trees that it refers to.</summary>
internal sealed class SnapshotChart
{
    public SnapshotChart(byte[] bytes, CellChart cell)
    {
        Cell = cell;
        Id = BinaryPrimitives.ReadUInt64BigEndian(cell.Key.AsSpan(Layouts.SnapshotKey["id"].Offset));
        Catalog = new TreeChart(bytes, this["catalog tree"]);
        Content = new TreeChart(bytes, this["content tree"]);
    }

    /// <summary>The leaf's cell.</summary>
    public CellChart Cell { get; }

    public ulong Id { get; }

    public TreeChart Catalog { get; }

    public TreeChart Content { get; }

    public Spot this[string field] => Cell.Value.Inner(Layouts.SnapshotRecord, field);

    /// <summary>The name.</summary>
    public Spot Name => Cell.Value.Slice(Layouts.SnapshotRecord.Length, Cell.Value.Length - Layouts.SnapshotRecord.Length) with { Name = "snapshot record: name" };

    /// <summary>The leaf's cell for a chunk.</summary>
    public CellChart ChunkCell(ulong fileId, ulong number = 0)
    {
        byte[] key = StateChart.Key(fileId, number);
        return Content.Leaves.Single(cell => cell.Key.AsSpan().SequenceEqual(key));
    }
}
