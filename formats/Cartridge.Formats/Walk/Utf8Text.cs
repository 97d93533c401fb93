using System.Text;
using System.Text.Unicode;

namespace Cartridge.Formats.Walk;

/// <summary>UTF-8 that is taken as it is or not at all: nothing is replaced and nothing is normalised.</summary>
internal static class Utf8Text
{
    internal static bool IsValid(ReadOnlySpan<byte> bytes) => Utf8.IsValid(bytes);

    /// <summary>The text of bytes that are valid.</summary>
    internal static string Decode(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
