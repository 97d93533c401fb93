using System.Buffers;

namespace Cartridge.Reference;

/// <summary>
/// Stands between content and what is stored of it (spec/10-codecs.md). Everything that is written into a chunk passes
/// <see cref="Encode"/>, everything read from one <see cref="Decode"/>. Checksums are of what is stored, so nothing here is
/// needed to prove a container.
/// </summary>
/// <param name="codecs">The codecs that the program brought.</param>
/// <param name="keys">The keys of an encrypted container, if one that opens it was given.</param>
internal sealed partial class ContentCoder(IReadOnlyList<IContentCodec> codecs, ContainerKeys? keys = null)
{
    /// <summary>A coder that knows content only as it is.</summary>
    public static readonly ContentCoder Plain = new([]);

    /// <summary>The container's keys, if it is encrypted and was opened with one.</summary>
    public ContainerKeys? Keys => keys;

    /// <summary>Whether content of a codec can be read, and written, here.</summary>
    public bool IsAvailable(byte codec) => codec == CodecId.None || Find(codec) is not null;

    /// <summary>
    /// How content is to be stored: as its file wants it, or else by the container's default, which whoever does not have its
    /// codec leaves off (CART-COD-103).
    /// </summary>
    public CodecChoice Choose(CodecChoice? file, CodecChoice container) =>
        file ?? (IsAvailable(container.Codec) ? container : CodecChoice.None);

