using System.Text.Json;
using Cartridge.Reference;

namespace Cartridge.Format1;

/// <summary>One entry that will be written.</summary>
/// <param name="Source">The entry of format 3; null for what the export adds.</param>
/// <param name="Record">Its record.</param>
/// <param name="Content">Its content, if it is not that of the source.</param>
internal sealed record PlannedEntry(CartridgeEntry? Source, Format1Entry Record, byte[]? Content = null);

/// <summary>Looks at a container before anything is written of it, and finds everything that format 1 cannot hold (CART-ONE-115).</summary>
/// <param name="view">The state to be exported.</param>
/// <param name="title">The container's title.</param>
/// <param name="encrypts">Whether contents will be encrypted.</param>
internal sealed class ExportPlan(CartridgeView view, string title, bool encrypts)
{
    private const string ManifestFolder = ".cartridge";
    private const int MaxRecord = 1 << 16;

    private readonly List<Format1ExportedEntry> _entries = [];
    private readonly List<PlannedEntry> _planned = [];
    private readonly List<Format1Trouble> _troubles = [];
    private readonly List<string> _remarks = [];

    /// <summary>What becomes of each entry.</summary>
    public IReadOnlyList<Format1ExportedEntry> Entries => _entries;

    /// <summary>What will be written: all that can be, if that is wanted.</summary>
    public IReadOnlyList<PlannedEntry> Planned => _planned;

    /// <summary>What format 1 cannot hold and is no entry.</summary>
    public IReadOnlyList<Format1Trouble> Troubles => _troubles;

    /// <summary>What else there is to know.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    /// <summary>The fuses, from the record that a migration has left.</summary>
    public Format1Fuses Fuses { get; private set; }

    /// <summary>Looks at everything.</summary>
    /// <param name="snapshots">Snapshots that an export of this state leaves behind.</param>
    /// <param name="mayRead">Whether contents can be read, as the ones of manifest, fuses and log have to be.</param>
    public void Look(IEnumerable<SnapshotInfo> snapshots, bool mayRead)
    {
        if (!mayRead)
        {
            _troubles.Add(new(
                Format1Obstacle.NoKey,
                "the contents are encrypted, and format 1 encrypts under a key of 32 bytes only: give that key, or have them written for everybody to read",
                TakesEntry: false));
        }

        _troubles.AddRange(snapshots.Select(snapshot => new Format1Trouble(
            Format1Obstacle.Snapshot, $"the snapshot {Judge.Brief(snapshot.Name)}: a container of format 1 holds one state", TakesEntry: false)));
        foreach (var entry in view.List())
        {
            Look(entry, mayRead);
        }

        AddManifest();
        CheckLength();
    }

    private void Look(CartridgeEntry entry, bool mayRead)
    {
        if (entry.Path == Format1Migration.RecordPath && mayRead && FusesOf(entry) is { } fuses)
        {
            Fuses = fuses;
            _remarks.Add($"{entry.Path} becomes the fuses of page 0");
            return;
        }

        List<Format1Trouble> troubles = [];
        List<string> remarks = [];
        var record = ExportConversion.Convert(entry, encrypts && entry.Type != EntryType.Directory, troubles, remarks);
        byte[]? content = null;
        if (entry.Path == Format1Manifest.Path && mayRead)
        {
            content = ExportManifest.Complete(view, title);
            if (content is null)
            {
                troubles.Add(new(Format1Obstacle.Manifest, "is no manifest with slug, title, version and created, and programs look for one there", TakesEntry: true));
            }
            else if (content.Length != entry.Size)
            {
                record = record with { Size = (ulong)content.Length, ContentHash = null };
                remarks.Add("gets the members that programs of format 1 demand");
            }
        }

        if (entry.Path == VacuumLog.Path && mayRead && (encrypts || !IsLogAtRest(entry)))
        {
            troubles.Add(new(Format1Obstacle.VacuumLog, "is where programs of format 1 keep the log of their vacuum, on which they act", TakesEntry: true));
        }

        var told = new Format1ExportedEntry(entry.Path, troubles, remarks);
        _entries.Add(told);
        if (told.IsTaken)
        {
            _planned.Add(new PlannedEntry(entry, record, content));
        }
    }

    /// <summary>Every program of format 1 makes a manifest with a container, and shows no title of one without.</summary>
    private void AddManifest()
    {
        if (_planned.Any(planned => planned.Record.Path == Format1Manifest.Path))
        {
            return;
        }

        var time = ExportConversion.Seconds(view.Created);
        var added = new Format1Entry { Path = ManifestFolder, Type = EntryType.Directory, Created = time, Modified = time, Permissions = 0b111_101_101, Owner = "default" };
        if (_planned.All(planned => planned.Record.Path != ManifestFolder))
        {
            _planned.Add(new PlannedEntry(null, added));
        }

        var manifest = ExportManifest.Of(view, title);
        _planned.Add(new PlannedEntry(null, added with { Path = Format1Manifest.Path, Type = EntryType.File, Size = (ulong)manifest.Length, Permissions = 0b110_100_100 }, manifest));
        _remarks.Add($"{Format1Manifest.Path} is made, with slug and title");
    }

    private void CheckLength()
    {
        var length = BlobCatalog.EmptyLength + _planned.Sum(planned => LengthOf(planned.Record));
        if (length > PackedBlob.MaxLength)
        {
            _troubles.Add(new(
                Format1Obstacle.CatalogLength,
                $"the catalog of {_planned.Count} entries, which lists every block, would have {length} bytes; format 1 has room for {PackedBlob.MaxLength}",
                TakesEntry: false));
        }
    }

    private long LengthOf(Format1Entry record)
    {
        if (record.Type == EntryType.Directory)
        {
            return BlobCatalog.LengthOf(record, blocks: 0);
        }

        var stored = checked((long)record.Size + (encrypts ? ContentReader.Overhead : 0));
        return BlobCatalog.LengthOf(encrypts ? record with { UserMetadata = ContentWriter.Marked(record.UserMetadata, stored) } : record, BlockMap.Count(stored));
    }

    private bool IsLogAtRest(CartridgeEntry entry) => entry is { Type: EntryType.File, Size: <= VacuumLog.MaxLength } && VacuumLog.IsAtRest(view.Read(entry.Path));

    private Format1Fuses? FusesOf(CartridgeEntry entry)
    {
        if (entry is not { Type: EntryType.File, Size: <= MaxRecord })
        {
            return null;
        }

        using var document = JsonMembers.TryParse(view.Read(entry.Path), out _);
        JsonElement? root = document?.RootElement;
        return root.Text("format") == "1.0" && root.Number("s3_versioning") is <= 1 and { } versioning && root.Number("s3_acl") is <= 2 and { } acl
            && root.Number("s3_sse") is <= 2 and { } encryption
            ? new Format1Fuses((byte)versioning, (byte)acl, (byte)encryption)
            : null;
    }
}
