using System.Security.Cryptography;
using Cartridge.Formats.Generated;
using Kaitai;
using static Cartridge.Formats.Walk.Check;

namespace Cartridge.Formats.Walk;

/// <summary>A record of the system tree, checked.</summary>
internal sealed class Snapshot
{
    private const int KeyLength = 9;
    private const int ParentAt = 16;
    private const int ParentLength = 8;
    private const byte Delete = 127;
    private const byte FirstPrintable = 32;

    private readonly byte[] _key;
    private readonly byte[] _record;

    private Snapshot(Leaf leaf, ulong id, Cartridge3.SnapshotRecord fields, ulong page)
    {
        (_key, _record) = (leaf.Key, leaf.Cell.M_RawValue);
        Id = id;
        Fields = fields;
        Page = page;
    }

    internal ulong Id { get; }

    internal Cartridge3.SnapshotRecord Fields { get; }

    /// <summary>The page that holds the record.</summary>
    internal ulong Page { get; }

    internal bool IsHidden => Fields.Flags != 0;

    /// <summary>The record as one that holds references: none of them is younger than the snapshot.</summary>
    internal Holder Holder => new(Page, Fields.Generation);

    /// <summary>Its state hash (section 12.7), in lower-case hexadecimal.</summary>
    internal string StateHash(Identity identity)
    {
        byte[] record = [.. _record];
        record.AsSpan(ParentAt, ParentLength).Clear();
        byte[] message = [.. "cartridge.spec/snapshot-state/1\0"u8, .. identity.Fields.ContainerId, (byte)identity.Fields.ContentChecksum, .. _key, .. record];
        return Convert.ToHexStringLower(SHA256.HashData(message));
    }

    internal static Snapshot From(Leaf leaf, Cartridge3.CommitRecord record)
    {
        ulong page = leaf.Holder.Page;
        Require(leaf.Key.Length == KeyLength, "CART-SNP-001", "snapshot.bad-key", page,
            $"a key of the system tree has {leaf.Key.Length} bytes");
        Cartridge3.SnapshotKey key = Parse(page, "CART-SNP-001", "snapshot.bad-key", () => new Cartridge3.SnapshotKey(new KaitaiStream(leaf.Key)));
        Require(leaf.Cell.ValueKind == Cartridge3.ValueKind.Inline, "CART-SNP-002", "tree.bad-cell", page,
            $"snapshot {key.Id} is a long value");
        Cartridge3.SnapshotRecord fields = Parse(page, "CART-SNP-003", "snapshot.bad-record", () => leaf.Cell.Value.SnapshotRecord);
        Require(key.Id >= 1 && key.Id < record.NextSnapshotId, "CART-SNP-004", "snapshot.bad-record", page,
            $"there is a snapshot {key.Id}, and the next one is {record.NextSnapshotId}");
        Require(fields.Generation <= leaf.Holder.Birth, "CART-SNP-005", "snapshot.bad-record", page,
            $"snapshot {key.Id} is of generation {fields.Generation}, its record was written in {leaf.Holder.Birth}");
        Snapshot snapshot = new(leaf, key.Id, fields, page);
        Require(snapshot.IsHidden || IsName(fields.Name), "CART-SNP-007", "snapshot.bad-name", page,
            $"the name of snapshot {key.Id} is none");
        Require(!snapshot.IsHidden || fields.Name.Length == 0, "CART-SNP-008", "snapshot.bad-name", page,
            $"snapshot {key.Id} is hidden and has a name");
        Require(fields.NextFileId <= record.NextFileId, "CART-SNP-009", "snapshot.bad-record", page,
            $"snapshot {key.Id} would have given file id {fields.NextFileId}, the next one is {record.NextFileId}");
        return snapshot;
    }

    private static bool IsName(byte[] name) =>
        name.Length > 0 && name[0] != (byte)'@' && Utf8Text.IsValid(name) && name.All(letter => letter is >= FirstPrintable and not Delete);
}
