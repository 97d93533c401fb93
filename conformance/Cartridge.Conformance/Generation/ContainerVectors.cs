using Cartridge.Conformance.Mending;

namespace Cartridge.Conformance.Generation;

/// <summary>Chapters 2 and 4: containers as such, their records, and records that tore.</summary>
internal static class ContainerVectors
{
    private const string Empty = "container/empty";

    public static IEnumerable<Source> All =>
    [
        new Accepted(Empty, "CART-HDR-001", "CART-HDR-002", "CART-HDR-003", "CART-HDR-004", "CART-HDR-009", "CART-COM-010")
        {
            Title = "An empty container",
            Why = "Three pages, title and all: what every container begins as.",
            Make = c => c.With(builder => builder.Slug("empty")),
        },
        new Accepted("container/one-letter-slug", "CART-HDR-007")
        {
            Title = "The shortest slug",
            Why = "A slug of one letter begins and ends with the same letter.",
            Make = c => c.With(builder => builder.Slug("a")),
        },
        new Accepted("container/titled", "CART-COM-025", "CART-COM-026")
        {
            Title = "A title in several scripts",
            Why = "Titles are UTF-8, byte for byte as they were given: nothing is normalised or trimmed.",
            Make = c => c.With(builder => builder.Slug("titled").Title("Grüße, 世界 \U0001F5C4")),
        },
        new Accepted("container/longest-names", "CART-HDR-007", "CART-COM-025")
        {
            Title = "A slug and a title of 255 bytes each",
            Why = "Both fields are full: no byte ends them but the field's own end.",
            Make = c => c.With(builder => builder
                .Slug($"a{new string('-', 253)}0")
                .Title(string.Concat(Enumerable.Repeat("é", 127)) + "!")),
        },
        new Accepted("container/initial-blocks", "CART-COM-015", "CART-SPC-004")
        {
            Title = "Room for five blocks from the beginning",
            Why = "Free blocks in the first records, which no commit has touched yet, are reusable at once.",
            Make = c => c.With(builder => builder.Slug("roomy").InitialBlocks(8).MaxBlocks(8).GrowthThreshold(0)),
        },
        new Accepted("commit/newest-in-page-1", "CART-COM-009", "CART-COM-010")
        {
            Title = "The newest record stands in page 1",
            Why = "Even generations stand in page 1: which record is the newest is said by the generation, not by the place.",
            Make = c => c.Folder("one"),
        },
        new Accepted("commit/newest-in-page-2", "CART-COM-009", "CART-COM-010")
        {
            Title = "The newest record stands in page 2",
            Why = "Odd generations stand in page 2.",
            Make = c => c.Folder("one").Folder("two"),
        },
        new Accepted("commit/torn-odd-record", "CART-COM-001", "CART-COM-010", "CART-COM-101")
        {
            Title = "The newest record, in page 2, is torn",
            Why = "Power failed while the record was written: its first sector is missing. The older state is whole, and is the state.",
            Base = Empty,
            Mutation = "the page's first 512 bytes become zero",
            Vary = m => TearFirstSector(m, 2),
            Warnings = ["page.bad-type"],
            Should = "CART-COM-101",
        },
        new Accepted("commit/torn-newest-record", "CART-COM-002", "CART-COM-010", "CART-COM-101")
        {
            Title = "The newest of several commits is torn",
            Why = "The older record's state is complete, with all that was in it before the torn commit: its blocks were not reused yet.",
            Base = "commit/newest-in-page-2",
            Mutation = "the page's last byte changes",
            Vary = m => TearLastSectors(m, 2),
            Warnings = ["page.checksum-mismatch"],
            Should = "CART-COM-101",
        },
        new Accepted("commit/torn-older-record", "CART-COM-002", "CART-COM-010", "CART-COM-101")
        {
            Title = "The older record is damaged",
            Why = "The newest record needs no help; that its predecessor is gone is worth a warning, because the next torn commit "
                + "would find nothing.",
            Base = "commit/newest-in-page-2",
            Mutation = "the page's last byte changes",
            Vary = m => TearLastSectors(m, 1),
            Warnings = ["page.checksum-mismatch"],
            Should = "CART-COM-101",
        },
        new Accepted("commit/older-state-damaged", "CART-PAG-004", "CART-COM-118")
        {
            Title = "A block that only the older state reaches is damaged",
            Why = "The newest state is whole. What nobody but the older record refers to may be reported, and is no fault of the "
                + "container.",
            Base = "commit/newest-in-page-2",
            Mutation = "a bit of the older catalog's root is flipped and no hash is mended",
            Vary = m => m.Flip(m.Chart.States[1].Catalog.Root.Gap.Byte(0)),
            Warnings = ["page.checksum-mismatch"],
            Should = "CART-COM-118",
        },
        new Accepted("commit/unknown-compatible-feature", "CART-COM-013")
        {
            Title = "A feature bit that old readers and writers may ignore",
            Why = "Compatible features are for what does no harm when it is not known.",
            Base = Empty,
            Vary = m => m.Number(m.Newest["compatible features"], 1UL << 63).Mend(m.Newest.Page),
        },
        new Accepted("commit/unknown-read-only-compatible-feature", "CART-COM-014")
        {
            Title = "A feature bit that old readers may ignore",
            Why = "Reading works as ever; a writer that does not know the feature would destroy what it says, and must not write.",
            Base = "catalog/entries",
            Mutation = "bit 63 is set",
            Vary = m => m.Number(m.Newest["read-only-compatible features"], 1UL << 63).Mend(m.Newest.Page),
            Notes = ["container.unknown-feature"],
        },
        new Accepted("commit/file-longer-than-total-blocks", "CART-COM-016")
        {
            Title = "The file is longer than the container",
            Why = "A commit that failed after the file had grown leaves such files, and not of whole pages either. What stands "
                + "behind the last block means nothing.",
            Base = "catalog/entries",
            Vary = m => m.Append([.. Enumerable.Repeat((byte)0xEE, 100)], "behind the last block"),
        },
    ];

    /// <summary>What a lost first sector leaves: the page as if the write had begun at its second.</summary>
    private static void TearFirstSector(Mender m, long page)
    {
        Spot sector = new(page, 0, 512, "commit record: first sector");
        m.Set(sector, new byte[sector.Length]);
    }

    /// <summary>What lost last sectors leave: here a bit of the free map's area, which the hash covers.</summary>
    private static void TearLastSectors(Mender m, long page) => m.Flip(new Spot(page, 4095, 1, "commit record: last sector"));
}
