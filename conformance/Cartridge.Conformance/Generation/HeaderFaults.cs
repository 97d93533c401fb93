using Cartridge.Conformance.Mending;

namespace Cartridge.Conformance.Generation;

/// <summary>Chapter 2, page 0: one vector and more for each check.</summary>
internal static class HeaderFaults
{
    private const string Empty = "container/empty";

    public static IEnumerable<Source> All =>
    [
        new Rejected("header/bad-magic", "CART-HDR-001", "container.bad-magic")
        {
            Title = "The magic number is damaged",
            Why = "The first eight bytes say that the file is a container; a file without them is none, however sound the rest.",
            Base = Empty,
            Mutation = "the first byte, 43, becomes 42",
            When = Moment.Open,
            Make = m => m.Flip(Chart.Identity("magic")).Mend(0),
        },
        new Rejected("header/text-mode-transfer", "CART-HDR-001", "container.bad-magic")
        {
            Title = "A transfer in text mode has eaten the carriage return of the magic number",
            Why = "The magic number ends in 0D 0A so that a program that translates line ends is found out at once.",
            Base = Empty,
            Mutation = "the last two bytes, 0D 0A, become 0A 0A",
            When = Moment.Open,
            Make = m => m.Number(Chart.Identity("magic").Byte(6), 0x0A).Mend(0),
        },
        new Rejected("header/format-1", "CART-HDR-002", "container.unsupported-version")
        {
            Title = "The magic number of format 1",
            Why = "A file of an older format is to be named as such: its reader needs other advice than that of a damaged file.",
            Base = Empty,
            Mutation = "the magic number becomes 43 41 52 54 00 01 00 00",
            When = Moment.Open,
            Make = m => m.Set(Chart.Identity("magic"), 0x43, 0x41, 0x52, 0x54, 0x00, 0x01, 0x00, 0x00).Mend(0),
        },
        new Rejected("header/format-2", "CART-HDR-002", "container.unsupported-version")
        {
            Title = "The magic number of the format 2 that was published and never written",
            Why = "A file that begins like format 2 is refused by that name.",
            Base = Empty,
            Mutation = "the magic number becomes 43 41 52 54 00 02 00 00",
            When = Moment.Open,
            Make = m => m.Set(Chart.Identity("magic"), 0x43, 0x41, 0x52, 0x54, 0x00, 0x02, 0x00, 0x00).Mend(0),
        },
        new Rejected("header/major-version-4", "CART-HDR-002", "container.unsupported-version")
        {
            Title = "A major version of the future",
            Why = "Another major version is another format: nothing after the version can be relied on.",
            Base = Empty,
            Mutation = "3 becomes 4",
            When = Moment.Open,
            Make = m => m.Number(Chart.Identity("major version"), 4).Mend(0),
        },
        new Rejected("header/minor-version-1", "CART-HDR-002", "container.unsupported-version")
        {
            Title = "A minor version of the future",
            Why = "This edition describes 3.0 alone; what may change without harm is said by the feature bits, not by the version.",
            Base = Empty,
            Mutation = "0 becomes 1",
            When = Moment.Open,
            Make = m => m.Number(Chart.Identity("minor version"), 1).Mend(0),
        },
        new Rejected("header/block-size-8192", "CART-HDR-003", "container.bad-block-size")
        {
            Title = "Blocks of 8 KiB",
            Why = "Every offset of the format counts on blocks of 4096 bytes.",
            Base = Empty,
            Mutation = "4096 becomes 8192",
            When = Moment.Open,
            Make = m => m.Number(Chart.Identity("block size"), 8192).Mend(0),
        },
        new Rejected("header/hash-damaged", "CART-HDR-004", "page.checksum-mismatch")
        {
            Title = "The identity page's hash is wrong",
            Why = "The hash at the page's end is that of the 4064 bytes before it. The records were made for the page as it is.",
            Base = Empty,
            Mutation = "the hash's lowest bit is flipped",
            When = Moment.Open,
            Make = m => m.Flip(Chart.Identity("hash")).MendAbove(0),
        },
        new Rejected("header/created-damaged", "CART-HDR-004", "page.checksum-mismatch")
        {
            Title = "One bit of the time of creation has rotted",
            Why = "Nothing in page 0 changes after creation, so any change is damage, even where the field's value is harmless.",
            Base = Empty,
            Mutation = "the lowest bit is flipped; no hash is mended but the records'",
            When = Moment.Open,
            Make = m => m.Flip(Chart.Identity("created")).MendAbove(0),
        },
        new Rejected("header/content-checksum-0", "CART-HDR-005", "page.out-of-range")
        {
            Title = "No content checksum at all",
            Why = "A container without checksums does not exist: 1 is SHA-256, 2 is CRC-32C, and there is no 0.",
            Base = Empty,
            Mutation = "1 becomes 0",
            When = Moment.Open,
            Make = m => m.Number(Chart.Identity("content checksum"), 0).Mend(0),
        },
        new Rejected("header/content-checksum-3", "CART-HDR-005", "page.out-of-range")
        {
            Title = "A content checksum that is not defined",
            Why = "A reader that does not know how content is checked cannot check it, and must not read it unchecked.",
            Base = Empty,
            Mutation = "1 becomes 3",
            When = Moment.Open,
            Make = m => m.Number(Chart.Identity("content checksum"), 3).Mend(0),
        },
        new Rejected("header/encrypted", "CART-HDR-006", "container.unknown-feature")
        {
            Title = "An encryption that nobody knows",
            Why = "Content is encrypted or it is not; a third way may mean anything.",
            Base = Empty,
            Mutation = "0 becomes 2",
            When = Moment.Open,
            Make = m => m.Number(Chart.Identity("encrypted"), 2).Mend(0),
        },
        new Rejected("header/slug-empty", "CART-HDR-007", "page.out-of-range")
        {
            Title = "A slug without a letter",
            Why = "The slug is the container's name in file names and addresses, and has at least one character.",
            Base = "container/one-letter-slug",
            Mutation = "the slug's only letter goes, its length becomes 0",
            When = Moment.Open,
            Make = m => m.Number(Chart.Identity("slug length"), 0).Number(Chart.Identity("slug").Byte(0), 0).Mend(0),
        },
        new Rejected("header/slug-upper-case", "CART-HDR-007", "page.out-of-range")
        {
            Title = "A slug with a capital letter",
            Why = "File systems disagree on capital letters, so a slug has none.",
            Base = Empty,
            Mutation = "the first letter becomes a capital",
            When = Moment.Open,
            Make = m => m.Number(Chart.Identity("slug").Byte(0), 'E').Mend(0),
        },
        new Rejected("header/slug-begins-with-hyphen", "CART-HDR-007", "page.out-of-range")
        {
            Title = "A slug that begins with a hyphen",
            Why = "A name that begins with a hyphen is taken for an option by command lines.",
            Base = Empty,
            Mutation = "the first letter becomes a hyphen",
            When = Moment.Open,
            Make = m => m.Number(Chart.Identity("slug").Byte(0), '-').Mend(0),
        },
        new Rejected("header/slug-ends-with-hyphen", "CART-HDR-007", "page.out-of-range")
        {
            Title = "A slug that ends with a hyphen",
            Why = "The form of the slug is [a-z0-9]([a-z0-9-]*[a-z0-9])?.",
            Base = Empty,
            Mutation = "the last letter becomes a hyphen",
            When = Moment.Open,
            Make = m => m.Number(Chart.Identity("slug").Byte("empty".Length - 1), '-').Mend(0),
        },
        new Rejected("header/reserved-after-encrypted", "CART-HDR-008", "page.reserved-nonzero")
        {
            Title = "A reserved byte before the slug is in use",
            Why = "Reserved bytes are zero, so that a later edition can tell whether they say anything.",
            Base = Empty,
            Mutation = "byte 42 becomes 1",
            When = Moment.Open,
            Make = m => m.Number(Chart.Identity("reserved after encrypted").Byte(0), 1).Mend(0),
        },
        new Rejected("header/bytes-after-slug", "CART-HDR-008", "page.reserved-nonzero")
        {
            Title = "Something stands behind the slug, within its field",
            Why = "The rest of the slug's field is zero: one slug has one spelling.",
            Base = Empty,
            Mutation = "the last byte of the field becomes 1",
            When = Moment.Open,
            Make = m => m.Number(Chart.Identity("slug").Byte(254), 1).Mend(0),
        },
        new Rejected("header/reserved-after-slug", "CART-HDR-008", "page.reserved-nonzero")
        {
            Title = "A reserved byte behind the slug's field is in use",
            Why = "Reserved bytes are zero up to the page's hash.",
            Base = Empty,
            Mutation = "byte 4063 becomes 1",
            When = Moment.Open,
            Make = m => m.Number(Chart.Identity("reserved after slug").Byte(3487), 1).Mend(0),
        },
        new Rejected("header/one-page", "CART-HDR-009", "container.truncated")
        {
            Title = "Only the identity page is left",
            Why = "A container has at least three pages; without its commit records it has no state.",
            Base = Empty,
            Mutation = "the file is cut to 4096 bytes",
            When = Moment.Open,
            Make = m => m.Cut(Spot.PageSize),
        },
        new Rejected("header/seven-bytes", "CART-HDR-009", "container.truncated")
        {
            Title = "The file ends within the magic number",
            Why = "What is there is right, so the file is a container that was cut, not something else.",
            Base = Empty,
            Mutation = "the file is cut to 7 bytes",
            When = Moment.Open,
            Make = m => m.Cut(7),
        },
        new Rejected("header/no-byte", "CART-HDR-009", "container.truncated")
        {
            Title = "An empty file",
            Why = "A file without a byte is a container that was cut to nothing: a crash of the file system leaves such files.",
            Base = Empty,
            Mutation = "the file is cut to 0 bytes",
            When = Moment.Open,
            Make = m => m.Cut(0),
        },
    ];
}
