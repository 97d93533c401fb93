namespace Cartridge.Reference;

/// <summary>
/// Takes pages apart for people. It believes what a page says of itself and judges nothing, so that damaged pages can be
/// looked at too; judging is the verifier's work.
/// </summary>
public static class PageInspector
{
    /// <summary>Where a blob reference has its run count.</summary>
    private const int RunCountAt = Cartridge.Reference.BlobReference.FixedLength - 1;

    /// <summary>Describes one page.</summary>
    /// <param name="medium">The container, valid or not.</param>
    /// <param name="page">The page's number, from 0.</param>
    /// <returns>The description.</returns>
    /// <exception cref="CartridgeException"><c>api.not-found</c>: the file has no such page.</exception>
    public static PageDescription Describe(IMedium medium, long page)
    {
        ArgumentNullException.ThrowIfNull(medium);
        if (page < 0 || page >= (medium.Length + Format.PageSize - 1) / Format.PageSize)
        {
            throw new CartridgeException(ErrorCode.NotFound, $"There is no page {page}: the file has {medium.Length} bytes.");
        }

        var bytes = new byte[Format.PageSize];
        Pages.ReadRaw(medium, (ulong)page, bytes);
        var fields = new FieldList(bytes);
        var kind = page == 0 && bytes.AsSpan().StartsWith("CART"u8) ? Identity(fields, bytes) : Metadata(fields, bytes, page);
        return new PageDescription(page, kind, fields.Fields, bytes);
    }

    private static string Identity(FieldList fields, ReadOnlySpan<byte> page)
    {
        fields.Hex("magic", IdentityFieldLengths.Magic);
        fields.Number("major version", IdentityFieldLengths.MajorVersion);
        fields.Number("minor version", IdentityFieldLengths.MinorVersion);
        fields.Number("block size", IdentityFieldLengths.BlockSize);
        fields.Hex("container id", IdentityFieldLengths.ContainerId);
        fields.Time("created");
        fields.Number("content checksum", IdentityFieldLengths.ContentChecksum, kind => kind switch { 1 => "SHA-256", 2 => "CRC-32C", _ => "unknown" });
        fields.Number("encrypted", IdentityFieldLengths.Encrypted);
        fields.Reserved(IdentityFieldLengths.ReservedAfterEncrypted);
        fields.Number("slug length", IdentityFieldLengths.SlugLength);
        fields.Text("slug", IdentityFieldLengths.Slug, page[IdentityFieldLocations.SlugLength]);
        fields.Reserved(IdentityFieldLengths.ReservedAfterSlug);
        fields.Hex("hash", IdentityFieldLengths.Hash);
        return "identity";
    }

    /// <summary>Content may look like anything; a metadata page says twice what it is, and where.</summary>
    private static string Metadata(FieldList fields, ReadOnlySpan<byte> bytes, long page)
    {
        var header = PageHeader.Read(bytes);
        if (header.Type != header.TypeAgain || header.PageNumber != (ulong)page)
        {
            return "raw";
        }

        var kind = (PageType)header.Type switch
        {
            PageType.CommitRecord => "commit record",
            PageType.CatalogNode => "catalog node",
            PageType.ContentNode => "content node",
            PageType.SystemNode => "system node",
            _ => "raw",
        };
        if (kind == "raw")
        {
            return kind;
        }

        fields.Number("type", PageHeaderFieldLengths.Type, _ => kind);
        fields.Hex("hash", PageHeaderFieldLengths.Hash);
        fields.Number("type again", PageHeaderFieldLengths.TypeAgain);
        fields.Reserved(PageHeaderFieldLengths.Reserved);
        fields.Hex("container prefix", PageHeaderFieldLengths.ContainerPrefix);
        fields.Number("page number", PageHeaderFieldLengths.PageNumber);
        fields.Number("birth", PageHeaderFieldLengths.Birth);
        if (header.Type == (byte)PageType.CommitRecord)
        {
            CommitRecord(fields, bytes);
        }
        else
        {
            Node(fields, bytes, header.Type == (byte)PageType.CatalogNode);
        }

        return kind;
    }

