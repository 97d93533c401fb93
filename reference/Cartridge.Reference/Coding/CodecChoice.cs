using System.Globalization;

namespace Cartridge.Reference;

/// <summary>How content is wanted to be stored. Whatever is wanted, a chunk that does not get shorter by a page is stored as it is.</summary>
public readonly record struct CodecChoice
{
    /// <summary>The highest level that may be asked for; a codec whose levels end earlier takes its highest.</summary>
    public const int MaxLevel = 22;

    private CodecChoice(byte codec, byte level) => (Codec, Level) = (codec, level);

    /// <summary>As it is.</summary>
    public static CodecChoice None => default;

    /// <summary>The codec: one of <see cref="CodecId"/>.</summary>
    public byte Codec { get; }

    /// <summary>How hard to try, 1 to 22; 0 is the codec's own default.</summary>
    public byte Level { get; }

    /// <summary>Chooses LZ4: quick in both directions.</summary>
    /// <param name="level">0 to 22; from 3 on it is the slower, denser way of writing.</param>
    /// <returns>The choice.</returns>
    /// <exception cref="CartridgeException"><c>api.bad-argument</c>: no such level.</exception>
    public static CodecChoice Lz4(int level = 0) => Of(CodecId.Lz4, level);

    /// <summary>Chooses Zstandard: denser, and still quick to read.</summary>
    /// <param name="level">0 to 22.</param>
    /// <returns>The choice.</returns>
    /// <exception cref="CartridgeException"><c>api.bad-argument</c>: no such level.</exception>
    public static CodecChoice Zstandard(int level = 0) => Of(CodecId.Zstandard, level);

    /// <summary>Chooses by number.</summary>
    /// <param name="codec">One of <see cref="CodecId"/>.</param>
    /// <param name="level">0 to 22; 0 without a codec.</param>
    /// <returns>The choice.</returns>
    /// <exception cref="CartridgeException"><c>api.bad-argument</c>: no such codec or level.</exception>
    public static CodecChoice Of(byte codec, int level = 0)
    {
        if (codec > CodecId.Zstandard)
        {
            throw new CartridgeException(ErrorCode.BadArgument, $"There is no codec {codec}; 0 (none), 1 (LZ4) and 2 (Zstandard) are known.");
        }

        return level is >= 0 and <= MaxLevel && (codec != CodecId.None || level == 0)
            ? new CodecChoice(codec, (byte)level)
            : throw new CartridgeException(ErrorCode.BadArgument, $"A level of {level} for the codec {CodecId.NameOf(codec)}; a codec has levels up to {MaxLevel}, none has none.");
    }

    /// <summary>The choice that two fields hold, whose values were checked; what no choice can be becomes none.</summary>
    internal static CodecChoice FromFields(byte codec, byte level) =>
        codec is CodecId.Lz4 or CodecId.Zstandard ? new CodecChoice(codec, Math.Min(level, (byte)MaxLevel)) : None;

    /// <summary>Understands <c>none</c>, <c>lz4</c>, <c>zstd</c>, the latter two with a colon and a level if wanted.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The choice.</returns>
    /// <exception cref="CartridgeException"><c>api.bad-argument</c>: no codec is called so, or it has no such level.</exception>
    public static CodecChoice Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? text : text[..colon];
        var level = 0;
        var isLevel = colon < 0 || int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out level);
        for (var codec = CodecId.None; codec <= CodecId.Zstandard && isLevel; codec++)
        {
            if (name == CodecId.NameOf(codec))
            {
                return Of(codec, level);
            }
        }

        throw new CartridgeException(ErrorCode.BadArgument, $"\"{text}\" is no codec; none, lz4 and zstd are, the latter two also as lz4:LEVEL and zstd:LEVEL.");
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Level == 0 ? CodecId.NameOf(Codec) : string.Create(CultureInfo.InvariantCulture, $"{CodecId.NameOf(Codec)}:{Level}");
}
