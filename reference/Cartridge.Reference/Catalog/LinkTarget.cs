namespace Cartridge.Reference;

/// <summary>The target of a symbolic link: text that nobody interprets here (spec/07-catalog.md, "Types").</summary>
internal static class LinkTarget
{
    /// <summary>Checks a target.</summary>
    public static bool Check(ReadOnlySpan<byte> target, Place at, Checker c) =>
        c.Skips(CatalogRule.LinkTarget) || (IsLength(target.Length) && Text.IsUtf8(target) && !target.Contains((byte)0))
        || c.Fault(CatalogRule.LinkTarget, at, $"the target of the symbolic link is not 1 to {Format.MaxLinkTarget} bytes of UTF-8 without NUL");

    /// <summary>Checks a target that need not be fetched to be judged: one of an impossible length.</summary>
    public static bool CheckLength(long length, Place at, Checker c) => IsLength(length) || (Check([], at, c) && false);

    private static bool IsLength(long length) => length is >= 1 and <= Format.MaxLinkTarget;
}
