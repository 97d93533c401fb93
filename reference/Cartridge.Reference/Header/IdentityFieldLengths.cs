namespace Cartridge.Reference;

/// <summary>Lengths of page 0's fields, in bytes (spec/02-identity.md).</summary>
internal static class IdentityFieldLengths
{
    public const int Magic = 8;
    public const int MajorVersion = 2;
    public const int MinorVersion = 2;
    public const int BlockSize = 4;
    public const int ContainerId = 16;
    public const int Created = 8;
    public const int ContentChecksum = 1;
    public const int Encrypted = 1;
    public const int ReservedAfterEncrypted = 278;
    public const int SlugLength = 1;
    public const int Slug = 255;
    public const int ReservedAfterSlug = 3488;
    public const int Hash = 32;
}
