namespace Cartridge.Reference;

/// <summary>The entries in which two states differ, found in the nodes that they do not share.</summary>
internal static class StateDifference
{
    /// <summary>Compares two states, entry by entry, in the order of their paths.</summary>
    public static IEnumerable<EntryDifference> Between(PublishedState before, PublishedState after)
    {
        // A change of content alone need not show in the catalog: same size, same second.
        var written = new HashSet<ulong>();
        foreach (var (key, a, b) in TreeDifference.Between(before, before.Content, after, after.Content))
        {
            if (!Same(a, b))
            {
                written.Add(ChunkKey.Read(key).FileId);
            }
        }

        var told = new HashSet<ulong>();
        foreach (var (path, a, b) in TreeDifference.Between(before, before.Catalog, after, after.Catalog))
        {
            var (old, present) = (before.RecordOf(path, a), after.RecordOf(path, b));
            told.UnionWith([old?.FileId ?? 0, present?.FileId ?? 0]);
            if (Compare(path, old, present, written) is { } difference)
            {
                yield return difference;
            }
        }

        written.ExceptWith(told);
        foreach (var difference in Hidden(before, after, written))
        {
            yield return difference;
        }
    }

    /// <summary>
    /// Entries whose content has changed while their catalog nodes have not. Our own writer always writes both, so this is
    /// only for containers of others; to find the paths takes the whole catalog.
    /// </summary>
    private static IEnumerable<EntryDifference> Hidden(PublishedState before, PublishedState after, HashSet<ulong> written) => written.Count == 0
        ? []
        : from entry in after.CatalogFrom([])
          where entry.Record.HasContent && written.Contains(entry.Record.FileId)
          let old = before.Find(entry.Path)
          where old is not null
          select Compare(entry.Path, old, entry.Record, written);

    private static EntryDifference? Compare(byte[] path, CatalogRecord? a, CatalogRecord? b, HashSet<ulong> written)
    {
        var contentChanged = a is null || b is null || HasOtherContent(a, b, written);
        if (a is not null && b is not null && !contentChanged && a.Write().AsSpan().SequenceEqual(b.Write()))
        {
            return null;
        }

        var kind = a is null ? DifferenceKind.Added : b is null ? DifferenceKind.Removed : DifferenceKind.Changed;
        return new EntryDifference(kind, Text.Decode(path), EntryOf(path, a), EntryOf(path, b), contentChanged);
    }

    private static bool HasOtherContent(CatalogRecord a, CatalogRecord b, HashSet<ulong> written) =>
        a.HasContent != b.HasContent || a.Size != b.Size || a.FileId != b.FileId
        || !(a.Inline ?? []).AsSpan().SequenceEqual(b.Inline ?? []) || (a.HasContent && written.Contains(a.FileId));

    private static CatalogRecord? RecordOf(this PublishedState state, byte[] path, TreeValue? value) =>
        value is { } there ? state.Decode(path, there) : null;

    private static CartridgeEntry? EntryOf(byte[] path, CatalogRecord? record) => record is null ? null : CartridgeEntry.From(path, record);

    private static bool Same(TreeValue? a, TreeValue? b) =>
        a is { } left && b is { } right && left.IsLong == right.IsLong && left.Bytes.Span.SequenceEqual(right.Bytes.Span);
}
