namespace Cartridge.Format1;

/// <summary>What became of one entry.</summary>
/// <param name="Path">Its path in the old container.</param>
/// <param name="NewPath">Its path in the new one; null if it is not there.</param>
/// <param name="Remarks">What is different about it, or, if it is not there, why.</param>
public sealed record Format1MigratedEntry(string Path, string? NewPath, IReadOnlyList<string> Remarks)
{
    /// <summary>Whether the entry is in the new container.</summary>
    public bool IsTaken => NewPath is not null;
}

/// <summary>What a migration did: each entry of the old container once, and what is not about entries.</summary>
/// <param name="Entries">The entries of the newest state, in the order of the old catalog.</param>
/// <param name="Snapshots">The names of the snapshots that were taken over.</param>
/// <param name="Remarks">What else there is to know.</param>
/// <param name="IsWhole">Whether nothing was left behind, of snapshots either.</param>
public sealed record Format1MigrationReport(
    IReadOnlyList<Format1MigratedEntry> Entries, IReadOnlyList<string> Snapshots, IReadOnlyList<string> Remarks, bool IsWhole);

/// <summary>How a container is migrated.</summary>
public sealed record Format1MigrationOptions
{
    /// <summary>The key of encrypted files, 32 bytes; with it, the new container is encrypted under the same key.</summary>
    public ReadOnlyMemory<byte>? Key { get; init; }

    /// <summary>Whether everything is tried, and nothing stays.</summary>
    public bool IsTrial { get; init; }

    /// <summary>A folder with snapshot folders, if there is one.</summary>
    public string? SnapshotFolder { get; init; }

    /// <summary>Whether the new container keeps what only format 1 has, in <see cref="Format1Migration.RecordPath"/>.</summary>
    public bool KeepsRecord { get; init; } = true;

    /// <summary>Whether the whole entries of a container with a damaged catalog are taken.</summary>
    public bool Salvage { get; init; }

    /// <summary>Told of each entry before it is migrated; what it throws ends the migration, and there is no new container.</summary>
    public Action<string>? OnEntry { get; init; }
}
