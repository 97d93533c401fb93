using At = Cartridge.Reference.CatalogRecordFieldLocations;

namespace Cartridge.Reference;

internal sealed partial record CatalogRecord
{
    /// <summary>Reads and checks a record; mirrors <see cref="Write"/>.</summary>
    /// <param name="bytes">The value of the catalog's entry.</param>
    /// <param name="nextFileId">The state's next file id; all ids are below it.</param>
    /// <param name="at">Where the value stands.</param>
    /// <param name="c">Where faults go.</param>
    /// <param name="isEncrypted">Whether the container is encrypted.</param>
    /// <returns>The record; null if it cannot be taken apart.</returns>
    public static CatalogRecord? Read(ReadOnlySpan<byte> bytes, ulong nextFileId, Place at, Checker c, bool isEncrypted = false)
    {
        var fields = new FieldReader(bytes);
        var type = fields.U8();
        var flags = fields.U8();
        var mode = fields.U16();
        var (uid, gid) = (fields.U32(), fields.U32());
        var shift = fields.U8();
        var (codec, level) = (fields.U8(), fields.U8());
        var reserved = fields.Take(CatalogRecordFieldLengths.Reserved);
        var size = fields.U64();
        var fileId = fields.U64();
        var (created, modified) = (fields.I64(), fields.I64());
        var owner = fields.Take(fields.U8());
        Hash256? hash = (flags & HasContentHash) != 0 ? fields.Hash() : null;
        var hasInline = (flags & HasInlineContent) != 0;
        var inlineLength = hasInline ? fields.U16() : 0;
        var isSealed = (flags & IsSealed) != 0;
        var seal = hasInline && isSealed ? fields.Take(CatalogRecordFieldLengths.InlineSeal).ToArray() : null;
        var inline = fields.Take(inlineLength);
        var attributes = ReadAttributes(ref fields);

        if (!(c.Skips(CatalogRule.Complete) || fields.IsComplete
            || c.Fault(CatalogRule.Complete, at, $"the record's parts do not end where its {bytes.Length} bytes end")))
        {
            return null;
        }

        var sound = c.Skips(CatalogRule.Type) || type is >= (byte)EntryType.File and <= (byte)EntryType.SymbolicLink
            || c.Fault(CatalogRule.Type, at.Field(At.Type), $"an entry of type {type}");
        _ = c.Skips(CatalogRule.Flags) || (flags & ~(HasContentHash | HasInlineContent | IsSealed)) == 0
            || c.Fault(CatalogRule.Flags, at.Field(At.Flags), $"flags {flags:x2}");
        _ = c.Skips(CatalogRule.Mode) || mode <= MaxMode
            || c.Fault(CatalogRule.Mode, at.Field(At.Mode), $"a mode of {mode:x}");
        _ = c.Skips(CatalogRule.CodecChoice) || codec is <= BlobReference.MaxCodec or NoCodec
            || c.Fault(CatalogRule.CodecChoice, at.Field(At.CodecChoice), $"a codec choice of {codec}");
        _ = c.Skips(CatalogRule.CodecLevel) || level <= CodecChoice.MaxLevel
            || c.Fault(CatalogRule.CodecLevel, at.Field(At.CodecLevel), $"a codec level of {level}");
        _ = c.Skips(CatalogRule.Reserved) || reserved.IndexOfAnyExcept((byte)0) < 0
            || c.Fault(CatalogRule.Reserved, at.Field(At.Reserved), "reserved bytes of the record are not zero");
        _ = c.Skips(CatalogRule.Owner) || Text.IsUtf8(owner)
            || c.Fault(CatalogRule.Owner, at.Field(At.Owner), "the owner is not UTF-8");
        sound &= c.Skips(CatalogRule.Size) || size <= long.MaxValue
            || c.Fault(CatalogRule.Size, at.Field(At.Size), $"a size of {size} bytes");

        // "In an encrypted container bit 2 of a catalog record's flags MUST equal bit 1, and in any other it MUST be 0."
        sound &= c.Skips(EncryptionRule.SealedFlag) || isSealed == (hasInline && isEncrypted)
            || c.Fault(EncryptionRule.SealedFlag, at.Field(At.Flags), isSealed ? "a flag for encrypted inline content where there is none" : "inline content that is not encrypted, in an encrypted container");

        // "An encrypted container MUST NOT have content hashes."
        _ = c.Skips(EncryptionRule.NoContentHash) || !isEncrypted || hash is null
            || c.Fault(EncryptionRule.NoContentHash, at.Field(At.Flags), "a content hash in an encrypted container");
        var isDirectory = type == (byte)EntryType.Directory;
        _ = c.Skips(CatalogRule.Directory) || !isDirectory || (fileId == 0 && size == 0 && shift == 0 && codec == 0 && level == 0 && flags == 0)
            || c.Fault(CatalogRule.Directory, at, "a directory with content");
        sound &= c.Skips(CatalogRule.ChunkShift) || isDirectory || shift is >= Format.MinChunkShift and <= Format.MaxChunkShift
            || c.Fault(CatalogRule.ChunkShift, at.Field(At.ChunkShift), $"a chunk shift of {shift}; {Format.MinChunkShift} to {Format.MaxChunkShift} are allowed");
        _ = c.Skips(CatalogRule.FileId) || isDirectory || (fileId >= 1 && fileId < nextFileId)
            || c.Fault(CatalogRule.FileId, at.Field(At.FileId), $"file id {fileId}; ids from 1 to below {nextFileId} were given out");
        _ = c.Skips(CatalogRule.InlineLength) || !hasInline || inline.Length is >= 1 and <= Format.MaxInlineContent
            || c.Fault(CatalogRule.InlineLength, at, $"{inline.Length} bytes of inline content; 1 to {Format.MaxInlineContent} are allowed");
        sound &= c.Skips(CatalogRule.InlineSize) || !hasInline || (ulong)inline.Length == size
            || c.Fault(CatalogRule.InlineSize, at.Field(At.Size), $"{inline.Length} bytes of inline content in a file of {size}");
        _ = CheckAttributes(attributes, at, c);
        if (!sound)
        {
            return null;
        }

        return new CatalogRecord
        {
            Type = (EntryType)type,
            Mode = mode,
            Uid = uid,
            Gid = gid,
            ChunkShift = shift,
            Codec = codec == 0 ? null : CodecChoice.FromFields(codec, level),
            Size = (long)(size & long.MaxValue),
            FileId = fileId,
            Created = created,
            Modified = modified,
            Owner = owner.ToArray(),
            ContentHash = hash,
            Inline = hasInline ? inline.ToArray() : null,
            InlineSeal = seal,
            Attributes = attributes,
        };
    }

