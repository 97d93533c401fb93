using System.Buffers.Binary;

namespace Cartridge.Reference;

internal sealed partial class Identity
{
    private static ReadOnlySpan<byte> MagicOfFormat1 => [0x43, 0x41, 0x52, 0x54, 0x00, 0x01];

    private static ReadOnlySpan<byte> MagicOfFormat2 => [0x43, 0x41, 0x52, 0x54, 0x00, 0x02];

    /// <summary>Reads and checks page 0; mirrors <see cref="Write"/>.</summary>
    /// <returns>The identity, or null if the file is no container of this format (or a check that matters failed).</returns>
    public static Identity? Read(IMedium medium, Checker c)
    {
        var bytes = new byte[Format.PageSize];
        var length = medium.Read(0, bytes);
        ReadOnlySpan<byte> page = bytes;
        var head = page[..IdentityFieldLengths.Magic];
        var smallest = (long)Format.FixedBlocks * Format.PageSize;
        bool IsTooShort() => c.Fault(HeaderRule.Length, new(0), $"the file has {medium.Length} bytes; the smallest container has {smallest}");

        // A file that cannot even hold a magic number is cut, not foreign.
        if (length < head.Length && (c.Skips(HeaderRule.Length) || !IsTooShort()))
        {
            return null;
        }

        if (!(c.Skips(HeaderRule.Magic) || head.SequenceEqual(Magic) || IsOlder(head)
            || c.Fault(HeaderRule.Magic, new(0, 0), $"the file begins with {Convert.ToHexString(head)}, not with {Convert.ToHexString(Magic)}")))
        {
            return null;
        }

        if (!(c.Skips(HeaderRule.Version) || !IsOlder(head) || c.Fault(HeaderRule.Version, new(0, 0), OlderVersion(head))))
        {
            return null;
        }

        if (!(c.Skips(HeaderRule.Length) || medium.Length >= smallest || IsTooShort()))
        {
            return null;
        }

        return Parse(page, c) ? FromPage(page) : null;
    }

    private static bool Parse(ReadOnlySpan<byte> page, Checker c)
    {
        var major = BinaryPrimitives.ReadUInt16LittleEndian(page[IdentityFieldLocations.MajorVersion..]);
        var minor = BinaryPrimitives.ReadUInt16LittleEndian(page[IdentityFieldLocations.MinorVersion..]);
        var blockSize = BinaryPrimitives.ReadUInt32LittleEndian(page[IdentityFieldLocations.BlockSize..]);
        var checksum = page[IdentityFieldLocations.ContentChecksum];
        var encrypted = page[IdentityFieldLocations.Encrypted];
        int slugLength = page[IdentityFieldLocations.SlugLength];
        var slug = page.Slice(IdentityFieldLocations.Slug, slugLength);
        var hash = Hash256.Of(page[..IdentityFieldLocations.Hash]);

        // Of a page with the wrong version or block size nothing else can be said.
        if (!(c.Skips(HeaderRule.Version) || (major == MajorVersion && minor == MinorVersion)
            || c.Fault(HeaderRule.Version, new(0, IdentityFieldLocations.MajorVersion), $"version {major}.{minor}; this edition describes {MajorVersion}.{MinorVersion}")))
        {
            return false;
        }

        if (!(c.Skips(HeaderRule.BlockSize) || blockSize == Format.PageSize
            || c.Fault(HeaderRule.BlockSize, new(0, IdentityFieldLocations.BlockSize), $"block size {blockSize}, not {Format.PageSize}")))
        {
            return false;
        }

        // Damage from here on is reported, and the container still looked at further by a checker that only collects.
        _ = c.Skips(HeaderRule.Hash) || hash.AsSpan().SequenceEqual(page.Slice(IdentityFieldLocations.Hash, IdentityFieldLengths.Hash))
            || c.Fault(HeaderRule.Hash, new(0, IdentityFieldLocations.Hash), "the hash of the identity page is wrong");

        _ = c.Skips(HeaderRule.ContentChecksum) || checksum is (byte)ContentChecksum.Sha256 or (byte)ContentChecksum.Crc32C
            || c.Fault(HeaderRule.ContentChecksum, new(0, IdentityFieldLocations.ContentChecksum), $"content checksum {checksum} is neither 1 (SHA-256) nor 2 (CRC-32C)");

        _ = c.Skips(HeaderRule.Encrypted) || encrypted <= 1
            || c.Fault(HeaderRule.Encrypted, new(0, IdentityFieldLocations.Encrypted), $"the encryption byte is {encrypted}; 0 or 1 are known");

        _ = c.Skips(HeaderRule.Slug) || SlugText.IsValid(slug)
            || c.Fault(HeaderRule.Slug, new(0, IdentityFieldLocations.Slug), $"\"{Text.Display(slug)}\" is no slug");

        var stray = Zero.FirstOther(
            page,
            (IdentityFieldLocations.ReservedAfterEncrypted, IdentityFieldLengths.ReservedAfterEncrypted),
            (IdentityFieldLocations.Slug + slugLength, IdentityFieldLengths.Slug - slugLength),
            (IdentityFieldLocations.ReservedAfterSlug, IdentityFieldLengths.ReservedAfterSlug));
        _ = c.Skips(HeaderRule.Reserved) || stray < 0
            || c.Fault(HeaderRule.Reserved, new(0, stray), "a reserved byte of the identity page is not zero");

        return true;
    }

    private static Identity FromPage(ReadOnlySpan<byte> page) => new()
    {
        Id = new ContainerId(page.Slice(IdentityFieldLocations.ContainerId, IdentityFieldLengths.ContainerId)),
        Created = BinaryPrimitives.ReadInt64LittleEndian(page[IdentityFieldLocations.Created..]),
        ContentChecksum = (ContentChecksum)page[IdentityFieldLocations.ContentChecksum],
        IsEncrypted = page[IdentityFieldLocations.Encrypted] == 1,
        Slug = page.Slice(IdentityFieldLocations.Slug, page[IdentityFieldLocations.SlugLength]).ToArray(),
        PageHash = Hash256.Of(page),
    };

    // Formats 1 and 2 are named, not called foreign (CART-HDR-101).
    private static bool IsOlder(ReadOnlySpan<byte> head) => head.StartsWith(MagicOfFormat1) || head.StartsWith(MagicOfFormat2);

    private static string OlderVersion(ReadOnlySpan<byte> head) => head.StartsWith(MagicOfFormat1)
        ? "this is a container of format 1; this edition reads format 3"
        : "the magic number of \"format 2\", a format that only a document describes and no program ever wrote (spec/errata.md)";
}
