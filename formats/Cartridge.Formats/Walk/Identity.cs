using System.Security.Cryptography;
using Cartridge.Formats.Generated;
using Kaitai;
using static Cartridge.Formats.Walk.Check;

namespace Cartridge.Formats.Walk;

/// <summary>Page 0, verified.</summary>
internal sealed class Identity
{
    private const int MarkLength = 16;
    private const int HashedLength = 4064;

    private Identity(Cartridge3.IdentityPage fields, byte[] pageHash)
    {
        Fields = fields;
        PageHash = pageHash;
    }

    internal Cartridge3.IdentityPage Fields { get; }

    /// <summary>SHA-256 of the whole page, to which every commit record is bound.</summary>
    internal byte[] PageHash { get; }

    internal ReadOnlySpan<byte> ContainerPrefix => Fields.ContainerId.AsSpan(0, 8);

    internal bool HasCrc => Fields.ContentChecksum == Cartridge3.ContentChecksum.Crc32c;

    internal bool IsEncrypted => Fields.Encrypted != 0;

    internal static Identity Read(ContainerFile file)
    {
        byte[] page = file.ReadStart(ContainerFile.PageSize);
        ReadOnlySpan<byte> start = page.AsSpan(0, Math.Min(page.Length, 6));
        bool isEarlierFormat = start.SequenceEqual("CART\0\u0001"u8) || start.SequenceEqual("CART\0\u0002"u8);
        Require(!isEarlierFormat, "CART-HDR-101", "container.unsupported-version", 0,
            $"this is a container of format {start[^1]}");

        // The mark comes first: what is not a container of this format and version is not measured by its rules.
        KaitaiStream mark = new(page[..Math.Min(page.Length, MarkLength)]);
        Parse(0, "CART-HDR-009", "container.truncated", () => new Cartridge3.FormatMark(mark));
        Require(file.PageCount >= 3, "CART-HDR-009", "container.truncated", null,
            $"a container has at least 3 pages, the file {file.Length} bytes");
        bool isIntact = SHA256.HashData(page.AsSpan(0, HashedLength)).AsSpan().SequenceEqual(page.AsSpan(HashedLength));
        Require(isIntact, "CART-HDR-004", "page.checksum-mismatch", 0,
            $"the hash in the page is not that of its bytes");

        Cartridge3.IdentityPage fields = Parse(
            0, "CART-HDR-009", "container.truncated", () => new Cartridge3.IdentityPage(new KaitaiStream(page)));
        string slug = fields.Slug.Text;
        Require(IsSlug(slug), "CART-HDR-007", "page.out-of-range", 0,
            $"'{slug}' is not a slug");
        return new Identity(fields, SHA256.HashData(page));
    }

    private static bool IsSlug(string text) =>
        text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-')
        && text[0] != '-' && text[^1] != '-';
}
