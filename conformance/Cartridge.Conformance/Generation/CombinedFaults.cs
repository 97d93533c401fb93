using Cartridge.Conformance.Mending;
using Cartridge.Reference;

namespace Cartridge.Conformance.Generation;

/// <summary>
/// Where codecs meet encryption. Whoever has the key can seal anything: a valid tag says who wrote a stream, and not that it can be
/// decoded. And what a reference says of lengths and codec is sealed with the stream.
/// </summary>
internal static class CombinedFaults
{
    private const string Short = "short.lz4";

    public static IEnumerable<Source> All =>
    [
        Fault("bad-stream-under-seal", "CART-COD-006", "codec.bad-stream", Short, "An LZ4 block with a match in nothing, encrypted with the right key",
            "The tag is right, so somebody with the key has sealed it; the block is none all the same.",
            "the first match's offset becomes 0 in what is encrypted, and the tag is made anew",
            m => Reseal(m, Short, plain => CodecFaults.FirstOffset(plain).Clear())),
        Fault("frame-magic-under-seal", "CART-COD-001", "codec.bad-stream", CombinedVectors.Frame, "A frame that is none, encrypted with the right key",
            "What is decrypted has to be checked like anything else.", "the lowest bit of the magic number is flipped in what is encrypted, and the tag is made anew",
            m => Reseal(m, CombinedVectors.Frame, plain => plain[0] ^= 1)),
        Fault("trailing-byte-under-seal", "CART-COD-005", "codec.trailing-bytes", CombinedVectors.Frame, "A byte behind the frame, encrypted with it",
            "Encryption keeps every byte, also one that nothing reads.", "a byte is encrypted behind the frame, and the tag is made anew",
            m => Reseal(m, CombinedVectors.Frame, _ => { }, longer: 1)),
        Fault("bomb-under-seal", "CART-COD-007", "codec.bomb", Short, "A block that decodes to more than its sealed length",
            "The logical length is sealed with the stream, and still the stream may not exceed it.", "the logical length falls by 1, and the tag is made anew",
            m => Reseal(m, Short, _ => { }, logical: -1)),
        Fault("too-short-under-seal", "CART-COD-008", "codec.size-mismatch", Short, "A block that decodes to less than its sealed length",
            "The missing byte would be whatever the reader's buffer held before.", "the logical length grows by 1, and the tag is made anew",
            m => Reseal(m, Short, _ => { }, logical: 1)),
        Fault("stored-length-changed", "CART-ENC-011", "crypto.auth-failed", Short, "A stored length that lies",
            "The ciphertext is as long as the stored length says; with a byte more it is another.", "the stored length grows by 1",
            m => Field(m, Short, "stored length", 1)),
        Fault("logical-length-changed", "CART-ENC-011", "crypto.auth-failed", Short, "A logical length that lies",
            "The logical length is authenticated with the ciphertext, so nobody without the key cuts a content.", "the logical length falls by 1",
            m => Field(m, Short, "logical length", -1)),
        Fault("codec-changed", "CART-ENC-011", "crypto.auth-failed", Short, "A codec that lies",
            "The codec is authenticated with the ciphertext: nobody without the key sends it to another decoder.", "the codec, 1, becomes 2",
            m => Field(m, Short, "codec", 1)),
    ];

    private static Rejected Fault(
        string slug, string requirement, string code, string path, string title, string why, string mutation, Action<Mender> make) =>
        new($"encryption/{slug}", requirement, code)
        {
            Title = title,
            Why = why,
            Features = ["core", "lz4", "zstd", "encryption"],
            Keys = EncryptionVectors.Raw,
            Base = CombinedVectors.Everything,
            Mutation = mutation,
            When = Moment.Read(path),
            Make = make,
        };

    private static void Field(Mender m, string path, string field, int difference)
    {
        BlobChart blob = m.Newest.Chunk(path);
        m.Add(blob[field], difference);
        SumAnew(m, blob.Whole);
    }

    /// <summary>Changes what is encrypted, or what is authenticated with it, as somebody with the key does.</summary>
    private static void Reseal(Mender m, string path, PlainChange change, int longer = 0, int logical = 0)
    {
        BlobChart blob = m.Newest.Chunk(path);
        Spot seal = EncryptionFaults.SealOf(m, path);
        using ContainerKeys keys = Secrets.Keys(m.Bytes);
        AssociatedData place = new(
            m.Newest.Entry(path)["file id"].Number(m.Bytes), 0, blob["birth"].Number(m.Bytes),
            (uint)blob["logical length"].Number(m.Bytes), (byte)blob["codec"].Number(m.Bytes));
        Spot stored = Spot.At(blob.Pages[0] * Spot.PageSize, blob.Stored, "chunk: stored bytes");
        byte[] plain = new byte[blob.Stored + longer];
        if (!keys.TryDecrypt(stored.In(m.Bytes), place, seal.In(m.Bytes), plain.AsSpan(0, blob.Stored)))
        {
            throw new InvalidOperationException($"the chunk of {path} does not decrypt");
        }

        change(plain);
        byte[] ciphertext = new byte[plain.Length];
        Spot tag = seal.Inner(Layouts.Seal, "tag");
        byte[] made = new byte[tag.Length];
        place = place with { LogicalLength = (uint)(place.LogicalLength + logical) };
        Span<byte> associated = stackalloc byte[AssociatedData.Length];
        place.Write(new ContainerId(Chart.Identity("container id").In(m.Bytes)), associated);
        keys.Content.Encrypt(seal.Inner(Layouts.Seal, "nonce").In(m.Bytes), plain, ciphertext, made, associated);

        // Under one nonce a stream cipher changes just the bytes that were changed beneath it.
        ReadOnlySpan<byte> before = Spot.At(stored.Position, plain.Length, stored.Name).In(m.Bytes);
        for (int i = 0; i < plain.Length; i++)
        {
            if (before[i] != ciphertext[i])
            {
                m.Set(Spot.At(stored.Position + i, 1, stored.Name), ciphertext[i]);
            }
        }

        if (longer != 0)
        {
            m.Add(blob["stored length"], longer);
        }

        if (logical != 0)
        {
            m.Add(blob["logical length"], logical);
        }

        m.Set(tag, made);
        SumAnew(m, blob.Whole);
    }

    /// <summary>What is stored has another length or other bytes than when the container was charted.</summary>
    private static void SumAnew(Mender m, Spot reference)
    {
        BlobChart blob = new(m.Bytes, reference, followsContainer: true);
        byte[] checksum = blob.Checksum(m.Bytes);
        if (!blob["checksum"].In(m.Bytes).SequenceEqual(checksum))
        {
            m.Set(blob["checksum"], checksum);
        }

        m.Mend(reference.Page);
    }

    private delegate void PlainChange(Span<byte> plain);
}
