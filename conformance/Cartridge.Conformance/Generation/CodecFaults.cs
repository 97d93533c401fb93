using System.Security.Cryptography;
using Cartridge.Conformance.Mending;

namespace Cartridge.Conformance.Generation;

/// <summary>Chapter 10: stored bytes that their codec does not allow. All checksums are sound; only decoding can tell.</summary>
internal static class CodecFaults
{
    private const string Lz4 = "codec/lz4";
    private const string Short = "codec/short-chunk";
    private const string Frame = "codec/zstandard";
    private const string ByHand = "codec/zstandard-without-size";
    private const int Descriptor = 4;
    private const int Window = 5;
    private const int Dictionary = 6;

    public static IEnumerable<Source> All =>
    [
        Fault("frame-magic", "CART-COD-001", "codec.bad-stream", ByHand, "A frame that is none",
            "Only the magic number 0xFD2FB528 begins a Zstandard frame; skippable frames and those of old versions are not allowed.",
            "the lowest bit of the magic number is flipped", m => FlipStored(m, "run.txt", 0)),
        Fault("frame-reserved-bit", "CART-COD-001", "codec.bad-stream", ByHand, "A frame whose header has its reserved bit set",
            "The bit announces something that decoders do not know yet.",
            "bit 3 of the descriptor is set", m => SetStored(m, "run.txt", Descriptor, 0x09)),
        Fault("frame-cut", "CART-COD-001", "codec.bad-stream", ByHand, "A frame without its last block",
            "The blocks go on until one is marked as the last; here the bytes end before.",
            "the last block's mark, bit 0, is cleared", m => SetStored(m, "run.txt", Dictionary + 1 + 3 + 24, 0x02, mask: 0x07)),
        Fault("dictionary", "CART-COD-002", "codec.unknown", ByHand, "A frame that needs a dictionary",
            "A container has no dictionaries; a content that needs one can never be read.",
            "the dictionary id becomes 1", m => SetStored(m, "run.txt", Dictionary, 1), "codec.bad-stream"),
        Fault("window", "CART-COD-003", "limit.exceeded", ByHand, "A frame whose window is larger than 8 MiB",
            "A decoder that keeps a window would need that much memory for a chunk of 256 KiB at most.",
            "the window becomes 9 MiB", m => SetStored(m, "run.txt", Window, 0x69)),
        Fault("content-size", "CART-COD-004", "codec.size-mismatch", Frame, "A frame that states another length",
            "Whoever trusts the frame would make room for another content than the reference promises.",
            "the content size in the frame grows by 1", m => AddStored(m, "log.txt", Window, 1), "codec.bad-stream"),
        Fault("trailing-byte", "CART-COD-005", "codec.trailing-bytes", Frame, "A byte behind the frame",
            "Nothing reads what stands behind the frame, so nobody would notice what is hidden there.",
            "the stored length grows by 1 and the byte is 55", m => Append(m, "log.txt", 0x55)),
        Fault("second-frame", "CART-COD-005", "codec.trailing-bytes", Frame, "A second frame behind the first",
            "An empty frame decodes to nothing, and decoders of streams pass over it in silence.",
            "the stored length grows by 9, for an empty frame",
            m => Append(m, "log.txt", 0x28, 0xB5, 0x2F, 0xFD, 0x20, 0x00, 0x01, 0x00, 0x00)),
        Fault("bad-lz4", "CART-COD-006", "codec.bad-stream", Short, "An LZ4 block with a match in nothing",
            "The offset 0 leads nowhere; a decoder that follows it hands out what its buffer held before.",
            "the first match's offset becomes 0", m => ClearFirstOffset(m, "short.txt")),
        Fault("bad-zstandard", "CART-COD-006", "codec.bad-stream", Frame, "A Zstandard block that cannot be decoded",
            "The header is right, and so is the end of the frame; what stands between them is not.",
            "the description of the literals changes its type", m => FlipStored(m, "log.txt", 10)),
        Fault("bomb", "CART-COD-007", "codec.bomb", Short, "A block that decodes to more than it may",
            "The logical length is the room that a decoder has: not a byte is written behind it.",
            "the logical length falls by 1", m => AddLogical(m, "short.txt", -1)),
        Fault("bomb-zstandard", "CART-COD-007", "codec.bomb", ByHand, "A frame that decodes to more than it may",
            "The frame does not state the content's size, so only decoding tells, and has to stop in time.",
            "the length of the run grows from 8,976 to 131,072 bytes", m => SetStoredRange(m, "run.txt", Dictionary + 1 + 3 + 24, 0x03, 0x00, 0x10)),
        Fault("too-short", "CART-COD-008", "codec.size-mismatch", Short, "A block that decodes to less than it should",
            "The missing byte would be whatever the reader's buffer held before.",
            "the logical length grows by 1", m => AddLogical(m, "short.txt", 1)),
        Fault("too-short-zstandard", "CART-COD-008", "codec.size-mismatch", ByHand, "A frame that decodes to less than it should",
            "The frame does not state the content's size, so only decoding tells.",
            "the run becomes 8 bytes shorter", m => SetStoredRange(m, "run.txt", Dictionary + 1 + 3 + 24, Run(8_968))),
    ];

