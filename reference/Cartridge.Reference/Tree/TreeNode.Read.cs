using System.Buffers.Binary;

namespace Cartridge.Reference;

/// <summary>What a node's place in its tree demands of it.</summary>
/// <param name="Reference">The reference that led here.</param>
/// <param name="Type">The page type of the tree.</param>
/// <param name="Level">The level that the parent, or the tree reference, gives.</param>
/// <param name="Bounds">The state's bounds.</param>
/// <param name="Container">Whose pages these are.</param>
internal readonly record struct NodePlace(PageReference Reference, PageType Type, byte Level, Bounds Bounds, ContainerId Container);

internal sealed partial class TreeNode
{
    /// <summary>Reads and checks a node; mirrors <see cref="Write"/>.</summary>
    /// <returns>The node; null if its page cannot be proved or taken apart.</returns>
    public static TreeNode? Read(ReadOnlyMemory<byte> page, in NodePlace place, Checker c)
    {
        var at = new Place((long)place.Reference.Page);
        return IsProved(page.Span, place, at, c) ? Parse(page, place, at, c) : null;
    }

    private static bool IsProved(ReadOnlySpan<byte> page, in NodePlace place, Place at, Checker c)
    {
        var header = PageHeader.Read(page);
        var computed = PageHeader.ComputeHash(page);
        var (type, reference) = ((byte)place.Type, place.Reference);
        bool Fault(Rule rule, int offset, string message) => c.Fault(rule, at with { Offset = offset }, message);

        var proved = c.Skips(PageRule.Type) || header.Type == type
            || Fault(PageRule.Type, PageHeaderFieldLocations.Type, $"a page of type {header.Type} in a tree of type {type}");
        proved &= c.Skips(PageRule.Hash) || computed.Equals(header.Hash)
            || Fault(PageRule.Hash, PageHeaderFieldLocations.Hash, "the page's own hash is wrong");
        proved &= c.Skips(PageRule.ReferenceHash) || header.Hash.Equals(reference.Hash)
            || Fault(PageRule.ReferenceHash, PageHeaderFieldLocations.Hash, "the page is not the one that is referred to");
        proved &= c.Skips(PageRule.TypeAgain) || header.TypeAgain == type
            || Fault(PageRule.TypeAgain, PageHeaderFieldLocations.TypeAgain, $"the type under the hash is {header.TypeAgain}, not {type}");
        _ = c.Skips(PageRule.Reserved) || PageHeader.ReservedIsZero(page)
            || Fault(PageRule.Reserved, PageHeaderFieldLocations.Reserved, "reserved bytes of the page header are not zero");
        _ = c.Skips(PageRule.Container) || header.ContainerPrefix == place.Container.Prefix
            || Fault(PageRule.Container, PageHeaderFieldLocations.ContainerPrefix, "the page belongs to another container");
        _ = c.Skips(PageRule.Number) || header.PageNumber == reference.Page
            || Fault(PageRule.Number, PageHeaderFieldLocations.PageNumber, $"the page says that it is page {header.PageNumber}");
        _ = c.Skips(PageRule.Birth) || header.Birth == reference.Birth
            || Fault(PageRule.Birth, PageHeaderFieldLocations.Birth, $"born in {header.Birth}, referred to as born in {reference.Birth}");
        return proved;
    }

    private static TreeNode? Parse(ReadOnlyMemory<byte> memory, in NodePlace place, Place at, Checker c)
    {
        var page = memory.Span;
        var level = page[NodeFieldLocations.Level];
        int count = BinaryPrimitives.ReadUInt16LittleEndian(page[NodeFieldLocations.CellCount..]);
        int prefixLength = BinaryPrimitives.ReadUInt16LittleEndian(page[NodeFieldLocations.PrefixLength..]);
        var prefixAt = place.Level == 0 ? NodeFieldLocations.LeafPrefix : NodeFieldLocations.InteriorPrefix;
        var slotsAt = prefixAt + prefixLength;
        var slotsEnd = slotsAt + (count * NodeFieldLengths.Slot);
        bool Fault(Rule rule, int offset, string message) => c.Fault(rule, at with { Offset = offset }, message);

        if (!(c.Skips(TreeRule.Level) || level == place.Level
            || Fault(TreeRule.Level, NodeFieldLocations.Level, $"a node of level {level} where level {place.Level} belongs")))
        {
            return null;
        }

        _ = c.Skips(TreeRule.Reserved) || (page[NodeFieldLocations.ReservedAfterLevel] | page[NodeFieldLocations.ReservedAfterPrefixLength] | page[NodeFieldLocations.ReservedAfterPrefixLength + 1]) == 0
            || Fault(TreeRule.Reserved, NodeFieldLocations.ReservedAfterLevel, "reserved bytes of the node are not zero");
        _ = c.Skips(TreeRule.NotEmpty) || count >= 1
            || Fault(TreeRule.NotEmpty, NodeFieldLocations.CellCount, "a node without cells");
        var cellsAt = count == 0 ? Format.PageSize : SlotAt(page, slotsEnd - NodeFieldLengths.Slot);
        if (!(c.Skips(TreeRule.Fits) || (prefixLength <= Format.MaxPathLength && slotsEnd <= cellsAt && cellsAt <= Format.PageSize)
            || Fault(TreeRule.Fits, NodeFieldLocations.PrefixLength, $"a prefix of {prefixLength} bytes and {count} slots do not fit before the cells at {cellsAt}")))
        {
            return null;
        }

        var cells = new CellReader(memory, place, prefixAt, prefixLength, at, c);
        if (!cells.ReadAll(count, slotsAt))
        {
            return null;
        }

        var stray = Zero.FirstOther(page, slotsEnd, Math.Min(cellsAt, page.Length));
        _ = c.Skips(TreeRule.Gap) || stray < 0
            || Fault(TreeRule.Gap, stray, "a byte between slots and cells is not zero");
        return new TreeNode(place.Level, [.. cells.Keys], [.. cells.Values], [.. cells.Children], [.. cells.Offsets]);
    }