    private static void CommitRecord(FieldList fields, ReadOnlySpan<byte> page)
    {
        fields.Number("generation", CommitFieldLengths.Generation);
        fields.Time("time");
        fields.Hex("container id", CommitFieldLengths.ContainerId);
        fields.Hex("identity hash", CommitFieldLengths.IdentityHash);
        fields.Hex("compatible features", CommitFieldLengths.CompatibleFeatures);
        fields.Hex("read-only-compatible features", CommitFieldLengths.ReadOnlyCompatibleFeatures);
        fields.Hex("incompatible features", CommitFieldLengths.IncompatibleFeatures);
        fields.Number("total blocks", CommitFieldLengths.TotalBlocks);
        fields.Number("free blocks", CommitFieldLengths.FreeBlocks);
        fields.Number("growth cap", CommitFieldLengths.GrowthCap, cap => cap == 0 ? "none" : "blocks");
        fields.Number("growth threshold", CommitFieldLengths.GrowthThreshold, _ => "percent");
        fields.Number("S3 versioning", CommitFieldLengths.S3Versioning);
        fields.Number("S3 ACL", CommitFieldLengths.S3Acl);
        fields.Number("S3 SSE", CommitFieldLengths.S3Sse);
        fields.Number("default codec", CommitFieldLengths.DefaultCodec, codec => CodecId.NameOf((byte)codec));
        fields.Number("default level", CommitFieldLengths.DefaultLevel);
        fields.Reserved(CommitFieldLengths.ReservedAfterDefaultLevel);
        fields.Number("next file id", CommitFieldLengths.NextFileId);
        fields.Number("next snapshot id", CommitFieldLengths.NextSnapshotId);
        fields.Number("base snapshot", CommitFieldLengths.BaseSnapshot);
        fields.TreeReference("catalog tree");
        fields.TreeReference("content tree");
        fields.TreeReference("system tree");
        fields.Number("audit size", CommitFieldLengths.AuditSize);
        fields.Hex("audit root", CommitFieldLengths.AuditRoot);
        fields.Number("title length", CommitFieldLengths.TitleLength);
        fields.Text("title", CommitFieldLengths.Title, page[CommitFieldLocations.TitleLength]);
        KeySlots(fields, page.Slice(CommitFieldLocations.KeySlots, CommitFieldLengths.KeySlots));
        fields.Hex("HMAC", CommitFieldLengths.Hmac);
        fields.Number("free map kind", CommitFieldLengths.FreeMapKind, kind => kind switch { 0 => "absent", 1 => "inline", 2 => "blob", _ => "unknown" });
        fields.Reserved(CommitFieldLengths.ReservedAfterFreeMapKind);
        var extents = fields.Number("extent count", CommitFieldLengths.ExtentCount);
        fields.Reserved(CommitFieldLengths.ReservedAfterExtentCount);
        for (var i = 0UL; i < Math.Min(extents, FreeMap.MaxInlineExtents); i++)
        {
            fields.Number($"extent {i}: start", sizeof(ulong));
            fields.Number($"extent {i}: length", sizeof(uint));
            fields.Number($"extent {i}: freed in", sizeof(ulong));
        }

        if (page[CommitFieldLocations.FreeMapKind] == (byte)FreeMapKind.Blob)
        {
            BlobReference(fields, "free map", ByteAt(page, fields.Position + RunCountAt));
        }

        fields.Reserved(Format.PageSize - fields.Position);
    }

