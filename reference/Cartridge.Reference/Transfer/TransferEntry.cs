using Fields = Cartridge.Reference.TransferEntryFieldLengths;

namespace Cartridge.Reference;

/// <summary>An entry as a stream carries it: what belongs to content, and nothing of how a container keeps it.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Action">What becomes of the content that it had.</param>
/// <param name="Record">Everything else, with a file id and a chunk size that mean nothing yet.</param>
internal sealed record TransferEntry(byte[] Path, TransferAction Action, CatalogRecord Record)
{
    /// <summary>The file id of an entry that has none yet.</summary>
    private const ulong AnyFileId = 1;

    /// <summary>Whether segments may follow.</summary>
    public bool HasContent => Record.HasContent;

    /// <summary>Reads and checks an entry; mirrors <see cref="Write"/>.</summary>
    /// <param name="payload">The record's payload.</param>
    /// <param name="kind">Which stream it stands in.</param>
    /// <param name="at">Where its record begins.</param>
    /// <param name="c">Where faults go.</param>
    public static TransferEntry? Read(ReadOnlySpan<byte> payload, TransferKind kind, Place at, Checker c)
    {
        var fields = new FieldReader(payload);
        var (type, action) = (fields.U8(), (TransferAction)fields.U8());
        var (mode, uid, gid) = (fields.U16(), fields.U32(), fields.U32());
        var (size, created, modified) = (fields.U64(), fields.I64(), fields.I64());
        var owner = fields.Take(fields.U8());
        var path = fields.Take(fields.U16()).ToArray();

        // "Owner and path of an entry MUST lie within its payload."
        if (!(c.Skips(TransferRule.EntryParts) || !fields.Overrun
            || c.Fault(TransferRule.EntryParts, at, "owner and path go on beyond the end of their record")) || fields.Overrun)
        {
            return null;
        }

        // "The action MUST be 1, or for a file in a delta 1 or 2."
        var mayPatch = kind == TransferKind.Delta && type == (byte)EntryType.File;
        var sound = c.Skips(TransferRule.Action) || action == TransferAction.Replace || (action == TransferAction.Patch && mayPatch)
            || c.Fault(TransferRule.Action, at, $"an action of {(byte)action}");
        sound &= CatalogPath.Check(path, at, c);

        // What is left is what a catalog says of the entry, and judged as that (CART-TRF-103).
        var isDirectory = type == (byte)EntryType.Directory;
        var attributes = payload[fields.Position..];
        var record = new byte[CatalogRecordFieldLocations.Owner + owner.Length + attributes.Length];
        var entry = new FieldWriter(record);
        entry.U8(type);
        entry.Skip(CatalogRecordFieldLengths.Flags);
        entry.U16(mode);
        entry.U32(uid);
        entry.U32(gid);
        entry.U8((byte)(isDirectory ? 0 : Format.DefaultChunkShift));
        entry.Skip(CatalogRecordFieldLengths.CodecChoice + CatalogRecordFieldLengths.CodecLevel + CatalogRecordFieldLengths.Reserved);
        entry.U64(size);
        entry.U64(isDirectory ? 0 : AnyFileId);
        entry.I64(created);
        entry.I64(modified);
        entry.U8((byte)owner.Length);
        entry.Put(owner);
        entry.Put(attributes);
        return CatalogRecord.Read(record, AnyFileId + 1, at, c) is { } read && sound ? new TransferEntry(path, action, read) : null;
    }

    /// <summary>The payload of an entry.</summary>
    public static byte[] Write(byte[] path, CatalogRecord record, TransferAction action = TransferAction.Replace)
    {
        var attributes = record.Attributes.Sum(a => CatalogRecordFieldLengths.Attribute + a.Name.Length + a.Value.Length);
        var payload = new byte[TransferEntryFieldLocations.Owner + record.Owner.Length + Fields.PathLength + path.Length + Fields.AttributeCount + attributes];
        var fields = new FieldWriter(payload);
        fields.U8((byte)record.Type);
        fields.U8((byte)action);
        fields.U16(record.Mode);
        fields.U32(record.Uid);
        fields.U32(record.Gid);
        fields.U64((ulong)record.Size);
        fields.I64(record.Created);
        fields.I64(record.Modified);
        fields.U8((byte)record.Owner.Length);
        fields.Put(record.Owner);
        fields.U16((ushort)path.Length);
        fields.Put(path);
        record.WriteAttributes(ref fields);
        return payload;
    }
}
