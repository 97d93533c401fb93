using Cartridge.Formats.Generated;
using static Cartridge.Formats.Walk.Check;

namespace Cartridge.Formats.Walk;

/// <summary>A record of the catalog, checked, whose content is still to be looked at.</summary>
internal sealed class CatalogEntry
{
    private const ulong MaxTargetLength = 4095;

    private CatalogEntry(ProjectionEntry projection, Cartridge3.CatalogRecord record, ulong page)
    {
        Projection = projection;
        Page = page;
        FileId = record.FileId;
        ChunkShift = record.ChunkShift;
        Inline = record.InlineContent;
    }

    /// <summary>What the projection says of it; hash and target are added when the content has been read.</summary>
    internal ProjectionEntry Projection { get; set; }

    /// <summary>The page that holds the record, or a reference to it.</summary>
    internal ulong Page { get; }

    internal ulong FileId { get; }

    internal int ChunkShift { get; }

    /// <summary>The content, where it stands in the record.</summary>
    internal byte[]? Inline { get; }

    internal ulong Size => (ulong)Projection.Size;

    internal static CatalogEntry From(string path, Cartridge3.CatalogRecord record, ulong page, ulong nextFileId)
    {
        Require(Utf8Text.IsValid(record.Owner), "CART-CAT-011", "catalog.bad-record", page,
            $"the owner of '{path}' is not UTF-8");
        if (record.Type == Cartridge3.EntryType.Directory)
        {
            bool isPlain = record is { FileId: 0, Size: 0, ChunkShift: 0, Flags: 0 };
            Require(isPlain, "CART-CAT-013", "catalog.bad-record", page,
                $"the directory '{path}' has content");
        }
        else
        {
            Require(record.ChunkShift is >= 12 and <= 18, "CART-CAT-014", "catalog.bad-record", page,
                $"the chunk shift of '{path}' is {record.ChunkShift}");
            Require(record.FileId >= 1 && record.FileId < nextFileId, "CART-CAT-015", "catalog.bad-record", page,
                $"the file id of '{path}' is {record.FileId}, the next one {nextFileId}");
        }

        bool fits = record.InlineContent is null || record.InlineLength == record.Size;
        Require(fits, "CART-CAT-018", "content.size-mismatch", page,
            $"the inline content of '{path}' is not as long as its size says");
        if (record.Type == Cartridge3.EntryType.Symlink)
        {
            Require(record.Size is >= 1 and <= MaxTargetLength, "CART-CAT-022", "catalog.bad-record", page,
                $"the target of '{path}' has {record.Size} bytes");
        }

        return new CatalogEntry(Describe(path, record, page), record, page);
    }

    private static ProjectionEntry Describe(string path, Cartridge3.CatalogRecord record, ulong page)
    {
        AttributeSet attributes = AttributeSet.From(path, record, page);
        return new ProjectionEntry
        {
            Path = path,
            Type = record.Type switch
            {
                Cartridge3.EntryType.File => "file",
                Cartridge3.EntryType.Directory => "directory",
                _ => "symlink",
            },
            Size = (long)record.Size,
            Mode = record.Mode,
            Uid = record.Uid,
            Gid = record.Gid,
            Owner = Utf8Text.Decode(record.Owner),
            Created = record.Created,
            Modified = record.Modified,
            ContentHash = record.HasContentHash ? Convert.ToHexStringLower(record.ContentHash) : null,
            ContentType = attributes.ContentType,
            UserMetadata = attributes.UserMetadata,
            ExtendedAttributes = attributes.ExtendedAttributes,
        };
    }
}