    private static List<EntryAttribute> ReadAttributes(ref FieldReader fields)
    {
        var count = fields.U16();
        var attributes = new List<EntryAttribute>();
        for (var i = 0; i < count && !fields.Overrun; i++)
        {
            var kind = (AttributeKind)fields.U8();
            var (nameLength, valueLength) = (fields.U16(), fields.U32());
            attributes.Add(new EntryAttribute(kind, fields.Take(nameLength).ToArray(), fields.Take(valueLength).ToArray()));
        }

        return attributes;
    }

    private static bool CheckAttributes(List<EntryAttribute> attributes, Place at, Checker c)
    {
        var ok = true;
        for (var i = 0; i < attributes.Count; i++)
        {
            var attribute = attributes[i];
            ok &= c.Skips(CatalogRule.AttributeKind) || attribute.Kind is >= AttributeKind.ContentType and <= AttributeKind.ExtendedAttribute
                || c.Fault(CatalogRule.AttributeKind, at, $"an attribute of kind {(byte)attribute.Kind}");
            ok &= c.Skips(CatalogRule.AttributeOrder) || i == 0 || attributes[i - 1].ComesBefore(attribute)
                || c.Fault(CatalogRule.AttributeOrder, at, $"attribute {i} does not come after the one before it");
            ok &= c.Skips(CatalogRule.AttributeText) || IsText(attribute)
                || c.Fault(CatalogRule.AttributeText, at, $"attribute {i} has a name or value that its kind does not allow");
        }

        return ok;
    }

    private static bool IsText(in EntryAttribute attribute) => attribute.Kind switch
    {
        AttributeKind.ContentType => attribute.Name.Length == 0 && Text.IsUtf8(attribute.Value),
        AttributeKind.UserMetadata => Text.IsUtf8(attribute.Name) && Text.IsUtf8(attribute.Value),
        AttributeKind.ExtendedAttribute => attribute.Name.Length > 0 && Text.IsUtf8(attribute.Name),
        _ => true, // another rule's matter
    };
}
