using System.Collections.ObjectModel;
using System.Text;
using System.Text.Json;
using Cartridge.Reference;

namespace Cartridge.Format1;

/// <summary>
/// Makes a container of format 3 of one of format 1 (spec/14-format-1.md, section 14.11). The new one appears under its name whole or
/// not at all, and whatever could not be taken over is in the report.
/// </summary>
public sealed class Format1Migration
{
    /// <summary>Where the new container keeps what only format 1 has: the fuses, and how it was encoded.</summary>
    public const string RecordPath = ".cartridge/format-1.json";

    private const int ComparedPiece = 1 << 16;

    private readonly CartridgeFile _target;
    private readonly List<string> _remarks = [];
    private readonly List<string> _snapshots = [];
    private bool _isWhole = true;

    private readonly Format1MigrationOptions _options;

    private Format1Migration(CartridgeFile target, Format1MigrationOptions options) => (_target, _options) = (target, options);

    /// <summary>Migrates a container; the new one is made under another name and renamed when it is whole (CART-ONE-107, CART-ONE-108).</summary>
    /// <param name="from">The container of format 1; it is only read.</param>
    /// <param name="to">The container to make; nothing may have that name yet.</param>
    /// <param name="options">How.</param>
    /// <exception cref="CartridgeException">The old container cannot be read, or the new one cannot be made.</exception>
    /// <exception cref="IOException">The system refused.</exception>
    public static Format1MigrationReport Migrate(string from, string to, Format1MigrationOptions? options = null)
    {
        options ??= new Format1MigrationOptions();
        using var old = Format1File.Open(from, new Format1OpenOptions { Key = options.Key, Salvage = options.Salvage });
        if (File.Exists(to) || Directory.Exists(to))
        {
            throw new CartridgeException(ErrorCode.Exists, $"{to} is there already.");
        }

        var temporary = FileMedium.TemporaryFor(to);
        try
        {
            var report = Fill(old, temporary, Path.GetFileNameWithoutExtension(from), options);
            if (!options.IsTrial)
            {
                FileMedium.Publish(temporary, to);
            }

            return report;
        }
        finally
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
    }

    private static Format1MigrationReport Fill(Format1File old, string path, string name, Format1MigrationOptions options)
    {
        var manifest = old.Manifest;
        var builder = new CartridgeBuilder().Slug(EntryConversion.Slug(manifest?.Slug ?? name)).Title(EntryConversion.Title(manifest?.Title ?? name));
        using var key = options.Key is { IsEmpty: false } raw ? CartridgeKey.FromBytes(raw.Span) : null;
        using var target = (key is null ? builder : builder.Encrypt(key)).Create(path);
        var migration = new Format1Migration(target, options);
        foreach (var finding in old.Findings)
        {
            migration.Remark(finding.ToString(), isLoss: finding.Severity == Severity.Error);
        }

        if (options.SnapshotFolder is not null)
        {
            migration.TakeSnapshots(options);
        }

        var entries = migration.Take(old);
        if (!entries.All(entry => entry.IsTaken))
        {
            migration._isWhole = false;
        }

        return new Format1MigrationReport(entries, migration._snapshots, migration._remarks, migration._isWhole);
    }

    /// <summary>Brings the new container to a state of the old one, in one commit; each entry is in the report (CART-ONE-106).</summary>
    private List<Format1MigratedEntry> Take(Format1File old)
    {
        using var transaction = _target.BeginTransaction();
        Dictionary<string, EntryType> types = new(StringComparer.Ordinal);
        foreach (var entry in old.Entries)
        {
            _ = types.TryAdd(Format1Path.Normalise(entry.Path, out _), entry.Type);
        }

        foreach (var gone in _target.List().Where(entry => !types.TryGetValue(entry.Path, out var type) || type != entry.Type).Select(entry => entry.Path).Reverse().ToList())
        {
            _target.DeleteTree(gone);
        }

        Dictionary<string, string> taken = new(StringComparer.Ordinal);
        List<Format1MigratedEntry> entries = [];
        foreach (var entry in old.Entries)
        {
            _options.OnEntry?.Invoke(entry.Path);
            entries.Add(Take(old, entry, taken));
        }

        if (_options.KeepsRecord && !taken.ContainsKey(RecordPath))
        {
            _target.Write(RecordPath, Record(old));
        }

        transaction.Commit();
        return entries;
    }

    private Format1MigratedEntry Take(Format1File old, Format1Entry entry, Dictionary<string, string> taken)
    {
        var path = Format1Path.Normalise(entry.Path, out var trouble);
        if (trouble is not null)
        {
            return new Format1MigratedEntry(entry.Path, null, [trouble]);
        }

        if (taken.TryGetValue(path, out var other))
        {
            return new Format1MigratedEntry(entry.Path, null, [$"its path is {path} in format 3, as that of {Judge.Brief(other)} is"]);
        }

        List<string> remarks = [];
        try
        {
            Put(old, entry, path, EntryConversion.Metadata(entry, remarks), remarks);
        }
        catch (CartridgeException e) when (IsAboutTheEntry(e))
        {
            Forget(path);
            return new Format1MigratedEntry(entry.Path, null, [e.Message]);
        }

        taken.Add(path, entry.Path);
        if (path != entry.Path)
        {
            remarks.Add($"is now {path}");
        }

        return new Format1MigratedEntry(entry.Path, path, remarks);
    }

