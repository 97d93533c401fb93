namespace Cartridge.Reference;

/// <summary>The ways in which content may be stored, as a blob reference names them (spec/10-codecs.md).</summary>
public static class CodecId
{
    /// <summary>As it is.</summary>
    public const byte None = 0;

    /// <summary>One LZ4 block.</summary>
    public const byte Lz4 = 1;

    /// <summary>One Zstandard frame.</summary>
    public const byte Zstandard = 2;

    /// <summary>A codec's name.</summary>
    /// <param name="codec">The codec.</param>
    /// <returns><c>none</c>, <c>lz4</c>, <c>zstd</c>; the number of any other.</returns>
    public static string NameOf(byte codec) => codec switch
    {
        None => "none",
        Lz4 => "lz4",
        Zstandard => "zstd",
        _ => codec.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
