using System.Text;
using Cartridge.Reference;

namespace Cartridge.Conformance.Generation;

/// <summary>Chapters 6 and 7: trees of every height, and entries of every kind.</summary>
internal static class CatalogVectors
{
    public static IEnumerable<Source> All =>
    [
        new Accepted("catalog/one-folder", "CART-CAT-013")
        {
            Title = "One folder",
            Why = "The smallest catalog: one node of one cell, and no content tree.",
            Make = c => c.Folder("folder"),
        },
        new Accepted("catalog/entries", "CART-CAT-006", "CART-CAT-022", "CART-CON-003")
        {
            Title = "An entry of each kind",
            Why = "A folder, a file in chunks, a file inline, an empty file and a symbolic link: what most containers are made of.",
            Make = c => c
                .Folder("docs")
                .File("docs/data.bin", seed: 3, length: 5000)
                .Together(() =>
                {
                    EntryMetadata owned = new() { Owner = "ada", Uid = 1000, Gid = 100, Mode = 0x1A0 };
                    c.Container.Write("docs/readme.txt", "Hello, cart!\n"u8, owned);
                    c.Container.Write("empty.txt", []);
                    c.Container.CreateSymbolicLink("latest", "docs/data.bin");
                }),
        },
        new Accepted("catalog/attributes", "CART-CAT-019", "CART-CAT-020", "CART-CAT-021", "CART-CAT-023")
        {
            Title = "A file with attributes of all three kinds and a content hash",
            Why = "Attributes come sorted by kind and name; values of extended attributes are any bytes, others are text.",
            Make = c => c.Container.Write("notes.txt", "Remember the milk.\n"u8, new EntryMetadata
            {
                RecordContentHash = true,
                ContentType = "text/plain; charset=utf-8",
                UserMetadata = Text(("author", "Ada Lovelace"), ("editor", "ἀλήθεια")),
                ExtendedAttributes = new Dictionary<string, byte[]>(StringComparer.Ordinal)
                {
                    ["user.a"] = [],
                    ["user.b"] = [0x00, 0xFF, 0x0A],
                },
            }),
        },
        new Accepted("catalog/long-value", "CART-TRE-009", "CART-BLB-004")
        {
            Title = "A record that is too long for its leaf",
            Why = "With more than 2000 bytes the value of a cell stands in a blob, and the cell holds the reference.",
            Make = c => c
                .Container.Write("annotated.txt", "short\n"u8, new EntryMetadata
                {
                    UserMetadata = Text(("annotation", new string('n', 5000))),
                }),
        },
        new Accepted("catalog/path-of-1152-bytes", "CART-CAT-001")
        {
            Title = "The longest path, of many segments",
            Why = "1152 bytes in 128 segments: depth costs nothing, since parents are implied.",
            Make = c => c.Folder(string.Join('/', Enumerable.Repeat("12345678", 128)) + "9"),
        },
        new Accepted("catalog/normalisation", "CART-CAT-002")
        {
            Title = "One name in two spellings",
            Why = "é is one code point or two; both are there, side by side, because paths are compared byte by byte.",
            Make = c => c.Folder("caf\u00E9").Folder("cafe\u0301"),
        },
        new Accepted("catalog/file-beside-its-folder", "CART-CAT-003", "CART-CAT-102")
        {
            Title = "a beside a/b",
            Why = "Object stores have both. 'a-' sorts between them, for '-' comes before '/': byte order is not the order of folders.",
            Make = c => c.Together(() =>
            {
                c.Container.Write("a", "file\n"u8);
                c.Container.Write("a/b", "below\n"u8);
                c.Container.Write("a-", "between\n"u8);
            }),
        },
        new Accepted("catalog/strange-names", "CART-CAT-003", "CART-CAT-004", "CART-CAT-005")
        {
            Title = "Names that are allowed all the same",
            Why = "Line feeds, blanks, backslashes, three dots, hidden files, a drive letter, emoji and right-to-left text: only "
                + "what the checks name is forbidden.",
            Make = c => c.Together(() =>
            {
                string[] names =
                    ["...", ".hidden", " ", "line\nfeed", "\\server\\share", "C:", "\U0001F5C4\uFE0F", "שלום", "\u0001", "~"];
                foreach (string name in names)
                {
                    c.Container.CreateDirectory(name);
                }
            }),
        },
        new Accepted("catalog/extreme-fields", "CART-CAT-008", "CART-CAT-011")
        {
            Title = "Fields at their ends",
            Why = "Times before 1970 and at both ends of 64 bits, all bits of mode, uid and gid, and an owner's name of 255 bytes.",
            Make = c => c.Together(() =>
            {
                c.Container.Write("high", "x"u8, new EntryMetadata
                {
                    Created = long.MaxValue,
                    Modified = long.MaxValue,
                    Mode = 0xFFF,
                    Uid = uint.MaxValue,
                    Gid = uint.MaxValue,
                    Owner = new string('o', 255),
                });
                c.Container.Write("low", "x"u8, new EntryMetadata { Created = long.MinValue, Modified = -1, Mode = 0 });
            }),
        },
        new Accepted("catalog/symbolic-links", "CART-CAT-022", "CART-CAT-103")
        {
            Title = "Symbolic links of all sorts",
            Why = "A target is kept as it is: absolute, leading out, to nowhere, to itself; of one byte, inline, and of 4095 "
                + "bytes, in a chunk.",
            Make = c => c.Together(() =>
            {
                c.Container.CreateSymbolicLink("absolute", "/etc/hosts");
                c.Container.CreateSymbolicLink("dot", ".");
                c.Container.CreateSymbolicLink("long", new string('t', 4095));
                c.Container.CreateSymbolicLink("nowhere", "no/such/entry");
                c.Container.CreateSymbolicLink("out", "../../outside");
                c.Container.CreateSymbolicLink("self", "self");
            }),
        },
        new Accepted("catalog/renamed-folder", "CART-CAT-104", "CART-CON-003", "CART-COM-119")
        {
            Title = "A folder that was renamed",
            Why = "Everything below it went along in one commit; the files kept their ids, so their chunks stand where they stood.",
            Make = c =>
            {
                c.Folder("old").File("old/chunked.bin", seed: 11, length: 70_000);
                c.Container.Write("old/sub/inline.txt", "short\n"u8);
                c.Container.Move("old", "new");
            },
        },
        new Accepted("catalog/copied-folder", "CART-CAT-104", "CART-CON-001")
        {
            Title = "A folder and its copy",
            Why = "A copy has contents of its own: each file has an id that no other has, and no block has two owners.",
            Make = c =>
            {
                c.Folder("first").File("first/chunked.bin", seed: 12, length: 5000);
                c.Container.Write("first/inline.txt", "short\n"u8);
                c.Container.Copy("first", "second");
            },
        },
        new Accepted("catalog/manifest", "CART-CAT-109")
        {
            Title = "A container with a manifest",
            Why = "A JSON object in a file like any other; slug and title in it are those of the container.",
            Make = c => c.With(builder => builder.Slug("described").Title("Described")).Container.WriteManifest(new CartridgeManifest
            {
                Version = "1.2.3",
                Description = "An example",
                License = "MIT OR Apache-2.0",
                Capabilities = ["read"],
            }),
        },
        new Accepted("commit/transaction", "CART-COM-119", "CART-COM-010")
        {
            Title = "One commit of several operations",
            Why = "A file was written, another replaced, a third deleted and a fourth renamed, and there is one generation more.",
            Make = c => c
                .File("replaced.bin", seed: 13, length: 5000)
                .File("deleted.bin", seed: 14, length: 9000)
                .File("renamed.bin", seed: 15, length: 4096)
                .Together(() =>
                {
                    c.Container.Write("new.bin", c.Bytes(16, 4097));
                    c.Container.Write("replaced.bin", c.Bytes(17, 600));
                    c.Container.Delete("deleted.bin");
                    c.Container.Move("renamed.bin", "name.bin");
                }),
        },
        new Accepted("content/punched", "CART-CON-104", "CART-CON-105")
        {
            Title = "A hole punched into a file",
            Why = "The chunk that lay in it whole is gone; those that it cut into have zeros there.",
            Make = c =>
            {
                c.File("punched.bin", seed: 18, length: 200_000);
                c.Container.PunchHole("punched.bin", 60_000, 80_000);
            },
        },
        new Accepted("catalog/file-of-4096-letters", "CART-CON-003")
        {
            Title = "A text file of exactly one page",
            Why = "The content fills its block; there is no padding.",
            Make = c => c.Container.Write("letters.txt", Encoding.ASCII.GetBytes(new string('l', 4096))),
        },
        new Accepted("tree/one-leaf", "CART-TRE-006", "CART-TRE-011")
        {
            Title = "Three entries in one leaf",
            Why = "Cells are packed from the page's end in the order of their keys.",
            Make = c => c.Together(() =>
            {
                foreach (string name in (string[])["charlie", "alpha", "bravo"])
                {
                    c.Container.CreateDirectory(name);
                }
            }),
        },
        new Accepted("tree/cell-of-2000-bytes", "CART-TRE-008")
        {
            Title = "The largest cell",
            Why = "2000 bytes, with the full key, may stand in a leaf.",
            Make = c => c.Container.CreateDirectory("largest", new EntryMetadata
            {
                // 5 bytes of cell, 7 of key, 49 of record, 2 of count and 7 of attribute are not the value's.
                UserMetadata = Text(("v", new string('v', 2000 - 5 - 7 - 49 - 2 - 7 - 1))),
            }),
        },
        new Accepted("tree/three-levels", "CART-TRE-002", "CART-TRE-012", "CART-TRE-013")
        {
            Title = "A tree of three levels",
            Why = "Long names and long values leave room for two entries in a leaf and for few separators in an interior node.",
            Make = c => c.Together(() =>
            {
                foreach (char letter in "abcdefg")
                {
                    MakeBranch(c.Container, letter);
                }
            }),
        },
    ];

    private static Dictionary<string, string> Text(params IEnumerable<(string Name, string Value)> attributes) =>
        attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value, StringComparer.Ordinal);

    /// <summary>Three folders whose long names differ in their last byte: separators between them are as long.</summary>
    private static void MakeBranch(CartridgeFile container, char letter)
    {
        foreach (char last in "123")
        {
            container.CreateDirectory($"{new string(letter, 800)}/{last}", new EntryMetadata
            {
                UserMetadata = Text(("note", new string(letter, 1100))),
            });
        }
    }
}
