using System.Security.Cryptography;
using At = Cartridge.Reference.SnapshotFieldLocations;
using Fields = Cartridge.Reference.SnapshotFieldLengths;

namespace Cartridge.Reference;

internal sealed partial record SnapshotRecord
{
    /// <summary>
    /// The state hash of the snapshot: "the SHA-256 of a message: the 31 bytes of ASCII <c>cartridge.spec/snapshot-state/1</c>
    /// and a zero; the container id, 16 bytes; the identity's content checksum, one byte; the key of the snapshot's record, 9
    /// bytes; and the record, with zeros for the parent." (CART-SNP-106)
    /// </summary>
    public Hash256 StateHash(Identity identity)
    {
        var record = Write();
        record.AsSpan(At.Parent, Fields.Parent).Clear();
        Span<byte> container = stackalloc byte[ContainerId.Length];
        identity.Id.CopyTo(container);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("cartridge.spec/snapshot-state/1\0"u8);
        hash.AppendData(container);
        hash.AppendData([(byte)identity.ContentChecksum]);
        hash.AppendData(SnapshotKey.Write(Id));
        hash.AppendData(record);
        return new Hash256(hash.GetHashAndReset());
    }
}
