using Cartridge.Conformance.Mending;

namespace Cartridge.Conformance.Generation;

/// <summary>Chapter 7, what no path may be. The base has one entry, a folder, which gets a name that it must not have.</summary>
internal static class PathFaults
{
    public static IEnumerable<Source> All =>
    [
        new Rejected("catalog/path-of-1153-bytes", "CART-CAT-001", "catalog.bad-path")
        {
            Title = "A path of 1153 bytes",
            Why = "A path has at most 1152 bytes, so that two always fit into a node.",
            Base = "catalog/path-of-1152-bytes",
            Mutation = "the path grows by a letter",
            When = Moment.List,
            Make = m => Rename(m, [.. m.Newest.Catalog.Root.Cells[0].Key, (byte)'x']),
        },
        Path("empty", "CART-CAT-001", "An entry without a name", "A path has at least one byte, and no segment is empty.", ""u8)
            .Citing("CART-CAT-003"),
        Path("not-utf8", "CART-CAT-002", "A path with a byte that UTF-8 does not have",
            "Paths are UTF-8, so that every system can show them.", [(byte)'a', 0xFF]),
        Path("overlong-slash", "CART-CAT-002", "A slash in two bytes",
            "C0 AF is an overlong spelling of '/': decoders that take it are led out of the folder they meant.",
            [(byte)'a', 0xC0, 0xAF, (byte)'b']),
        Path("surrogate", "CART-CAT-002", "Half a surrogate pair in a path",
            "ED A0 80 spells a code point that UTF-8 excludes; decoders written by hand let it pass.", [0xED, 0xA0, 0x80]),
        Path("cut-sequence", "CART-CAT-002", "A path that ends within a character",
            "The last byte announces a character of three bytes.", [(byte)'a', 0xE2]),
        Path("leading-slash", "CART-CAT-003", "A path that begins with a slash",
            "Before the slash stands an empty segment; extracted, the path would be an absolute one.", "/etc"u8),
        Path("trailing-slash", "CART-CAT-003", "A path that ends with a slash",
            "After the slash stands an empty segment. A folder's path is its name.", "folder/"u8),
        Path("double-slash", "CART-CAT-003", "Two slashes in a row",
            "Between them stands an empty segment; file systems would take it for a second spelling of one path.", "a//b"u8),
        Path("dot", "CART-CAT-004", "A path that is a dot", "File systems take it for the folder itself.", "."u8),
        Path("dot-segment", "CART-CAT-004", "A dot as a segment",
            "File systems would take it for a second spelling of one path.", "a/./b"u8),
        Path("dot-dot-segment", "CART-CAT-004", "Two dots as a segment",
            "Extracted, the path would lead out of its folder.", "a/../../b"u8),
        Path("dot-dot-at-end", "CART-CAT-004", "Two dots as the last segment",
            "The last segment is a segment like the others.", "a/.."u8),
        Path("nul", "CART-CAT-005", "A NUL in a path", "Systems whose strings end at NUL would see another path.", "a\0b"u8),
    ];

    private static Rejected Path(string slug, string requirement, string title, string why, ReadOnlySpan<byte> path)
    {
        byte[] key = path.ToArray();
        return new Rejected($"catalog/path-{slug}", requirement, "catalog.bad-path")
        {
            Title = title,
            Why = why,
            Base = "catalog/one-folder",
            Mutation = $"'folder' becomes {(key.Length == 0 ? "the empty path" : Convert.ToHexString(key))}",
            When = Moment.List,
            Make = m => Rename(m, key),
        };
    }

    private static void Rename(Mender m, byte[] key)
    {
        NodeChart root = m.Newest.Catalog.Root;
        m.Rebuild(root, "leaf cell: suffix", draft =>
        {
            draft.PrefixLength = 0; // a prefix has its own limit, which is not at stake here
            draft.Change(0, cell => cell with { Key = key });
        }).Mend(root.Page);
    }
}
