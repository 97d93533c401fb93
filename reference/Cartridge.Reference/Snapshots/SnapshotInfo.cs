namespace Cartridge.Reference;

/// <summary>A snapshot, as a list shows it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Id">Its number; ids ascend in the order in which snapshots were made, and are given once.</param>
/// <param name="Generation">The generation of the commit that made it.</param>
/// <param name="Created">When it was made, in nanoseconds since the Unix epoch.</param>
/// <param name="Entries">Files, directories and links in its catalog.</param>
/// <param name="IsBase">Whether the current catalog and content descend from it directly.</param>
public readonly record struct SnapshotInfo(string Name, ulong Id, ulong Generation, long Created, ulong Entries, bool IsBase)
{
    internal static SnapshotInfo From(SnapshotRecord snapshot, ulong baseSnapshot) => new(
        Text.Decode(snapshot.Name), snapshot.Id, snapshot.Generation, snapshot.Created, snapshot.Catalog.Entries, snapshot.Id == baseSnapshot);
}
