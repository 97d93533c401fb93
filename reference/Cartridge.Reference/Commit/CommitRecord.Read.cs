using System.Buffers.Binary;
using At = Cartridge.Reference.CommitFieldLocations;
using Fields = Cartridge.Reference.CommitFieldLengths;

namespace Cartridge.Reference;

internal sealed partial record CommitRecord
{
    /// <summary>The generation a page claims; meaningful once <see cref="Verifies"/> said yes.</summary>
    public static ulong GenerationOf(ReadOnlySpan<byte> page) => U64(page, At.Generation);

    /// <summary>
    /// Whether a page verifies as a commit record: intact, of this container, in its place. A page that does not is a torn
    /// commit, not an error, as long as the other one verifies; so what is wrong here is reported with the severity given.
    /// </summary>
    public static bool Verifies(ReadOnlySpan<byte> page, int number, Identity identity, Severity severity, Checker c)
    {
        var header = PageHeader.Read(page);
        var generation = GenerationOf(page);
        var container = new ContainerId(page.Slice(At.ContainerId, Fields.ContainerId));
        var at = new Place(number);
        bool Fault(Rule rule, int offset, string message) => c.Fault(rule, at with { Offset = offset }, message, severity);

        return (c.Skips(CommitRule.Type) || header.Type == (byte)PageType.CommitRecord
                || Fault(CommitRule.Type, PageHeaderFieldLocations.Type, $"a page of type {header.Type}, not a commit record"))
            && (c.Skips(CommitRule.Hash) || PageHeader.ComputeHash(page).Equals(header.Hash)
                || Fault(CommitRule.Hash, PageHeaderFieldLocations.Hash, "the commit record's hash is wrong: a torn or damaged commit"))
            && (c.Skips(CommitRule.TypeAgain) || header.TypeAgain == (byte)PageType.CommitRecord
                || Fault(CommitRule.TypeAgain, PageHeaderFieldLocations.TypeAgain, $"the type under the hash is {header.TypeAgain}"))
            && (c.Skips(CommitRule.HeaderReserved) || PageHeader.ReservedIsZero(page)
                || Fault(CommitRule.HeaderReserved, PageHeaderFieldLocations.Reserved, "reserved bytes of the page header are not zero"))
            && (c.Skips(CommitRule.ContainerPrefix) || header.ContainerPrefix == identity.Id.Prefix
                || Fault(CommitRule.ContainerPrefix, PageHeaderFieldLocations.ContainerPrefix, "the page header names another container"))
            && (c.Skips(CommitRule.PageNumber) || header.PageNumber == (ulong)number
                || Fault(CommitRule.PageNumber, PageHeaderFieldLocations.PageNumber, $"the page says that it is page {header.PageNumber}"))
            && (c.Skips(CommitRule.Birth) || header.Birth == generation
                || Fault(CommitRule.Birth, PageHeaderFieldLocations.Birth, $"born in {header.Birth}, yet of generation {generation}"))
            && (c.Skips(CommitRule.Container) || container == identity.Id
                || Fault(CommitRule.Container, At.ContainerId, $"a record of container {container}"))
            && (c.Skips(CommitRule.Parity) || number == PageOf(generation)
                || Fault(CommitRule.Parity, At.Generation, $"generation {generation} belongs on page {PageOf(generation)}"));
    }

