using Cartridge.Formats.Generated;
using static Cartridge.Formats.Walk.Check;

namespace Cartridge.Formats.Walk;

/// <summary>A record of the catalog, checked, whose content is still to be looked at.</summary>
internal sealed class CatalogEntry
{
    private const ulong MaxTargetLength = 4095;
    private const int SealedFlag = 4;

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

    /// <summary>The same, decrypted; null where it is encrypted and there is no key.</summary>
    internal byte[]? PlainInline { get; private init; }

    internal ulong Size => (ulong)Projection.Size;

    internal static CatalogEntry From(string path, Cartridge3.CatalogRecord record, ulong page, StateReach reach)
    {
        (ulong nextFileId, bool isEncrypted) = (reach.NextFileId, reach.Identity.IsEncrypted);
        Require(Utf8Text.IsValid(record.Owner), "CART-CAT-011", "catalog.bad-record", page,
            $"the owner of '{path}' is not UTF-8");
        if (record.Type == Cartridge3.EntryType.Directory)
        {
            bool isPlain = record is { FileId: 0, Size: 0, ChunkShift: 0, CodecChoice: Cartridge3.CodecChoice.ContainerDefault, CodecLevel: 0, Flags: 0 };
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
        bool isMarked = (record.Flags & SealedFlag) != 0;
        Require(isMarked == (isEncrypted && record.HasInlineContent), "CART-ENC-009", "catalog.bad-record", page,
            $"the flags of '{path}' are wrong about encrypted inline content");
        Require(!isEncrypted || !record.HasContentHash, "CART-ENC-010", "catalog.bad-record", page,
            $"'{path}' has a content hash in an encrypted container");
        if (record.Type == Cartridge3.EntryType.Symlink)
        {
            Require(record.Size is >= 1 and <= MaxTargetLength, "CART-CAT-022", "catalog.bad-record", page,
                $"the target of '{path}' has {record.Size} bytes");
        }

        return new CatalogEntry(Describe(path, record, page), record, page) { PlainInline = Decrypt(path, record, page, reach) };
    }

    private static byte[]? Decrypt(string path, Cartridge3.CatalogRecord record, ulong page, StateReach reach)
    {
        if (record.InlineSeal is null || reach.Keys is null)
        {
            return record.InlineSeal is null ? record.InlineContent : null;
        }

        byte[] plain = new byte[record.InlineContent.Length];
        ContentPlace place = new(record.FileId, ulong.MaxValue, 0, (uint)plain.Length, 0);
        Require(reach.Keys.TryDecrypt(record.InlineSeal, place, record.InlineContent, plain), "CART-ENC-012", "crypto.auth-failed", page,
            $"the inline content of '{path}' is not what was encrypted for it");
        return plain;
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
