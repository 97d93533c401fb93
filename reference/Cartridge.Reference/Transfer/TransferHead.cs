using System.Buffers.Binary;
using At = Cartridge.Reference.TransferHeadFieldLocations;
using Fields = Cartridge.Reference.TransferHeadFieldLengths;

namespace Cartridge.Reference;

/// <summary>What a stream begins with: what it carries, and onto which content.</summary>
/// <param name="Kind">All of a state, or a difference.</param>
/// <param name="BaseDigest">The digest of the content that it applies to.</param>
internal readonly record struct TransferHead(TransferKind Kind, Hash256 BaseDigest)
{
    /// <summary>Reads and checks a head; mirrors <see cref="Write"/>.</summary>
    /// <param name="head">As many bytes as a head has.</param>
    /// <param name="c">Where faults go.</param>
    public static TransferHead? Read(ReadOnlySpan<byte> head, Checker c)
    {
        bool Fault(Rule rule, int offset, string message) => c.Fault(rule, new Place(null, offset), message);
        var version = BinaryPrimitives.ReadUInt16LittleEndian(head[At.Version..]);
        var kind = (TransferKind)head[At.Kind];
        var baseDigest = new Hash256(head[At.BaseDigest..]);

        // "A stream MUST begin with the magic number."
        if (!(c.Skips(TransferRule.Magic) || head.StartsWith(TransferFormat.Magic) || Fault(TransferRule.Magic, At.Magic, "this is no stream of a container's content")))
        {
            return null;
        }

        // "The version of a stream MUST be 1."
        if (!(c.Skips(TransferRule.Version) || version == TransferFormat.Version || Fault(TransferRule.Version, At.Version, $"version {version} of streams")))
        {
            return null;
        }

        // "The kind MUST be 1 or 2."
        if (!(c.Skips(TransferRule.Kind) || kind is TransferKind.Full or TransferKind.Delta || Fault(TransferRule.Kind, At.Kind, $"a stream of kind {(byte)kind}")))
        {
            return null;
        }

        // "Reserved bytes of a head MUST be zero."
        var sound = c.Skips(TransferRule.Reserved) || Zero.All(head.Slice(At.Reserved, Fields.Reserved))
            || Fault(TransferRule.Reserved, At.Reserved, "reserved bytes of the head are not zero");

        // "The head hash MUST be the SHA-256 of the bytes before it."
        sound &= c.Skips(TransferRule.HeadHash) || Hash256.Of(head[..At.HeadHash]).Equals(new Hash256(head[At.HeadHash..]))
            || Fault(TransferRule.HeadHash, At.HeadHash, "the head's hash is not that of its bytes");

        // "The base digest of a full stream MUST be that of no content at all."
        sound &= c.Skips(TransferRule.FullBase) || kind != TransferKind.Full || baseDigest.Equals(ContentSum.DigestOfNothing)
            || Fault(TransferRule.FullBase, At.BaseDigest, "a full stream that needs a base");
        return sound ? new TransferHead(kind, baseDigest) : null;
    }

    public byte[] Write()
    {
        var head = new byte[TransferFormat.HeadLength];
        var fields = new FieldWriter(head);
        fields.Put(TransferFormat.Magic);
        fields.U16(TransferFormat.Version);
        fields.U8((byte)Kind);
        fields.Skip(Fields.Reserved);
        fields.Hash(BaseDigest);
        fields.Hash(Hash256.Of(head.AsSpan(0, At.HeadHash)));
        return head;
    }
}
