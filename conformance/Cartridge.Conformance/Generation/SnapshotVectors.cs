namespace Cartridge.Conformance.Generation;

/// <summary>Chapter 12: snapshots beside a current state. All of them have to be sound, and what the state reaches is their blocks too.</summary>
internal static class SnapshotVectors
{
    /// <summary>
    /// Snapshot 1, hidden; 2 and 3, which descend from it; the current state, which descends from 2; and 4, which is gone.
    /// </summary>
    public const string Family = "snapshot/family";

    /// <summary>A catalog of several nodes, of which a snapshot shares all but one.</summary>
    public const string Wide = "snapshot/shared-nodes";

    public static IEnumerable<Source> All =>
    [
        new Accepted("snapshot/one", "CART-SNP-001", "CART-SNP-003", "CART-SNP-005", "CART-SNP-007", "CART-SNP-013", "CART-COM-023")
        {
            Title = "One snapshot",
            Why = "The file was written again after the snapshot was made: its old content is the snapshot's alone, and is no free space.",
            Make = c => Snapshot(c.File("log.bin", seed: 1, length: 5_000), "Montag, früh").File("log.bin", seed: 2, length: 5_000),
        },
        new Accepted("snapshot/of-nothing", "CART-PAG-013", "CART-SNP-009", "CART-SNP-015")
        {
            Title = "A snapshot of an empty container, and an empty state that descends from a full snapshot",
            Why = "Empty trees have no reference; a snapshot of them shares nothing.",
            Make = c =>
            {
                Snapshot(c, "empty").File("a.bin", seed: 3, length: 600);
                Snapshot(c, "full").Container.Delete("a.bin");
            },
        },
        new Accepted(Family, "CART-SNP-004", "CART-SNP-006", "CART-SNP-008", "CART-SNP-010", "CART-SNP-011", "CART-SNP-012", "CART-SNP-014", "CART-SNP-015", "CART-PAG-002")
        {
            Title = "Snapshots that share a hidden one",
            Why = "The first snapshot was deleted while two descend from it, so it stays, hidden: its trees say whose the blocks are that both share.",
            Make = MakeFamily,
        },
        new Accepted("snapshot/restored", "CART-SNP-013", "CART-SNP-015", "CART-LIF-124")
        {
            Title = "A snapshot that has just been restored",
            Why = "The current state has the snapshot's very trees; every block of theirs has one owner all the same.",
            Make = c =>
            {
                Snapshot(c.File("a.bin", seed: 4, length: 5_000), "before").File("b.bin", seed: 5, length: 5_000);
                c.Container.RestoreSnapshot("before");
            },
        },
        new Accepted("snapshot/compacted", "CART-LIF-130", "CART-LIF-131", "CART-SNP-005", "CART-SNP-015")
        {
            Title = "Snapshots in a container that was compacted",
            Why = "What was moved has kept its birth, and was moved under all roots at once: it is shared as it was before.",
            Make = c =>
            {
                foreach (string name in (string[])["gone-1.bin", "gone-2.bin", "kept-1.bin", "kept-2.bin"])
                {
                    c.File(name, seed: name[5], length: 40_000);
                }

                Snapshot(c, "kept").Container.Delete("kept-2.bin");
                c.Container.DeleteSnapshot("kept");
                c.Container.Delete("gone-1.bin");
                c.Container.Delete("gone-2.bin");
                Snapshot(c, "left").File("new.bin", seed: 9, length: 5_000);
                while (!c.Container.Compact().IsComplete)
                {
                    // One step may not be all.
                }
            },
        },
        new Accepted(Wide, "CART-SNP-015", "CART-TRE-012", "CART-TRE-013")
        {
            Title = "Snapshots that share nodes of a catalog",
            Why = "Long paths make a catalog of several nodes. What the second snapshot and the current state have not changed they share with the first, node by node.",
            Make = c =>
            {
                c.Together(() =>
                {
                    foreach (char letter in "abcdef")
                    {
                        c.Container.Write($"{letter}/{new string(letter, 1_000)}", [(byte)letter]);
                    }
                });
                Snapshot(c, "first").Container.Write("f/changed", "f"u8);
                Snapshot(c, "second").Container.RestoreSnapshot("first");
                c.Container.Write("f/changed", "g"u8);
            },
        },
    ];

    /// <summary>Makes a snapshot.</summary>
    internal static Maker Snapshot(Maker c, string name)
    {
        c.Container.CreateSnapshot(name);
        return c;
    }

    private static void MakeFamily(Maker c)
    {
        Snapshot(c.File("a.bin", seed: 10, length: 5_000), "winter").File("b.bin", seed: 11, length: 5_000);
        Snapshot(c, "spring").Container.RestoreSnapshot("winter");
        Snapshot(c.File("c.bin", seed: 12, length: 5_000), "summer").Container.DeleteSnapshot("winter");
        Snapshot(c, "autumn").Container.DeleteSnapshot("autumn");
        c.Container.RestoreSnapshot("spring");
        c.File("d.bin", seed: 13, length: 5_000);
    }
}