    private static Rejected Fault(
        string slug, string requirement, string code, string basis, string title, string why, string mutation, Action<Mender> make, params string[] also)
    {
        string path = basis switch { ByHand => "run.txt", Short => "short.txt", _ => "log.txt" };
        Rejected fault = new($"codec/{slug}", requirement, code)
        {
            Title = title,
            Why = why,
            Base = basis,
            Mutation = mutation,
            When = Moment.Read(path),
            Also = also,
            Make = make,
        };
        return fault.With(basis is Lz4 or Short ? "lz4" : "zstd");
    }

    private static Spot Stored(Mender m, string path, int at, int length) =>
        new(m.Newest.Chunk(path).Pages[0], at, length, "chunk: stored bytes");

    private static void FlipStored(Mender m, string path, int at) => m.Flip(Stored(m, path, at, 1)).MendAbove(m.Newest.Chunk(path).Pages[0]);

    private static void AddStored(Mender m, string path, int at, int difference) =>
        m.Add(Stored(m, path, at, 1), difference).MendAbove(m.Newest.Chunk(path).Pages[0]);

    private static void SetStored(Mender m, string path, int at, byte value, byte mask = 0xFF)
    {
        Spot spot = Stored(m, path, at, 1);
        m.Number(spot, (ulong)((spot.In(m.Bytes)[0] & ~mask) | value)).MendAbove(spot.Page);
    }

    private static void SetStoredRange(Mender m, string path, int at, params ReadOnlySpan<byte> bytes)
    {
        Spot spot = Stored(m, path, at, bytes.Length);
        m.Set(spot, bytes).MendAbove(spot.Page);
    }

    /// <summary>The header of a last block that repeats one byte so often.</summary>
    private static byte[] Run(int length)
    {
        int fields = 1 | (1 << 1) | (length << 3);
        return [(byte)(fields & 0xFF), (byte)((fields >> 8) & 0xFF), (byte)(fields >> 16)];
    }

    private static void AddLogical(Mender m, string path, int difference)
    {
        Spot length = m.Newest.Chunk(path)["logical length"];
        m.Add(length, difference).Mend(length.Page);
    }

    /// <summary>Puts bytes behind the stored ones; the padding has room for them.</summary>
    private static void Append(Mender m, string path, params ReadOnlySpan<byte> bytes)
    {
        BlobChart blob = m.Newest.Chunk(path);
        m.Set(Stored(m, path, blob.Stored, bytes.Length), bytes);
        m.Number(blob["stored length"], (ulong)(blob.Stored + bytes.Length));
        m.Set(blob["checksum"], SHA256.HashData(Stored(m, path, 0, blob.Stored + bytes.Length).In(m.Bytes))).Mend(blob.Whole.Page);
    }

    private static void ClearFirstOffset(Mender m, string path)
    {
        BlobChart blob = m.Newest.Chunk(path);
        int at = OffsetOfFirstOffset(Stored(m, path, 0, blob.Stored).In(m.Bytes));
        SetStoredRange(m, path, at, 0, 0);
    }

    /// <summary>The offset of the first match of an LZ4 block.</summary>
    internal static Span<byte> FirstOffset(Span<byte> block) => block.Slice(OffsetOfFirstOffset(block), sizeof(ushort));

    private static int OffsetOfFirstOffset(ReadOnlySpan<byte> stored)
    {
        int at = 1;
        int literals = stored[0] >> 4;
        for (bool goesOn = literals == 15; goesOn; at++)
        {
            literals += stored[at];
            goesOn = stored[at] == byte.MaxValue;
        }

        return at + literals;
    }
}
