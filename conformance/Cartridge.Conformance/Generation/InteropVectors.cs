using Cartridge.Conformance.Vectors;

namespace Cartridge.Conformance.Generation;

/// <summary>
/// Chapter 14: containers of format 1 that other programs have written. Their bytes are nobody's to make again; they stand in their
/// carthex, and everything else is derived from it.
/// </summary>
internal static class InteropVectors
{
    /// <summary>What offers format 1.</summary>
    public static readonly string[] Features = ["format-1"];

    /// <summary>The key of the encrypted files in all of these containers.</summary>
    public static readonly CaseKey Key = new(Raw: "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    private const string Stale = "space.count-mismatch";
    private const string Path = "catalog.bad-path";

    public static IEnumerable<Source> All =>
    [
        .. Written("0.2.4", [Path, Stale], "CART-ONE-020", ["many16", "meta", "minimal", "nested", "sizes"]),
        .. Written("0.2.6", [Stale], "CART-ONE-020", ["extent300k", "fuses-111", "many16", "meta", "minimal", "nested", "sizes", "snap", "sqlite"]),
        .. Written("0.2.7", null, "CART-ONE-026",
            ["extent1m5", "extent300k", "fuses-111", "killed-rewrite", "meta", "minimal", "nested", "overflow300", "sizes", "snap", "snap-at-v1", "sqlite"]),
        .. Written("0.2.6", [Stale], "CART-ONE-038", ["encrypted"]).Select(source => source with { Keys = Key }),
        .. Written("0.2.7", null, "CART-ONE-038", ["encrypted"]).Select(source => source with { Keys = Key }),
        new Accepted("interop/format-1-before-0-2-4", "CART-ONE-040")
        {
            Title = "A container as versions before 0.2.4 wrote them",
            Why = "They did not write the free blocks of the whole allocator; a reader that demands them cannot read people's oldest files.",
            Features = Features,
            Notes = [Path, Stale],
            Foreign = "Written by cartridge-rs 0.2.4 as its golden container \"many16\"; then, by hand, the last free_blocks of the allocator taken out.",
        },
        new Accepted("interop/format-1-vacuum-log", "CART-ONE-052")
        {
            Title = "A container of format 1 with the log of a vacuum",
            Why = "The log is an ordinary file. This one has an entry, which few have: a vacuum that comes to its end empties its log.",
            Features = Features,
            Foreign = "Written by cartridge-rs 0.2.7 as its golden container \"vacuumed\"; then, by hand, all blocks marked as given out, and an entry put into the log.",
        },
    ];

    private static IEnumerable<Accepted> Written(string version, string[]? notes, string requirement, string[] names) => names.Select(name =>
        new Accepted($"interop/format-1-{version.Replace('.', '-')}-{name}", requirement)
        {
            Title = $"{name}: a container that version {version} of cartridge-rs has written",
            Why = "People have such files. What their own program reads from them, every other reader of format 1 must read as well.",
            Features = Features,
            Notes = notes,
            Foreign = $"Written by cartridge-rs {version}, one of its golden containers; the projection agrees with what that program reads.",
        });
}
