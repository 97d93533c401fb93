using Cartridge.Conformance.Mending;

namespace Cartridge.Conformance.Generation;

/// <summary>Chapter 9: the free map in each of its forms.</summary>
internal static class SpaceVectors
{
    private const string Several = "space/several-extents";
    private const ulong Absent = 0;
    private const ulong InBlob = 2;

    public static IEnumerable<Source> All =>
    [
        new Accepted("space/free-at-the-end", "CART-SPC-002", "CART-SPC-006")
        {
            Title = "Free blocks up to the container's end",
            Why = "The last extent ends where the container does.",
            Make = c => c.With(builder => builder.InitialBlocks(12).GrowthThreshold(0)).Folder("one"),
        },
        new Accepted(Several, "CART-SPC-001", "CART-SPC-003", "CART-SPC-005", "CART-SPC-008")
        {
            Title = "Several extents, freed at several times",
            Why = "Blocks that only the older state reaches bear the newest generation as their stamp; others may be reused.",
            Make = c =>
            {
                c.With(builder => builder.InitialBlocks(24).GrowthThreshold(0));
                foreach (string name in (string[])["a", "b", "c", "d", "e"])
                {
                    c.File($"{name}.bin", seed: name[0], length: 4096);
                }

                c.Container.Delete("b.bin");
                c.Container.Delete("d.bin");
            },
        },
        new Accepted("space/absent-map", "CART-SPC-007")
        {
            Title = "No free map",
            Why = "A writer that was killed leaves none; the free blocks are those that no tree reaches.",
            Base = Several,
            Vary = m =>
            {
                m.Number(m.Newest["free map kind"], Absent).Number(m.Newest["extent count"], 0);
                m.Set(m.Newest["free map area"], new byte[m.Newest["free map area"].Length]).Mend(m.Newest.Page);
            },
        },
        new Accepted("space/blob-map", "CART-SPC-009", "CART-BLB-004")
        {
            Title = "The free map in a blob",
            Why = "A map of more than 115 extents does not fit into the record; a shorter one may stand in a blob as well.",
            Base = Several,
            Vary = MoveMapToBlob,
        },
    ];

    /// <summary>The map's block is a new one behind the last, so the extents stay as they are.</summary>
    private static void MoveMapToBlob(Mender m)
    {
        StateChart state = m.Newest;
        Spot area = state["free map area"];
        byte[] extents = area.Slice(0, state.Extents * Layouts.Extent.Length).In(m.Bytes).ToArray();
        long page = m.Append(extents, "free map");
        byte[] reference = HandMade.BlobReference(extents, page, state.Generation);
        m.Number(state["free map kind"], InBlob).Number(state["extent count"], 0).Add(state["total blocks"], 1);
        m.Set(area, [.. reference, .. new byte[area.Length - reference.Length]]).Mend(state.Page);
    }
}
