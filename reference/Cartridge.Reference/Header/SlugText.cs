using System.Buffers;
using System.Text;

namespace Cartridge.Reference;

/// <summary>
/// The name a container is filed under: lower-case letters, digits and inner hyphens, so that it serves in a file name,
/// an address and a command line without quoting.
/// </summary>
internal static class SlugText
{
    private static readonly SearchValues<byte> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-"u8);

    /// <summary><c>[a-z0-9]([a-z0-9-]*[a-z0-9])?</c>, 1 to 255 bytes.</summary>
    public static bool IsValid(ReadOnlySpan<byte> slug) =>
        slug.Length is > 0 and <= Format.MaxShortText
        && slug[0] != (byte)'-'
        && slug[^1] != (byte)'-'
        && slug.IndexOfAnyExcept(Allowed) < 0;

    /// <summary>The slug's bytes, or an error that says what a slug is.</summary>
    public static byte[] Encode(string slug)
    {
        ArgumentNullException.ThrowIfNull(slug);
        var bytes = Encoding.UTF8.GetBytes(slug);
        return IsValid(bytes)
            ? bytes
            : throw new CartridgeException(
                ErrorCode.BadArgument,
                $"\"{slug}\" is no slug: 1 to 255 of a-z, 0-9 and '-', neither beginning nor ending with '-'.");
    }
}
