using At = Cartridge.Reference.SnapshotFieldLocations;

namespace Cartridge.Reference;

/// <summary>What the place of a snapshot record demands of it.</summary>
/// <param name="Bounds">The state's bounds.</param>
/// <param name="NextSnapshotId">The state's next snapshot id; all ids are below it.</param>
/// <param name="NextFileId">The state's next file id.</param>
internal readonly record struct SnapshotPlace(Bounds Bounds, ulong NextSnapshotId, ulong NextFileId);

internal sealed partial record SnapshotRecord
{
    /// <summary>Reads and checks a record of the system tree; mirrors <see cref="Write"/>.</summary>
    /// <param name="key">The record's key.</param>
    /// <param name="value">Its value.</param>
    /// <param name="place">What the state demands of it.</param>
    /// <param name="keyAt">Where the record's cell stands.</param>
    /// <param name="at">Where the value stands.</param>
    /// <param name="c">Where faults go.</param>
    /// <returns>The record; null if it cannot be taken apart.</returns>
    public static SnapshotRecord? Read(ReadOnlySpan<byte> key, in TreeValue value, in SnapshotPlace place, Place keyAt, Place at, Checker c)
    {
        // "A key of the system tree MUST be 9 bytes long and begin with the byte 1."
        if (!(c.Skips(SnapshotRule.Key) || SnapshotKey.Is(key)
            || c.Fault(SnapshotRule.Key, keyAt, $"a key of {key.Length} bytes that is no snapshot's in the system tree")))
        {
            return null;
        }

        // "In the system tree the value kind MUST be 0."
        if (!(c.Skips(SnapshotRule.ValueKind) || !value.IsLong
            || c.Fault(SnapshotRule.ValueKind, keyAt, "a long value in the system tree")))
        {
            return null;
        }

        var bytes = value.Bytes.Span;
        var fields = new FieldReader(bytes);
        var generation = fields.U64();
        var created = fields.I64();
        var (parent, nextFileId) = (fields.U64(), fields.U64());
        var trees = fields.Take(SnapshotFieldLengths.CatalogTree + SnapshotFieldLengths.ContentTree);
        var flags = fields.U8();
        var reserved = fields.Take(SnapshotFieldLengths.Reserved);
        var name = fields.Take(fields.U8());

        // "The value of a snapshot's record MUST be as long as its fields."
        if (!(c.Skips(SnapshotRule.Length) || fields.IsComplete
            || c.Fault(SnapshotRule.Length, at, $"the record's name does not end where its {bytes.Length} bytes end"))
            || trees.IsEmpty || key.Length < SnapshotKey.Length)
        {
            return null;
        }

        var id = SnapshotKey.Read(key);
        _ = c.Skips(SnapshotRule.Id) || (id >= 1 && id < place.NextSnapshotId)
            || c.Fault(SnapshotRule.Id, keyAt, $"snapshot id {id}; ids from 1 to below {place.NextSnapshotId} were given out");
        _ = c.Skips(SnapshotRule.Generation) || (generation >= 1 && generation <= value.HolderBirth)
            || c.Fault(SnapshotRule.Generation, at.Field(At.Generation), $"a snapshot of generation {generation} in a node born in {value.HolderBirth}");
        _ = c.Skips(SnapshotRule.Reserved) || ((flags & ~HiddenFlag) == 0 && Zero.All(reserved))
            || c.Fault(SnapshotRule.Reserved, at.Field(At.Flags), "reserved bits or bytes of the snapshot's record are not zero");
        var hidden = (flags & HiddenFlag) != 0;
        _ = c.Skips(SnapshotRule.Name) || hidden || SnapshotName.IsValid(name)
            || c.Fault(SnapshotRule.Name, at.Field(At.NameLength), "the snapshot's name is none");
        _ = c.Skips(SnapshotRule.Hidden) || !hidden || name.IsEmpty
            || c.Fault(SnapshotRule.Hidden, at.Field(At.NameLength), "a hidden snapshot with a name");
        _ = c.Skips(SnapshotRule.NextFileId) || (nextFileId >= 1 && nextFileId <= place.NextFileId)
            || c.Fault(SnapshotRule.NextFileId, at.Field(At.NextFileId), $"next file id {nextFileId} in a state whose own is {place.NextFileId}");
        return new SnapshotRecord(id)
        {
            Generation = generation,
            Created = created,
            Parent = parent,
            NextFileId = nextFileId,
            Catalog = ReadTree(bytes, At.CatalogTree, place.Bounds, generation, at, c),
            Content = ReadTree(bytes, At.ContentTree, place.Bounds, generation, at, c),
            IsHidden = hidden,
            Name = name.ToArray(),
        };
    }

    private static TreeReference ReadTree(ReadOnlySpan<byte> record, int offset, in Bounds bounds, ulong generation, Place at, Checker c)
    {
        var tree = TreeReference.Read(record.Slice(offset, TreeReference.Length), 0, bounds, generation, at.Field(offset), c);
        return tree.IsEmpty || Tree.CheckLevel(tree, at.Field(offset), c) ? tree : default;
    }
}
