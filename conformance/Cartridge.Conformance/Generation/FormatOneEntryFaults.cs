using System.Text;
using Cartridge.Conformance.Mending;
using static Cartridge.Conformance.Generation.FormatOneFaults;

namespace Cartridge.Conformance.Generation;

/// <summary>Chapter 14: one vector and more for each check of the catalog, of entries and of what stands beside them.</summary>
internal static class FormatOneEntryFaults
{
    private const string Json = "interop/format-1-0-2-6-minimal";
    private const string JsonTree = "interop/format-1-0-2-6-many16";
    private const string Sizes = "interop/format-1-0-2-7-sizes";
    private const string Meta = "interop/format-1-0-2-7-meta";
    private const string Encrypted = "interop/format-1-0-2-7-encrypted";
    private const string Log = "interop/format-1-vacuum-log";
    private const string Manifest = ".cartridge/manifest.json";
    private const string Secret = "secret/a.bin";

    public static IEnumerable<Source> All =>
    [
        Bad("json-cut", 20, "catalog.bad-record", Moment.List, "the JSON catalog ends after 300 bytes",
            "A full page was cut by its writer without a word; its own program cannot open the file any more.",
            m => m.Set(new Spot(1, 300, 1, "page 1: JSON"), 0), Json),
        Bad("json-members", 21, "catalog.bad-record", Moment.List, "the member nodes is called nodez",
            "A catalog without nodes is not an empty one.", Text("\"nodes\"", "\"nodez\""), Json),
        Bad("json-page-id", 22, "tree.bad-cell", Moment.Verify, "node 1 says that it is node 2",
            "Programs go by either number.", Text("\"page_id\":1", "\"page_id\":2"), Json),
        Bad("json-next-leaf", 23, "page.out-of-range", Moment.Verify, "the leaf is followed by a leaf 9999",
            "A scan along the leaves ends nowhere.", Text("\"next_leaf\":null", "\"next_leaf\":9999"), Json),
        Bad("json-cycle", 24, "tree.bad-level", Moment.Verify, "the last leaf is followed by itself",
            "A scan along the leaves never ends.", Text("\"next_leaf\":null", "\"next_leaf\":   2"), JsonTree),
        Bad("json-ring", 24, "tree.bad-level", Moment.Verify, "the last leaf is followed by the first",
            "Each leaf follows one other, and a scan along them never ends.", Text("\"next_leaf\":null", "\"next_leaf\":   1"), JsonTree),
        Bad("json-unreachable", 25, "tree.count-mismatch", Moment.Verify, "the first leaf is named as the root",
            "What a lookup cannot reach is still listed, and half of the programs will miss it.", Text("\"root_page\":3", "\"root_page\":1"), JsonTree),
        Bad("entry-count", 26, "catalog.bad-record", Moment.List, "three entries are said to follow where there are two",
            "A count beyond the data must be refused before anything is made of it.", m => m.Number(OneSpots.Data(1, 8, 8, "catalog: entries"), 3)),
        Bad("unsorted", 27, "tree.unsorted", Moment.Verify, "the first path begins with z",
            "A program that looks for a path by halves does not find it.", m => m.Set(OneSpots.Path(m.Bytes, ".cartridge").Byte(0), (byte)'z')),
        Bad("duplicate", 28, "tree.duplicate-key", Moment.Verify, "s/1.bin is called s/0.bin as well",
            "Which of the two is meant, nobody can say.", m => m.Set(OneSpots.Path(m.Bytes, "s/1.bin").Byte(2), (byte)'0'), Sizes),
        Remark("path", 29, ["catalog.bad-path"], "the first path ends in a slash",
            "Paths are whatever was passed in; format 3 could not have this one.", m => m.Set(OneSpots.Path(m.Bytes, ".cartridge").Byte(9), (byte)'/')),

        Bad("type-3", 30, "catalog.bad-record", Moment.List, "the type of the first entry becomes 3",
            "0, 1 and 2 are known.", m => m.Number(OneSpots.Entry(m.Bytes, ".cartridge", 0, 4, "type"), 3)),
        Bad("directory-with-size", 31, "catalog.bad-record", Moment.Verify, "a directory has one byte",
            "Nobody could read it.", m => m.Number(OneSpots.Entry(m.Bytes, ".cartridge", 4, 8, "size"), 1)),
        Bad("block-out-of-range", 32, "page.out-of-range", Moment.Read(Manifest), "a block becomes 1000000",
            "There is no such block.", m => m.Number(OneSpots.Entry(m.Bytes, Manifest, 20, 8, "blocks"), 1_000_000)),
        Bad("too-few-blocks", 33, "content.size-mismatch", Moment.Read(Manifest), "a size of 5000 bytes with one block",
            "What is missing cannot be made up.", m => m.Number(OneSpots.Entry(m.Bytes, Manifest, 4, 8, "size"), 5000)),
        Bad("too-many-blocks", 34, "content.size-mismatch", Moment.Verify, "a size of 4096 bytes with two blocks",
            "The content reads; the second block serves nobody.", m => m.Number(OneSpots.Entry(m.Bytes, "s/8192.bin", 4, 8, "size"), 4096), Sizes),
        Bad("shared-block", 35, "page.claimed-twice", Moment.Verify, "s/1.bin has the block of the manifest",
            "One of the two was overwritten by the other.", m => m.Number(OneSpots.Entry(m.Bytes, "s/1.bin", 20, 8, "blocks"), 3), Sizes),
        Bad("content-hash", 36, "content.checksum-mismatch", Moment.Read("page.html"), "the first byte of the content changes",
            "The catalog records another hash.", m => m.Flip(new Spot(4, 0, 1, "content of page.html")), Meta),
        Bad("encrypted-size", 37, "crypto.bad-parameters", Moment.Read(Secret), "encrypted_size becomes 5029",
            "The nonce and the tag take 28 bytes, no more and no less.", Text("5028", "5029"), Encrypted) with { Keys = InteropVectors.Key },
        Bad("encrypted-content", 38, "crypto.auth-failed", Moment.Read(Secret), "a byte of the ciphertext changes",
            "Nothing of what comes out may be handed out.", m => m.Flip(new Spot(5, 100, 1, "content of secret/a.bin: ciphertext")), Encrypted)
            with { Keys = InteropVectors.Key },

        Remark("manifest", 50, ["catalog.bad-record"], "the manifest does not begin with a brace",
            "It is an ordinary file, and nothing else depends on it.", m => m.Set(new Spot(3, 0, 1, "content of .cartridge/manifest.json"), (byte)'[')),
        Remark("log-header", 51, ["tree.bad-cell"], "the magic of the log is damaged",
            "It is an ordinary file, and no reader needs it.", m => m.Flip(new Spot(4, 0, 1, "vacuum log header: magic")), Log),
        Remark("log-entry", 52, ["page.checksum-mismatch"], "an entry of the log is damaged",
            "It is an ordinary file, and no reader needs it.", m => m.Flip(new Spot(4, 32, 1, "vacuum log entry: sequence")), Log),
    ];

    private static Action<Mender> Text(string text, string other) => m => m.Set(OneSpots.Text(m.Bytes, 1, text), Encoding.UTF8.GetBytes(other));
}
