namespace Cartridge.Reference;

/// <summary>The snapshots of a broken container whose records are left: each leads to a catalog and content of its own.</summary>
internal sealed class SnapshotSalvage
{
    private readonly List<(SnapshotRecord Record, bool IsProven)> _found = [];

    /// <summary>Takes the snapshots out of what is left of the system tree.</summary>
    public SnapshotSalvage(TreeSalvage system)
    {
        var place = new SnapshotPlace(TreeSalvage.Anywhere, ulong.MaxValue, ulong.MaxValue);
        var c = new SalvageChecker();
        foreach (var (key, value, piece) in system.Records())
        {
            c.HasFault = false;
            if (SnapshotRecord.Read(key, value, place, default, default, c) is { IsHidden: false } snapshot && !c.HasFault)
            {
                _found.Add((snapshot, piece.IsProven));
            }
        }
    }

    /// <summary>Their names, in the order in which they were made.</summary>
    public IReadOnlyList<string> Names => [.. _found.Select(found => Text.Decode(found.Record.Name))];

    /// <summary>The snapshot of a name; of several, which only old nodes can have, the youngest.</summary>
    /// <returns>Its record, and whether hashes lead from a commit record to it.</returns>
    /// <exception cref="CartridgeException"><c>api.not-found</c>, <c>snapshot.bad-name</c>.</exception>
    public (SnapshotRecord Record, bool IsProven) Named(string name)
    {
        var bytes = SnapshotName.Encode(name);
        var at = _found.FindLastIndex(found => found.Record.Name.AsSpan().SequenceEqual(bytes));
        return at >= 0 ? _found[at] : throw new CartridgeException(ErrorCode.NotFound, $"Nothing is left of a snapshot {Text.Display(bytes)}.");
    }
}