    /// <summary>What stands in the slots of an encrypted container. Nothing of it is secret without the key that it is wrapped under.</summary>
    private static void KeySlots(FieldList fields, ReadOnlySpan<byte> slots)
    {
        for (var i = 0; i < KeySlot.Count; i++)
        {
            if (Zero.All(slots.Slice(i * KeySlot.Length, KeySlot.Length)))
            {
                fields.Reserved(KeySlot.Length);
                continue;
            }

            fields.Number($"key slot {i}: kind", KeySlotFieldLengths.Kind, kind => kind switch { 0 => "empty", 1 => "raw key", 2 => "passphrase", _ => "unknown" });
            fields.Reserved(KeySlotFieldLengths.Reserved);
            fields.Number($"key slot {i}: rounds", KeySlotFieldLengths.Rounds);
            fields.Hex($"key slot {i}: salt", KeySlotFieldLengths.Salt);
            fields.Hex($"key slot {i}: wrap nonce", KeySlotFieldLengths.WrapNonce);
            fields.Hex($"key slot {i}: wrapped key", KeySlotFieldLengths.WrappedKey);
            fields.Hex($"key slot {i}: wrap tag", KeySlotFieldLengths.WrapTag);
            fields.Hex($"key slot {i}: commitment", KeySlotFieldLengths.Commitment);
        }
    }

    private static void Seal(FieldList fields, string name)
    {
        fields.Hex($"{name}: nonce", XaesGcm.NonceLength);
        fields.Hex($"{name}: tag", XaesGcm.TagLength);
    }

    private static void Node(FieldList fields, ReadOnlySpan<byte> page, bool isCatalog)
    {
        var isLeaf = fields.Number("level", NodeFieldLengths.Level) == 0;
        fields.Reserved(NodeFieldLengths.ReservedAfterLevel);
        var count = (int)fields.Number("cell count", NodeFieldLengths.CellCount);
        var prefixLength = (int)fields.Number("prefix length", NodeFieldLengths.PrefixLength);
        fields.Reserved(NodeFieldLengths.ReservedAfterPrefixLength);
        if (!isLeaf)
        {
            fields.PageReference("first child");
        }

        Key(fields, "prefix", prefixLength, isCatalog);
        var end = page.Length;
        for (var i = 0; i < count && fields.Position + sizeof(ushort) <= page.Length; i++)
        {
            var slot = (int)fields.Number($"slot {i}", NodeFieldLengths.Slot);
            if (slot >= end)
            {
                continue; // Cells stand one below the other; another one here would be told twice.
            }

            var next = fields.Position;
            (fields.Position, fields.End) = (slot, end);
            Cell(fields, page, i, isLeaf, isCatalog);
            (fields.Position, fields.End) = (next, page.Length);
            end = slot;
        }
    }

    private static void Cell(FieldList fields, ReadOnlySpan<byte> page, int i, bool isLeaf, bool isCatalog)
    {
        var suffixLength = (int)fields.Number($"cell {i}: suffix length", sizeof(ushort));
        if (!isLeaf)
        {
            Key(fields, $"cell {i}: suffix", suffixLength, isCatalog);
            fields.PageReference($"cell {i}: child");
            return;
        }

        var isLong = fields.Number($"cell {i}: value kind", sizeof(byte), kind => kind == 0 ? "inline" : "long") == 1;
        var valueLength = (int)fields.Number($"cell {i}: value length", sizeof(ushort));
        Key(fields, $"cell {i}: suffix", suffixLength, isCatalog);
        var valueAt = fields.Position;
        if (isLong || !isCatalog)
        {
            BlobReference(fields, $"cell {i}", ByteAt(page, valueAt + RunCountAt));
            if (!isCatalog && valueAt + valueLength - fields.Position == XaesGcm.SealLength)
            {
                Seal(fields, $"cell {i}");
            }
        }
        else if (valueLength >= CatalogRecordFieldLocations.Owner)
        {
            CatalogRecord(fields, $"cell {i}", page, valueAt, valueLength);
        }
    }

