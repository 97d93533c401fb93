namespace Cartridge.Reference;

/// <summary>Offsets of the fields in <see cref="CommitFieldLengths"/>: each is the previous offset plus the previous length.</summary>
internal static class CommitFieldLocations
{
    public const int PageHeader = 0;
    public const int Generation = PageHeader + CommitFieldLengths.PageHeader;
    public const int Time = Generation + CommitFieldLengths.Generation;
    public const int ContainerId = Time + CommitFieldLengths.Time;
    public const int IdentityHash = ContainerId + CommitFieldLengths.ContainerId;
    public const int CompatibleFeatures = IdentityHash + CommitFieldLengths.IdentityHash;
    public const int ReadOnlyCompatibleFeatures = CompatibleFeatures + CommitFieldLengths.CompatibleFeatures;
    public const int IncompatibleFeatures = ReadOnlyCompatibleFeatures + CommitFieldLengths.ReadOnlyCompatibleFeatures;
    public const int TotalBlocks = IncompatibleFeatures + CommitFieldLengths.IncompatibleFeatures;
    public const int FreeBlocks = TotalBlocks + CommitFieldLengths.TotalBlocks;
    public const int GrowthCap = FreeBlocks + CommitFieldLengths.FreeBlocks;
    public const int GrowthThreshold = GrowthCap + CommitFieldLengths.GrowthCap;
    public const int S3Versioning = GrowthThreshold + CommitFieldLengths.GrowthThreshold;
    public const int S3Acl = S3Versioning + CommitFieldLengths.S3Versioning;
    public const int S3Sse = S3Acl + CommitFieldLengths.S3Acl;
    public const int DefaultCodec = S3Sse + CommitFieldLengths.S3Sse;
    public const int DefaultLevel = DefaultCodec + CommitFieldLengths.DefaultCodec;
    public const int ReservedAfterDefaultLevel = DefaultLevel + CommitFieldLengths.DefaultLevel;
    public const int NextFileId = ReservedAfterDefaultLevel + CommitFieldLengths.ReservedAfterDefaultLevel;
    public const int NextSnapshotId = NextFileId + CommitFieldLengths.NextFileId;
    public const int BaseSnapshot = NextSnapshotId + CommitFieldLengths.NextSnapshotId;
    public const int CatalogTree = BaseSnapshot + CommitFieldLengths.BaseSnapshot;
    public const int ContentTree = CatalogTree + CommitFieldLengths.CatalogTree;
    public const int SystemTree = ContentTree + CommitFieldLengths.ContentTree;
    public const int AuditSize = SystemTree + CommitFieldLengths.SystemTree;
    public const int AuditRoot = AuditSize + CommitFieldLengths.AuditSize;
    public const int TitleLength = AuditRoot + CommitFieldLengths.AuditRoot;
    public const int Title = TitleLength + CommitFieldLengths.TitleLength;
    public const int KeySlots = Title + CommitFieldLengths.Title;
    public const int Hmac = KeySlots + CommitFieldLengths.KeySlots;
    public const int FreeMapKind = Hmac + CommitFieldLengths.Hmac;
    public const int ReservedAfterFreeMapKind = FreeMapKind + CommitFieldLengths.FreeMapKind;
    public const int ExtentCount = ReservedAfterFreeMapKind + CommitFieldLengths.ReservedAfterFreeMapKind;
    public const int ReservedAfterExtentCount = ExtentCount + CommitFieldLengths.ExtentCount;
    public const int FreeMap = ReservedAfterExtentCount + CommitFieldLengths.ReservedAfterExtentCount;
}