    /// <summary>Reads the state out of a record that verified, and checks it; mirrors <see cref="Write"/>.</summary>
    /// <returns>The record, or null if nothing can be hung on it.</returns>
    public static CommitRecord? Read(ReadOnlySpan<byte> page, int number, Identity identity, long fileLength, Checker c)
    {
        var at = new Place(number);
        bool Fault(Rule rule, int offset, string message) => c.Fault(rule, at with { Offset = offset }, message);
        var generation = GenerationOf(page);
        var incompatible = U64(page, At.IncompatibleFeatures);
        var readOnlyCompatible = U64(page, At.ReadOnlyCompatibleFeatures);
        var total = U64(page, At.TotalBlocks);
        var free = U64(page, At.FreeBlocks);
        var cap = U64(page, At.GrowthCap);
        var threshold = page[At.GrowthThreshold];
        var fuses = new S3Fuses(page[At.S3Versioning], page[At.S3Acl], page[At.S3Sse]);
        var (codec, level) = (page[At.DefaultCodec], page[At.DefaultLevel]);
        var nextFile = U64(page, At.NextFileId);
        var (nextSnapshot, baseSnapshot) = (U64(page, At.NextSnapshotId), U64(page, At.BaseSnapshot));
        int titleLength = page[At.TitleLength];
        var title = page.Slice(At.Title, titleLength);

        // "This is judged before the other fields, whose meaning such a bit may change."
        if (!(c.Skips(CommitRule.Incompatible) || incompatible == 0
            || Fault(CommitRule.Incompatible, At.IncompatibleFeatures, $"incompatible features {incompatible:x} are not known to this edition")))
        {
            return null;
        }

        _ = c.Skips(CommitRule.IdentityHash) || identity.PageHash.AsSpan().SequenceEqual(page.Slice(At.IdentityHash, Fields.IdentityHash))
            || Fault(CommitRule.IdentityHash, At.IdentityHash, "the record was made for another identity page");
        _ = c.Skips(CommitRule.ReadOnlyCompatible) || readOnlyCompatible == 0
            || c.Fault(CommitRule.ReadOnlyCompatible, at with { Offset = At.ReadOnlyCompatibleFeatures }, $"features {readOnlyCompatible:x} are not known to this edition: reading only", Severity.Note);
        var sound = c.Skips(CommitRule.TotalBlocks) || total is >= Format.FixedBlocks and <= (ulong)Format.MaxBlocks
            || Fault(CommitRule.TotalBlocks, At.TotalBlocks, $"total_blocks is {total}; {Format.FixedBlocks} to 2^51 are possible");
        sound &= c.Skips(CommitRule.Truncated) || total <= (ulong)(fileLength / Format.PageSize)
            || Fault(CommitRule.Truncated, At.TotalBlocks, $"the file has {fileLength} bytes, {total} pages are {(UInt128)total * Format.PageSize}");
        _ = c.Skips(CommitRule.FreeBlocks) || free <= Math.Max(total, Format.FixedBlocks) - Format.FixedBlocks
            || Fault(CommitRule.FreeBlocks, At.FreeBlocks, $"{free} free blocks of {total}");
        _ = c.Skips(CommitRule.GrowthCap) || cap == 0 || cap >= total
            || Fault(CommitRule.GrowthCap, At.GrowthCap, $"the cap of {cap} blocks lies below total_blocks {total}");
        _ = c.Skips(CommitRule.GrowthThreshold) || threshold <= 100
            || Fault(CommitRule.GrowthThreshold, At.GrowthThreshold, $"a threshold of {threshold} percent");
        _ = c.Skips(CommitRule.Fuses) || fuses is { Versioning: <= 1, Acl: <= 2, Sse: <= 2 }
            || Fault(CommitRule.Fuses, fuses.Versioning > 1 ? At.S3Versioning : fuses.Acl > 2 ? At.S3Acl : At.S3Sse, $"S3 fuses {fuses.Versioning}, {fuses.Acl}, {fuses.Sse}");
        _ = c.Skips(CommitRule.DefaultCodec) || codec <= BlobReference.MaxCodec
            || Fault(CommitRule.DefaultCodec, At.DefaultCodec, $"the default codec {codec} is not known to this edition");
        _ = c.Skips(CommitRule.DefaultLevel) || level <= CodecChoice.MaxLevel
            || Fault(CommitRule.DefaultLevel, At.DefaultLevel, $"a default level of {level}");
        var stray = Zero.FirstOther(
            page,
            (At.ReservedAfterDefaultLevel, Fields.ReservedAfterDefaultLevel),
            (At.ReservedAfterFreeMapKind, Fields.ReservedAfterFreeMapKind),
            (At.ReservedAfterExtentCount, Fields.ReservedAfterExtentCount));
        _ = c.Skips(CommitRule.Reserved) || stray < 0
            || Fault(CommitRule.Reserved, stray, "a reserved byte of the record is not zero");
        _ = c.Skips(CommitRule.NextFileId) || nextFile >= 1
            || Fault(CommitRule.NextFileId, At.NextFileId, "the next file id is 0");
        _ = c.Skips(CommitRule.NextSnapshotId) || nextSnapshot >= 1
            || Fault(CommitRule.NextSnapshotId, At.NextSnapshotId, "the next snapshot id is 0");
        _ = c.Skips(CommitRule.BaseSnapshot) || baseSnapshot < Math.Max(nextSnapshot, 1)
            || Fault(CommitRule.BaseSnapshot, At.BaseSnapshot, $"base snapshot {baseSnapshot}; ids below {nextSnapshot} were given out");
        var bounds = new Bounds(total, identity.ContentChecksum);
        var catalog = TreeReference.Read(page, At.CatalogTree, bounds, generation, at, c);
        var content = TreeReference.Read(page, At.ContentTree, bounds, generation, at, c);
        var system = TreeReference.Read(page, At.SystemTree, bounds, generation, at, c);
        _ = c.Skips(CommitRule.Audit) || Zero.All(page.Slice(At.AuditSize, Fields.AuditSize + Fields.AuditRoot))
            || Fault(CommitRule.Audit, At.AuditSize, "an audit log, which this edition does not define");
        _ = c.Skips(CommitRule.TitleText) || Text.IsUtf8(title)
            || Fault(CommitRule.TitleText, At.Title, "the title is not UTF-8");
        _ = c.Skips(CommitRule.TitleReserved) || Zero.All(page.Slice(At.Title, Fields.Title)[titleLength..])
            || Fault(CommitRule.TitleReserved, At.Title + titleLength, "bytes after the title are not zero");
        _ = c.Skips(CommitRule.Encryption) || identity.IsEncrypted || Zero.All(page.Slice(At.KeySlots, Fields.KeySlots + Fields.Hmac))
            || Fault(CommitRule.Encryption, At.KeySlots, "key slots or an HMAC in a container that is not encrypted");
        if (identity.IsEncrypted)
        {
            CheckEncryption(page, at, c);
        }

        _ = c.Skips(CommitRule.FreeMapKind) || page[At.FreeMapKind] <= (byte)FreeMapKind.Blob
            || Fault(CommitRule.FreeMapKind, At.FreeMapKind, $"a free map of kind {page[At.FreeMapKind]}");
        if (!sound)
        {
            return null;
        }

        return new CommitRecord
        {
            Generation = generation,
            Time = BinaryPrimitives.ReadInt64LittleEndian(page[At.Time..]),
            CompatibleFeatures = U64(page, At.CompatibleFeatures),
            ReadOnlyCompatibleFeatures = readOnlyCompatible,
            TotalBlocks = total,
            FreeBlocks = free,
            GrowthCap = cap,
            GrowthThreshold = threshold,
            Fuses = fuses,
            DefaultCodec = CodecChoice.FromFields(codec, level),
            NextFileId = nextFile,
            NextSnapshotId = nextSnapshot,
            BaseSnapshot = baseSnapshot,
            Catalog = catalog,
            Content = content,
            System = system,
            Title = title.ToArray(),
            KeySlots = identity.IsEncrypted ? page.Slice(At.KeySlots, Fields.KeySlots).ToArray() : [],
            FreeMapField = new FreeMapField(
                (FreeMapKind)page[At.FreeMapKind],
                BinaryPrimitives.ReadUInt16LittleEndian(page[At.ExtentCount..]),
                page.Slice(At.FreeMap, Fields.FreeMap).ToArray()),
            Hash = PageHeader.Read(page).Hash,
        };
    }

    private static ulong U64(ReadOnlySpan<byte> page, int offset) => BinaryPrimitives.ReadUInt64LittleEndian(page[offset..]);
}
