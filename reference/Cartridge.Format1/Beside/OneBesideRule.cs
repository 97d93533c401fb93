using Cartridge.Reference;

namespace Cartridge.Format1;

/// <summary>The checks of manifest, vacuum log and snapshot folders, in the order of spec/14-format-1.md.</summary>
internal static class OneBesideRule
{
    public static readonly Rule Manifest = new("CART-ONE-050", ErrorCode.BadRecord);
    public static readonly Rule LogHeader = new("CART-ONE-051", ErrorCode.BadCell);
    public static readonly Rule LogEntry = new("CART-ONE-052", ErrorCode.PageChecksumMismatch);
    public static readonly Rule SnapshotMetadata = new("CART-ONE-053", ErrorCode.SnapshotBadRecord);
    public static readonly Rule SnapshotPages = new("CART-ONE-054", ErrorCode.SnapshotBadRecord);
}
