namespace Cartridge.Reference.Tests.Verify;

/// <summary>The free map and the counts.</summary>
internal static class SpaceCases
{
    public static Dictionary<string, Case> All { get; } = new()
    {
        ["CART-SPC-001"] = new("roomy", d => d.SetMap((3, 5, 0), (7, 8, 0)).Plus(20)) { AloneStands = false },
        ["CART-SPC-001 order"] = new("roomy", d => d.SetMap((8, 8, 0), (3, 5, 0)).Plus(20)) { AloneStands = false },
        ["CART-SPC-002"] = new("roomy", d => d.SetMap((3, 0, 0), (3, 13, 0))),
        ["CART-SPC-002 low"] = new("roomy", d => d.SetMap((2, 1, 0), (3, 12, 0))) { AloneStands = false },
        ["CART-SPC-002 high"] = new("roomy", d => d.SetMap((3, 12, 0), (16, 1, 0)).Plus(20)) { AloneStands = false },
        ["CART-SPC-002 far"] = new("roomy", d =>
        {
            var spot = d.SetMap((3, 13, 0), (ulong.MaxValue, uint.MaxValue, 0)).Plus(20);
            d.Newest.At(160).U64(13);
            return spot;
        }),
        ["CART-SPC-003"] = new("roomy", d => d.SetMap((3, 13, d.Generation + 1))),
        ["CART-SPC-004"] = new("roomy", d => d.Newest.At(160).Add(-1)),
        ["CART-SPC-005"] = new("small", d =>
        {
            // A block before the last extent, which is in use, is free as well.
            var map = d.Map();
            var (start, length, freedIn) = map[^1];
            d.SetMap([.. map[..^1], (start - 1, length + 1, freedIn)]);
            return d.Page(start - 1).Whole();
        }),
        ["CART-SPC-006"] = new("small", d =>
        {
            var map = d.Map();
            var (start, length, freedIn) = map[^1];
            d.SetMap([.. map[..^1], (start, length - 2, freedIn)]);
            return d.Page(start + length - 2).Whole();
        }),
        ["CART-SPC-006 middle"] = new("roomy", d => { d.SetMap((3, 5, 0), (9, 7, 0)); return d.Page(8).Whole(); }),
        ["CART-SPC-007"] = new("mapless", d => d.Newest.At(160).Add(-1)),
        ["CART-SPC-008"] = new("small", d =>
        {
            var map = d.Map();
            var at = map.FindIndex(extent => extent.FreedIn == d.Generation);
            var (start, length, _) = map[at];
            map[at] = (start, length, d.Generation - 1);
            d.SetMap([.. map]);
            return d.Page(start).Whole();
        }),
        ["CART-SPC-009"] = new("roomy", d => d.Newest.At(1786).U16(116)) { AloneStands = false },
        ["CART-SPC-009 blob"] = new("fragmented", d =>
        {
            // One byte less; the last byte of the last stamp is zero, as padding has to be.
            var length = d.Newest.At(1792).Number16() - 1;
            d.Newest.At(1796).U16((ushort)length);
            return d.Newest.At(1792).U16((ushort)length);
        })
        { AloneStands = false },
    };
}