    /// <summary>The cell offset in a slot; a slot that would lie beyond the page reads as the page's end.</summary>
    private static int SlotAt(ReadOnlySpan<byte> page, int offset) =>
        offset + NodeFieldLengths.Slot <= page.Length ? BinaryPrimitives.ReadUInt16LittleEndian(page[offset..]) : page.Length;

    /// <summary>Takes the cells of one node apart, first to last, from the page's end downwards.</summary>
    private sealed class CellReader(ReadOnlyMemory<byte> page, NodePlace place, int prefixAt, int prefixLength, Place at, Checker c)
    {
        private readonly byte[] _prefix = prefixAt + prefixLength <= page.Length ? page.Slice(prefixAt, prefixLength).ToArray() : [];

        public List<byte[]> Keys { get; } = [];

        public List<TreeValue> Values { get; } = [];

        public List<Child> Children { get; } = [];

        public List<int> Offsets { get; } = [];

        private bool IsLeaf => place.Level == 0;

        public bool ReadAll(int count, int slotsAt)
        {
            if (!IsLeaf)
            {
                AddChild(page.Span.Slice(NodeFieldLocations.FirstChild, PageReference.Length), NodeFieldLocations.FirstChild);
            }

            var end = page.Length;
            var room = page.Length;
            for (var i = 0; i < count; i++)
            {
                var start = SlotAt(page.Span, slotsAt + (i * NodeFieldLengths.Slot));

                // Whatever the slots say, all cells together are no longer than the page: this bounds what a node can cost.
                if (!ReadCell(i, start, end, ref room) || room < 0)
                {
                    return false;
                }

                end = start;
                CheckOrder(i, start);
            }

            return true;
        }

        private bool ReadCell(int i, int start, int end, ref int room)
        {
            var fields = new FieldReader(start <= page.Length ? page.Span[start..] : []);
            int suffixLength = fields.U16();
            var kind = IsLeaf ? fields.U8() : (byte)0;
            int valueLength = IsLeaf ? fields.U16() : PageReference.Length;
            byte[] key = [.. _prefix, .. fields.Take(suffixLength)];
            var valueAt = start + fields.Position;
            var value = fields.Take(valueLength);

            // A cell that leaves the page has no length at which it could fit.
            var length = fields.Overrun ? page.Length : fields.Position;
            room -= length;

            // "Cell 0 MUST end at the page's end, and each further cell where the one before it begins."
            if (!(c.Skips(TreeRule.Packed) || start + length == end
                || c.Fault(TreeRule.Packed, at with { Offset = start }, $"cell {i} has {length} bytes and does not end at {end}")))
            {
                return false;
            }

            var size = (IsLeaf ? NodeFieldLengths.LeafCell : NodeFieldLengths.InteriorCell - PageReference.Length) + key.Length + valueLength;
            _ = c.Skips(TreeRule.CellSize) || size <= Format.MaxCellSize
                || c.Fault(TreeRule.CellSize, at with { Offset = start }, $"a cell of {size} bytes, counted with its full key; {Format.MaxCellSize} are allowed");
            _ = c.Skips(TreeRule.ValueKind) || kind <= 1
                || c.Fault(TreeRule.ValueKind, at with { Offset = start + sizeof(ushort) }, $"a value of kind {kind}");
            Keys.Add(key);
            Offsets.Add(start);
            if (IsLeaf)
            {
                Values.Add(new TreeValue(page.Slice(Math.Min(valueAt, page.Length), value.Length), kind == 1, place.Reference.Birth));
            }
            else
            {
                AddChild(value, valueAt);
            }

            return true;
        }

        private void CheckOrder(int i, int start)
        {
            if (i == 0)
            {
                return;
            }

            var order = Keys[i - 1].AsSpan().SequenceCompareTo(Keys[i]);
            _ = c.Skips(TreeRule.Unique) || order != 0
                || c.Fault(TreeRule.Unique, at with { Offset = start }, $"cell {i} has the same key as the one before it");
            _ = c.Skips(TreeRule.Sorted) || order <= 0
                || c.Fault(TreeRule.Sorted, at with { Offset = start }, $"cell {i} has a smaller key than the one before it");
        }

        private void AddChild(ReadOnlySpan<byte> bytes, int offset)
        {
            var fields = new FieldReader(bytes);
            var reference = PageReference.Read(ref fields);
            var follow = reference.Check(place.Bounds, place.Reference.Birth, at with { Offset = offset }, c);

            // A child that cannot be followed is kept as page 0: whoever only collects findings passes over it.
            Children.Add(follow ? new Child(reference) : default);
        }
    }
}
