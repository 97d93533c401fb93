using static Cartridge.Formats.Walk.Check;

namespace Cartridge.Formats.Walk;

/// <summary>The keys of the catalog tree.</summary>
internal static class CatalogPath
{
    private const int MaxLength = 1152;

    /// <summary>Checks a path and decodes it.</summary>
    internal static string Decode(byte[] key, ulong page)
    {
        Require(key.Length is >= 1 and <= MaxLength, "CART-CAT-001", "catalog.bad-path", page,
            $"a path has {key.Length} bytes");
        Require(Utf8Text.IsValid(key), "CART-CAT-002", "catalog.bad-path", page,
            $"the path {Convert.ToHexStringLower(key)} is not UTF-8");
        string path = Utf8Text.Decode(key);
        string[] segments = path.Split('/');
        Require(!segments.Contains(""), "CART-CAT-003", "catalog.bad-path", page,
            $"the path '{path}' has an empty segment");
        Require(!segments.Any(segment => segment is "." or ".."), "CART-CAT-004", "catalog.bad-path", page,
            $"the path '{path}' has a segment of dots");
        Require(!path.Contains('\0'), "CART-CAT-005", "catalog.bad-path", page,
            $"the path '{path}' has a NUL");
        return path;
    }
}
