namespace Cartridge.Reference;

/// <summary>Offsets of page 0's fields: each is the previous offset plus the previous length.</summary>
internal static class IdentityFieldLocations
{
    public const int Magic = 0;
    public const int MajorVersion = Magic + IdentityFieldLengths.Magic;
    public const int MinorVersion = MajorVersion + IdentityFieldLengths.MajorVersion;
    public const int BlockSize = MinorVersion + IdentityFieldLengths.MinorVersion;
    public const int ContainerId = BlockSize + IdentityFieldLengths.BlockSize;
    public const int Created = ContainerId + IdentityFieldLengths.ContainerId;
    public const int ContentChecksum = Created + IdentityFieldLengths.Created;
    public const int Encrypted = ContentChecksum + IdentityFieldLengths.ContentChecksum;
    public const int ReservedAfterEncrypted = Encrypted + IdentityFieldLengths.Encrypted;
    public const int SlugLength = ReservedAfterEncrypted + IdentityFieldLengths.ReservedAfterEncrypted;
    public const int Slug = SlugLength + IdentityFieldLengths.SlugLength;
    public const int ReservedAfterSlug = Slug + IdentityFieldLengths.Slug;
    public const int Hash = ReservedAfterSlug + IdentityFieldLengths.ReservedAfterSlug;
}
