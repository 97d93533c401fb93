using Cartridge.Reference;

namespace Cartridge.Format1;

/// <summary>The checks of entries and their content, in the order of spec/14-format-1.md.</summary>
internal static class OneEntryRule
{
    public static readonly Rule Type = new("CART-ONE-030", ErrorCode.BadRecord);
    public static readonly Rule Directory = new("CART-ONE-031", ErrorCode.BadRecord);
    public static readonly Rule BlockRange = new("CART-ONE-032", ErrorCode.OutOfRange);
    public static readonly Rule TooFewBlocks = new("CART-ONE-033", ErrorCode.ContentSizeMismatch);
    public static readonly Rule TooManyBlocks = new("CART-ONE-034", ErrorCode.ContentSizeMismatch);
    public static readonly Rule Shared = new("CART-ONE-035", ErrorCode.ClaimedTwice);
    public static readonly Rule ContentHash = new("CART-ONE-036", ErrorCode.ContentChecksumMismatch);
    public static readonly Rule EncryptedSize = new("CART-ONE-037", ErrorCode.BadParameters);
    public static readonly Rule Authentic = new("CART-ONE-038", ErrorCode.AuthFailed);
}