    private static void BlobReference(FieldList fields, string name, byte runs)
    {
        fields.Number($"{name}: logical length", sizeof(uint));
        fields.Number($"{name}: stored length", sizeof(uint));
        fields.Number($"{name}: birth", sizeof(ulong));
        fields.Hex($"{name}: checksum", Format.HashLength);
        fields.Number($"{name}: codec", sizeof(byte), codec => CodecId.NameOf((byte)codec));
        fields.Number($"{name}: run count", sizeof(byte));
        for (var i = 0; i < Math.Min(runs, (byte)Format.MaxRuns); i++)
        {
            fields.Number($"{name}: run {i}: page", sizeof(ulong));
            fields.Number($"{name}: run {i}: pages", sizeof(ushort));
        }
    }

    private static void CatalogRecord(FieldList fields, string name, ReadOnlySpan<byte> page, int at, int length)
    {
        fields.Number($"{name}: type", CatalogRecordFieldLengths.Type, type => type switch { 1 => "file", 2 => "directory", 3 => "symbolic link", _ => "unknown" });
        fields.Number($"{name}: flags", CatalogRecordFieldLengths.Flags);
        fields.Number($"{name}: mode", CatalogRecordFieldLengths.Mode, mode => $"0{Convert.ToString((long)mode, 8)}");
        fields.Number($"{name}: uid", CatalogRecordFieldLengths.Uid);
        fields.Number($"{name}: gid", CatalogRecordFieldLengths.Gid);
        fields.Number($"{name}: chunk shift", CatalogRecordFieldLengths.ChunkShift);
        fields.Number($"{name}: codec choice", CatalogRecordFieldLengths.CodecChoice, choice => choice switch { 0 => "as the container", 255 => "none", _ => CodecId.NameOf((byte)choice) });
        fields.Number($"{name}: codec level", CatalogRecordFieldLengths.CodecLevel);
        fields.Reserved(CatalogRecordFieldLengths.Reserved);
        fields.Number($"{name}: size", CatalogRecordFieldLengths.Size);
        fields.Number($"{name}: file id", CatalogRecordFieldLengths.FileId);
        fields.Time($"{name}: created");
        fields.Time($"{name}: modified");
        var owner = (int)fields.Number($"{name}: owner length", CatalogRecordFieldLengths.OwnerLength);
        fields.Text($"{name}: owner", owner, owner);
        var flags = ByteAt(page, at + CatalogRecordFieldLocations.Flags);
        if ((flags & 1) != 0)
        {
            fields.Hex($"{name}: content hash", CatalogRecordFieldLengths.ContentHash);
        }

        if ((flags & 2) != 0)
        {
            var inline = (int)fields.Number($"{name}: inline length", CatalogRecordFieldLengths.InlineLength);
            if ((flags & 4) != 0)
            {
                Seal(fields, name);
                fields.Hex($"{name}: inline content", inline);
            }
            else
            {
                fields.Text($"{name}: inline content", inline, inline);
            }
        }

        var attributes = fields.Number($"{name}: attribute count", CatalogRecordFieldLengths.AttributeCount);
        for (var i = 0UL; i < attributes && fields.Position < at + length; i++)
        {
            var start = fields.Position;
            fields.Number($"{name}: attribute {i}: kind", sizeof(byte), kind => kind switch { 1 => "content type", 2 => "user metadata", 3 => "extended attribute", _ => "unknown" });
            var nameLength = (int)fields.Number($"{name}: attribute {i}: name length", sizeof(ushort));
            var valueLength = (int)Math.Min(fields.Number($"{name}: attribute {i}: value length", sizeof(uint)), Format.MaxLongValue);
            if (fields.Position == start)
            {
                break; // There is no room for as many as are announced.
            }

            fields.Text($"{name}: attribute {i}: name", nameLength, nameLength);
            fields.Text($"{name}: attribute {i}: value", valueLength, valueLength);
        }
    }

    private static void Key(FieldList fields, string name, int length, bool isCatalog)
    {
        if (isCatalog)
        {
            fields.Text(name, length, length);
        }
        else
        {
            fields.Hex(name, length);
        }
    }

    private static byte ByteAt(ReadOnlySpan<byte> page, int offset) => offset < page.Length ? page[offset] : (byte)0;
}
