namespace Cartridge.Reference;

/// <summary>Lengths of a commit record's fields, in bytes (spec/04-commit.md).</summary>
internal static class CommitFieldLengths
{
    public const int PageHeader = PageHeaderFieldLocations.End;
    public const int Generation = 8;
    public const int Time = 8;
    public const int ContainerId = 16;
    public const int IdentityHash = 32;
    public const int CompatibleFeatures = 8;
    public const int ReadOnlyCompatibleFeatures = 8;
    public const int IncompatibleFeatures = 8;
    public const int TotalBlocks = 8;
    public const int FreeBlocks = 8;
    public const int GrowthCap = 8;
    public const int GrowthThreshold = 1;
    public const int S3Versioning = 1;
    public const int S3Acl = 1;
    public const int S3Sse = 1;
    public const int DefaultCodec = 1;
    public const int DefaultLevel = 1;
    public const int ReservedAfterDefaultLevel = 2;
    public const int NextFileId = 8;
    public const int NextSnapshotId = 8;
    public const int BaseSnapshot = 8;
    public const int CatalogTree = TreeReference.Length;
    public const int ContentTree = TreeReference.Length;
    public const int SystemTree = TreeReference.Length;
    public const int AuditSize = 8;
    public const int AuditRoot = 32;
    public const int TitleLength = 1;
    public const int Title = 255;
    public const int KeySlots = KeySlot.AreaLength;
    public const int Hmac = 32;
    public const int FreeMapKind = 1;
    public const int ReservedAfterFreeMapKind = 1;
    public const int ExtentCount = 2;
    public const int ReservedAfterExtentCount = 4;
    public const int FreeMap = 2304;
}
