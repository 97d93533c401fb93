namespace Cartridge.Conformance.Vectors;

/// <summary>
/// A container written as text that diffs well: page by page, 32 bytes a line, lines of zeros left out, bulk bytes by the name of
/// their generator, and a variation of another vector as the lines in which it differs. <c>conformance/README.md</c> defines it.
/// </summary>
/// <example><code>
/// carthex 1
/// length 12288
/// @0 identity
/// 000: 43415254 00030d0a 03000000 00100000 c0ffee00 00000000 00000000 00000000
/// @3 chunk:bulk.bin#0
/// 000: gen(7, 4096)
/// </code></example>
internal static partial class CartHex
{
    /// <summary>The first line of every file: the notation's name and version.</summary>
    public const string Heading = "carthex 1";

    private const int PageSize = 4096;
    private const int LineSize = 32;
    private const int GroupSize = 4;
}

/// <summary>The text is not carthex: the line and what is wrong with it.</summary>
internal sealed class CartHexException(int line, string message) : FormatException($"carthex, line {line}: {message}")
{
    /// <summary>Lines are counted from 1.</summary>
    public int Line { get; } = line;
}
