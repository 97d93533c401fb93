using Cartridge.Formats.Generated;
using Kaitai;
using static Cartridge.Formats.Walk.Check;

namespace Cartridge.Formats.Walk;

/// <summary>Reads the catalog tree of a state.</summary>
internal sealed class CatalogWalk(StateReach reach, BlobReader blobs)
{
    /// <summary>All entries in the order of their paths.</summary>
    internal IReadOnlyList<CatalogEntry> Entries { get; private set; } = [];

    /// <summary>The entries that may have content, by the number under which the content tree knows them.</summary>
    internal Dictionary<ulong, CatalogEntry> ByFileId { get; } = [];

    internal void Read()
    {
        List<CatalogEntry> entries = [];
        TreeWalk tree = new(reach, reach.CatalogTree, Cartridge3.PageType.CatalogNode);
        foreach (Leaf leaf in tree.Leaves())
        {
            CatalogEntry entry = Entry(leaf, CatalogPath.Decode(leaf.Key, leaf.Holder.Page));
            bool isNew = entry.FileId == 0 || ByFileId.TryAdd(entry.FileId, entry);
            Require(isNew, "CART-CAT-016", "catalog.bad-record", leaf.Holder.Page,
                $"'{entry.Projection.Path}' has a file id that another path has");
            entries.Add(entry);
        }

        Entries = entries;
    }

    /// <summary>Reads the record of a path, wherever it stands.</summary>
    internal CatalogEntry Entry(Leaf leaf, string path) => CatalogEntry.From(path, Record(leaf, path), leaf.Holder.Page, reach);

    /// <summary>The reference to a record; null where the record stands in the leaf.</summary>
    internal static Cartridge3.LongValue? LongValue(Leaf leaf) => leaf.Cell.ValueKind == Cartridge3.ValueKind.Inline
        ? null
        : Parse(leaf.Holder.Page, "CART-BLB-001", "tree.bad-cell", () => leaf.Cell.Value.LongValue);

    private Cartridge3.CatalogRecord Record(Leaf leaf, string path)
    {
        ulong page = leaf.Holder.Page;
        if (LongValue(leaf) is not { } value)
        {
            return Parse(page, "CART-CAT-010", "catalog.bad-record", () => leaf.Cell.Value.CatalogRecord);
        }

        byte[] bytes = blobs.Read(value.Blob, BlobReader.MaxLength, leaf.Holder, new PageOwner(PageUse.LongValue, 0, path)).ToArray();
        return Parse(page, "CART-CAT-010", "catalog.bad-record", () => new Cartridge3.CatalogRecord(new KaitaiStream(bytes)));
    }
}
