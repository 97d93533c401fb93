using Cartridge.Reference;

namespace Cartridge.Codecs;

/// <summary>
/// The codecs of this library, ready to be given to <see cref="OpenOptions.Codecs"/>. Where the system lacks a library, its
/// codec says so (<see cref="IContentCodec.IsAvailable"/>) and the engine answers <c>codec.unavailable</c> for what needs it.
/// </summary>
public static class SystemCodecs
{
    /// <summary>LZ4 and Zstandard.</summary>
    public static IReadOnlyList<IContentCodec> All { get; } = [new Lz4Codec(), new ZstandardCodec()];
}
