using System.Buffers;

namespace Cartridge.Reference;

/// <summary>
/// A codec as the engine uses it: bytes in, bytes out. All that the format demands beyond that, of lengths and of frames, the
/// engine checks itself, so that any library can stand behind this. Members may be called from several threads at once.
/// </summary>
public interface IContentCodec
{
    /// <summary>Which codec it is, one of <see cref="CodecId"/> but 0.</summary>
    byte Id { get; }

    /// <summary>Whether it can be used here: its library, if it needs one, was found.</summary>
    bool IsAvailable { get; }

    /// <summary>Encodes content into one LZ4 block, or one Zstandard frame that states the length of the content.</summary>
    /// <param name="content">1 to 262,144 bytes.</param>
    /// <param name="destination">Where the encoded bytes go.</param>
    /// <param name="level">How hard to try, 1 to 22; 0 is the codec's own default.</param>
    /// <returns>Bytes written; 0 where the destination is too short for them.</returns>
    int Encode(ReadOnlySpan<byte> content, Span<byte> destination, int level);

    /// <summary>Decodes what <see cref="Encode"/>, or any other writer, made. The bytes may be hostile.</summary>
    /// <param name="stored">One LZ4 block, or one Zstandard frame.</param>
    /// <param name="destination">As long as the content has to be; nothing is ever written beyond it.</param>
    /// <param name="written">Bytes written; fewer than the destination has room for where the content is shorter.</param>
    /// <returns>
    /// <see cref="OperationStatus.Done"/>; <see cref="OperationStatus.DestinationTooSmall"/> for content that is longer than the
    /// destination; anything else for bytes that cannot be decoded. Who cannot tell the latter two apart says that they cannot
    /// be decoded.
    /// </returns>
    OperationStatus Decode(ReadOnlySpan<byte> stored, Span<byte> destination, out int written);
}