    /// <summary>Encodes a chunk's content, if a codec is wanted and it pays (CART-COD-104).</summary>
    /// <param name="content">1 to 262,144 bytes.</param>
    /// <param name="choice">What is wanted.</param>
    /// <returns>What to store; to be released.</returns>
    /// <exception cref="CartridgeException"><c>codec.unavailable</c>.</exception>
    public Encoded Encode(ReadOnlySpan<byte> content, CodecChoice choice)
    {
        if (choice.Codec == CodecId.None)
        {
            return default;
        }

        // What does not save a page saves nothing. LZ4 notices dense content itself in the time that the probe takes.
        var codec = Require(choice.Codec);
        var room = (BlobReference.PagesFor(content.Length) - 1) * Format.PageSize;
        if (room == 0 || (choice.Codec == CodecId.Zstandard && !ContentProbe.MayPay(content)))
        {
            return default;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(room);
        var length = codec.Encode(content, buffer.AsSpan(0, room), choice.Level);
        var encoded = new Encoded(choice.Codec, buffer, length);
        if (length > 0)
        {
            return encoded;
        }

        encoded.Release();
        return default;
    }

    /// <summary>Decrypts a chunk where it is encrypted, and decodes it where it has a codec; mirrors <see cref="Encode"/> and <see cref="Encrypt"/>.</summary>
    /// <inheritdoc cref="DecodeStream"/>
    public bool Decode(BlobReference blob, ReadOnlySpan<byte> stored, Span<byte> content, in ChunkContext context, Checker c)
    {
        if (blob.Seal is null)
        {
            return DecodeStream(blob, stored, content, c);
        }

        if (blob.Codec == CodecId.None)
        {
            return Decrypt(blob, stored, content, context, c);
        }

        var room = ArrayPool<byte>.Shared.Rent(stored.Length);
        try
        {
            var plain = room.AsSpan(0, stored.Length);
            return Decrypt(blob, stored, plain, context, c) && DecodeStream(blob, plain, content, c);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    /// <summary>Decodes a chunk that has a codec, and checks all that there is to check of its stream.</summary>
    /// <param name="blob">The chunk.</param>
    /// <param name="stored">Its stored bytes, which have the checksum of the reference.</param>
    /// <param name="content">As long as the chunk's logical length.</param>
    /// <param name="c">Where faults go.</param>
    /// <returns>Whether the content is there, whole.</returns>
    /// <exception cref="CartridgeException"><c>codec.unavailable</c>, <c>crypto.missing-key</c>.</exception>
    public bool DecodeStream(BlobReference blob, ReadOnlySpan<byte> stored, Span<byte> content, Checker c)
    {
        if (blob.Codec == CodecId.None)
        {
            stored.CopyTo(content);
            return true;
        }

        var at = blob.PlaceOf(0) with { Offset = null };
        if (!CheckFrame(blob, ref stored, at, c))
        {
            return false;
        }

        var status = Require(blob.Codec).Decode(stored, content, out var written);
        if (blob.Codec == CodecId.Lz4)
        {
            status = Lz4Block.Judge(stored, content.Length, status);
        }

        // "The stored bytes MUST be such that their codec can decode them."
        var sound = c.Skips(CodingRule.Stream) || status is OperationStatus.Done or OperationStatus.DestinationTooSmall
            || c.Fault(CodingRule.Stream, at, $"the {stored.Length} bytes stored here cannot be decoded by {CodecId.NameOf(blob.Codec)}");

        // "They MUST NOT decode to more bytes than the logical length."
        sound &= c.Skips(CodingRule.Bomb) || status != OperationStatus.DestinationTooSmall
            || c.Fault(CodingRule.Bomb, at, $"the {stored.Length} bytes stored here decode to more than the {content.Length} of the logical length");

        // "They MUST NOT decode to fewer bytes than the logical length."
        sound &= c.Skips(CodingRule.DecodedLength) || status != OperationStatus.Done || written == content.Length
            || c.Fault(CodingRule.DecodedLength, at, $"the {stored.Length} bytes stored here decode to {written}, not to the {content.Length} of the logical length");
        return sound && status == OperationStatus.Done && written == content.Length;
    }

    /// <summary>Checks what can be seen of a stream without decoding it, and so without any library.</summary>
    /// <param name="blob">The chunk.</param>
    /// <param name="stored">Its stored bytes; what is left of them is what has to be decoded.</param>
    /// <param name="at">Where they stand.</param>
    /// <param name="c">Where faults go.</param>
    /// <returns>Whether it makes sense to decode them.</returns>
    public static bool CheckFrame(BlobReference blob, ref ReadOnlySpan<byte> stored, Place at, Checker c)
    {
        if (blob.Codec != CodecId.Zstandard)
        {
            return true;
        }

        var whole = stored.Length;
        var found = ZstandardFrame.Read(stored);

        // "The stored bytes MUST begin with one whole Zstandard frame."
        _ = c.Skips(CodingRule.Frame) || found is not null
            || c.Fault(CodingRule.Frame, at, $"the {whole} bytes stored here do not begin with a whole Zstandard frame");
        if (found is not { } frame)
        {
            return false;
        }

        // "The frame MUST NOT name a dictionary."
        var sound = c.Skips(CodingRule.Dictionary) || !frame.HasDictionary
            || c.Fault(CodingRule.Dictionary, at, "the Zstandard frame needs a dictionary");

        // "The frame's window size MUST be at most 8,388,608 bytes."
        sound &= c.Skips(CodingRule.Window) || frame.WindowSize <= ZstandardFrame.MaxWindow
            || c.Fault(CodingRule.Window, at, $"the Zstandard frame wants a window of {frame.WindowSize} bytes; {ZstandardFrame.MaxWindow} are allowed");

        // "If the frame states a content size, it MUST equal the logical length."
        sound &= c.Skips(CodingRule.ContentSize) || frame.ContentSize is null || frame.ContentSize == blob.LogicalLength
            || c.Fault(CodingRule.ContentSize, at, $"the Zstandard frame states a content of {frame.ContentSize} bytes; the logical length is {blob.LogicalLength}");

        // "Nothing MUST follow the frame within the stored length."
        sound &= c.Skips(CodingRule.TrailingBytes) || frame.Length == whole
            || c.Fault(CodingRule.TrailingBytes, at, $"{whole - frame.Length} bytes follow the Zstandard frame");
        stored = stored[..frame.Length];
        return sound;
    }

    /// <summary>The codec of a number.</summary>
    /// <exception cref="CartridgeException"><c>codec.unavailable</c>: the program did not bring it, or it did not find its library.</exception>
    private IContentCodec Require(byte codec) => Find(codec) ?? throw new CartridgeException(
        ErrorCode.CodecUnavailable, $"The codec {CodecId.NameOf(codec)} is not available here: {(Brought(codec) ? "its library was not found" : "the program did not bring it")}.");

    private IContentCodec? Find(byte codec) => codecs.FirstOrDefault(candidate => candidate.Id == codec && candidate.IsAvailable);

    private bool Brought(byte codec) => codecs.Any(candidate => candidate.Id == codec);
}
