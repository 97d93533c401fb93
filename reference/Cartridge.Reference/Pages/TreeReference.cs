namespace Cartridge.Reference;

/// <summary>A reference to a tree: its root page, the number of its entries and the root's level (64 bytes).</summary>
/// <param name="Root">The root page; all zero for an empty tree.</param>
/// <param name="Entries">Records in all leaves together.</param>
/// <param name="Level">The root's level; leaves are level 0.</param>
internal readonly record struct TreeReference(PageReference Root, ulong Entries, byte Level)
{
    public const int Length = 64;
    private const int ReservedLength = 7;

    public bool IsEmpty => Root.Page == 0;

    /// <summary>Reads and checks a tree reference in a commit record; mirrors <see cref="Write"/>.</summary>
    public static TreeReference Read(ReadOnlySpan<byte> record, int offset, in Bounds bounds, ulong generation, Place at, Checker c)
    {
        var bytes = record.Slice(offset, Length);
        var fields = new FieldReader(bytes);
        var tree = new TreeReference(PageReference.Read(ref fields), fields.U64(), fields.U8());
        var reserved = fields.Take(ReservedLength);
        at = at with { Offset = (at.Offset ?? 0) + offset };
        if (tree.IsEmpty)
        {
            // "The reference of an empty tree MUST be all zero."
            _ = c.Skips(PageRule.EmptyTree) || bytes.IndexOfAnyExcept((byte)0) < 0
                || c.Fault(PageRule.EmptyTree, at, "the reference of an empty tree is not all zero");
            return default;
        }

        _ = c.Skips(PageRule.TreeReserved) || reserved.IndexOfAnyExcept((byte)0) < 0
            || c.Fault(PageRule.TreeReserved, at.Field(Length - ReservedLength), "reserved bytes of a tree reference are not zero");
        return tree.Root.Check(bounds, generation, at, c) ? tree : default;
    }

    public void Write(ref FieldWriter fields)
    {
        Root.Write(ref fields);
        fields.U64(Entries);
        fields.U8(Level);
        fields.Skip(ReservedLength);
    }
}