    /// <summary>
    /// Brings an entry to what it is in this state. A file that an earlier state left with the same content keeps it, so that the snapshot
    /// of that state and this one share its pages.
    /// </summary>
    private void Put(Format1File old, Format1Entry entry, string path, EntryMetadata metadata, List<string> remarks)
    {
        if (_target.FindEntry(path) is not { } earlier)
        {
            Write(old, entry, path, metadata, remarks);
        }
        else if (entry.Type == EntryType.Directory || (entry.Type == EntryType.File && IsSame(old, entry, earlier, metadata)))
        {
            _target.SetMetadata(path, metadata with { ContentType = metadata.ContentType ?? "", UserMetadata = metadata.UserMetadata ?? ReadOnlyDictionary<string, string>.Empty });
        }
        else
        {
            _target.Delete(path);
            Write(old, entry, path, metadata, remarks);
        }
    }

    private void Forget(string path)
    {
        if (_target.Exists(path))
        {
            _target.Delete(path);
        }
    }

    private bool IsSame(Format1File old, Format1Entry entry, CartridgeEntry earlier, EntryMetadata metadata)
    {
        if (earlier.Type != EntryType.File || (ulong)earlier.Size != entry.Size || metadata.RecordContentHash != (earlier.ContentHash is not null))
        {
            return false;
        }

        using var content = old.OpenRead(entry);
        using var stored = _target.OpenRead(earlier.Path);
        byte[] left = new byte[ComparedPiece], right = new byte[ComparedPiece];
        for (var rest = earlier.Size; rest > 0; rest -= ComparedPiece)
        {
            var length = content.ReadAtLeast(left, left.Length, throwOnEndOfStream: false);
            if (stored.ReadAtLeast(right, right.Length, throwOnEndOfStream: false) != length || !left.AsSpan(0, length).SequenceEqual(right.AsSpan(0, length)))
            {
                return false;
            }
        }

        return true;
    }

    private void Write(Format1File old, Format1Entry entry, string path, EntryMetadata metadata, List<string> remarks)
    {
        if (entry.Type == EntryType.Directory)
        {
            _target.CreateDirectory(path, metadata);
            return;
        }

        using var content = old.OpenRead(entry);
        if (entry.Type != EntryType.SymbolicLink)
        {
            _target.Write(path, content, metadata);
            return;
        }

        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        if (TargetOf(bytes.ToArray()) is { } target)
        {
            _target.CreateSymbolicLink(path, target, metadata);
            return;
        }

        remarks.Add("is a link whose content is no target; it was stored as a file");
        _target.Write(path, bytes.ToArray(), metadata);
    }

    private void TakeSnapshots(Format1MigrationOptions options)
    {
        var snapshots = Format1Snapshot.ReadAll(options.SnapshotFolder!, out var findings);
        foreach (var snapshot in snapshots)
        {
            try
            {
                using var state = snapshot.Open(new Format1OpenOptions { Key = options.Key });
                foreach (var lost in Take(state).Where(entry => !entry.IsTaken))
                {
                    Remark($"snapshot {Judge.Brief(snapshot.Name)}: {Judge.Brief(lost.Path)}: {lost.Remarks[0]}", isLoss: true);
                }

                _snapshots.Add(Name(snapshot));
            }
            catch (CartridgeException e) when (IsAboutTheEntry(e) || e.Code == ErrorCode.SnapshotBadRecord)
            {
                Remark($"snapshot {Judge.Brief(snapshot.Name)}: {e.Message}", isLoss: true);
            }
        }

        foreach (var finding in findings)
        {
            Remark(finding.ToString(), isLoss: true);
        }
    }

    /// <summary>Makes the snapshot, under its own name if format 3 can have it and it is not taken.</summary>
    private string Name(Format1Snapshot snapshot)
    {
        try
        {
            return _target.CreateSnapshot(snapshot.Name).Name;
        }
        catch (CartridgeException e) when (e.Finding is null)
        {
            var name = $"snapshot-{snapshot.Id}";
            Remark($"snapshot {Judge.Brief(snapshot.Name)} is now called {name}: {e.Message}", isLoss: false);
            return _target.CreateSnapshot(name).Name;
        }
    }

    private void Remark(string remark, bool isLoss)
    {
        _remarks.Add(remark);
        _isWhole &= !isLoss;
    }

    /// <summary>What is wrong with one entry is told of it; what is wrong with the new container or the disk ends everything.</summary>
    private static bool IsAboutTheEntry(CartridgeException e) =>
        e.Finding?.Requirement.StartsWith("CART-ONE-", StringComparison.Ordinal) == true
        || e.Code == ErrorCode.MissingKey || e.Code == ErrorCode.BadArgument || e.Code == ErrorCode.BadPath || e.Code == ErrorCode.LimitExceeded || e.Code == ErrorCode.Truncated;

    private static string? TargetOf(byte[] content)
    {
        return content.Length is > 0 and <= Format.MaxLinkTarget && !content.Contains((byte)0) && System.Text.Unicode.Utf8.IsValid(content)
            ? Encoding.UTF8.GetString(content)
            : null;
    }

    private static byte[] Record(Format1File old) => JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["format"] = "1.0",
        ["encoding"] = old.Encoding.ToString().ToLowerInvariant(),
        ["s3_versioning"] = old.Header.VersioningFuse,
        ["s3_acl"] = old.Header.AclFuse,
        ["s3_sse"] = old.Header.EncryptionFuse,
    });
}
