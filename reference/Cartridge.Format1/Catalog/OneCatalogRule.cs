using Cartridge.Reference;

namespace Cartridge.Format1;

/// <summary>The checks of the catalog, in the order of spec/14-format-1.md.</summary>
internal static class OneCatalogRule
{
    public static readonly Rule Json = new("CART-ONE-020", ErrorCode.BadRecord);
    public static readonly Rule Members = new("CART-ONE-021", ErrorCode.BadRecord);
    public static readonly Rule NodeId = new("CART-ONE-022", ErrorCode.BadCell);
    public static readonly Rule Dangling = new("CART-ONE-023", ErrorCode.OutOfRange);
    public static readonly Rule Once = new("CART-ONE-024", ErrorCode.BadLevel);
    public static readonly Rule Unreachable = new("CART-ONE-025", ErrorCode.TreeCountMismatch);
    public static readonly Rule Decode = new("CART-ONE-026", ErrorCode.BadRecord);
    public static readonly Rule Unsorted = new("CART-ONE-027", ErrorCode.Unsorted);
    public static readonly Rule Duplicate = new("CART-ONE-028", ErrorCode.DuplicateKey);
    public static readonly Rule Path = new("CART-ONE-029", ErrorCode.BadPath);
}
